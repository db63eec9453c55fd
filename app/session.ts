/** Who looks at a page, from the cookie of the request; null sends them to sign in. */
import { cookies } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { type Capability, can } from '@/lib/capabilities';
import type { TillSetting } from '@/lib/contract';
import { app } from '@/server/runtime';

export async function tillSetting(): Promise<TillSetting | null> {
  const running = app();
  if (running === null) return null;
  const cookie = (await cookies()).get(running.cookieName)?.value;
  const standing = await running.sessionOf(cookie);
  return standing === null ? null : running.till(standing);
}

/** Nobody works here yet: every page leads to the set-up. */
export const needsSetUp = (): boolean => app()?.needsSetUp() ?? false;

/** No money moves here: everything is practice. */
export const noRealMoney = (): boolean => app()?.isPractice ?? false;

/** A page that this person may not open does not exist for them. */
export async function mustMay(capability: Capability): Promise<void> {
  const setting = await tillSetting();
  if (setting === null) redirect('/sign-in');
  if (!can(setting.staff.role, capability)) notFound();
}
