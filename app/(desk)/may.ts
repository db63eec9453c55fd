/** A page of the desk that not everybody may open: for whoever may not, it is not there. */
import { notFound } from 'next/navigation';
import { type Capability, can } from '@/lib/capabilities';
import { tillSetting } from '../session';

export async function onlyFor(capability: Capability): Promise<void> {
  if (!(await mayHere(capability))) notFound();
}

/** For whoever may, and for everybody where somebody who may lends a hand in place. */
export async function onlyWithHelpFor(capability: Capability): Promise<void> {
  const setting = await tillSetting();
  if (setting === null) notFound();
  if (!can(setting.staff.role, capability) && setting.pinMode === 'never') notFound();
}

export async function mayHere(capability: Capability): Promise<boolean> {
  const setting = await tillSetting();
  return setting !== null && can(setting.staff.role, capability);
}
