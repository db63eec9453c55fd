/** Scanned sales without a counter: as fast as the rooms of the server can take them. */
import type { ChargeRequest } from '@/server/payments/charge';
import type { SharedBudget } from '@/server/qfpay/budget';
import type { Shop } from './shop';

const COUNTERS = 4;

/** An allowance without limits, where QFPay's must not hide our own. */
export const FREE: SharedBudget = {
  take: async () => true,
  wantsProbe: () => false,
  limited: () => {},
  ended: () => {},
};

/** One customer's code; whether it was paid. `at` tells the counters of several servers apart. */
export async function sell(shop: Shop, sale: number, at = 'scan'): Promise<boolean> {
  const result = await shop.payments.charge(scanned(sale, at));
  return 'payment' in result && result.payment.state === 'paid';
}

/** At four counters at once, for so long; `wrong` hears of every sale that was not paid. */
export async function sellFor(
  ms: number,
  shop: Shop,
  { at, wrong }: { readonly at?: string; readonly wrong: string[] },
): Promise<{ readonly sold: number; readonly perSecond: number }> {
  const startAt = performance.now();
  let sold = 0;
  const counter = async (): Promise<void> => {
    while (performance.now() - startAt < ms) {
      sold += 1;
      const sale = sold;
      if (!(await sell(shop, sale, at))) wrong.push(`sale ${sale} was not paid`);
      // As between two requests: whoever else waits has a turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await Promise.all(Array.from({ length: COUNTERS }, counter));
  return { sold, perSecond: (sold * 1_000) / (performance.now() - startAt) };
}

let codes = 0;
/** One that neither this process nor another one has shown before. */
function freshCode(): string {
  codes += 1;
  return `13${String(process.pid).padStart(7, '0')}${String(codes).padStart(9, '0')}`;
}

const scanned = (sale: number, at: string): ChargeRequest => ({
  key: `${at}-${sale}`,
  bodyText: `${at} ${sale}`,
  amount: 4850,
  currency: 'HKD',
  payType: '800008',
  mode: 'CPM',
  authCode: freshCode(),
  saleId: null,
  note: null,
  counter: '1',
  staff: '3000',
  outlet: null,
});
