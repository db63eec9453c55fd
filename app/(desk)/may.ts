/** A page of the desk that not everybody may open: for whoever may not, it is not there. */
import { notFound } from 'next/navigation';
import { type Capability, can } from '@/lib/capabilities';
import { tillSetting } from '../session';

export async function onlyFor(capability: Capability): Promise<void> {
  const setting = await tillSetting();
  if (setting === null || !can(setting.staff.role, capability)) notFound();
}
