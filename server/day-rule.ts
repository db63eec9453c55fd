import type { DayRule } from '@/lib/business-day';
import { settingFrom } from '@/lib/settings';
import type { Parts } from './answers';

/** When this shop's day ends: its zone, and what the owner has set. */
export async function dayRule({ env, opened }: Pick<Parts, 'env' | 'opened'>): Promise<DayRule> {
  return { zone: env.shop.timeZone, endsAt: await settingFrom(opened.settings, 'day-ends-at') };
}
