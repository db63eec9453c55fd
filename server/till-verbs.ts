/** What a till asks about its own counter, beside the payments themselves. */
import type { LearntAmounts } from '@/lib/quick-amounts';
import type { Parts as All, Asker } from './answers';
import { outletOfCounter } from './outlets';
import { FIRST_COUNTER } from './payments/order';
import { createUsual } from './reports/usual';

/** What of the whole is needed here. */
export type TillParts = {
  readonly env: { readonly shop: Pick<All['env']['shop'], 'timeZone' | 'currency'> };
  readonly opened: Pick<All['opened'], 'reports' | 'outlets'>;
  readonly desk: Pick<All['desk'], 'now'>;
};

export function createTillVerbs({ env, opened, desk }: TillParts) {
  const usual = createUsual({
    ...{ store: opened.reports, zone: env.shop.timeZone, currency: env.shop.currency },
    ...{ now: desk.now, breathe: () => new Promise((resolve) => setImmediate(resolve)) },
  });
  return {
    /** Of the outlet in which the counter stands; none where this person may not charge there. */
    quickAmounts: async (params: URLSearchParams, { person }: Asker): Promise<LearntAmounts> => {
      const counter = params.get('counter') ?? FIRST_COUNTER;
      const place = await outletOfCounter({ opened }, counter, person);
      return { amounts: 'refused' in place ? [] : await usual(place.outlet) };
    },
  };
}
