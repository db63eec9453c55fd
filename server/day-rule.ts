import type { DayRule } from '@/lib/business-day';
import { settingFrom } from '@/lib/settings';
import type { Parts } from './answers';

type Known = {
  readonly env: { readonly shop: Pick<Parts['env']['shop'], 'timeZone'> };
  readonly opened: Pick<Parts['opened'], 'settings'>;
};

/** When this shop's day ends: its zone, and what the owner has set. */
export async function dayRule({ env, opened }: Known): Promise<DayRule> {
  return { zone: env.shop.timeZone, endsAt: await settingFrom(opened.settings, 'day-ends-at') };
}
