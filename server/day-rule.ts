import { DAY_ENDS_AT, type DayRule, readDayEnd } from '@/lib/business-day';
import type { Parts } from './answers';

type Known = {
  readonly env: { readonly shop: Pick<Parts['env']['shop'], 'timeZone'> };
  readonly opened: Pick<Parts['opened'], 'settings'>;
};

/** When this shop's day ends: its zone, and what the owner has set. */
export async function dayRule({ env, opened }: Known): Promise<DayRule> {
  const endsAt = readDayEnd(await opened.settings.get(DAY_ENDS_AT));
  return { zone: env.shop.timeZone, endsAt };
}
