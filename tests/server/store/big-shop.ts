import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PAYMENT_STATES, type Payment } from '@/lib/payment';
import type { Refund, RefundId } from '@/lib/refund';
import { type OpenedStore, openStore } from '@/server/store';
import { aPayment, aRefund, NOON } from './support';

export type BigShop = OpenedStore & {
  readonly file: string;
  /** Everything that was recorded, in the order of recording. */
  readonly payments: readonly Payment[];
};

/** Years of trade in one transaction: one payment a second, two of them now and then. */
export async function aBigShop(count: number): Promise<BigShop> {
  const folder = mkdtempSync(join(tmpdir(), 'countertop-big-'));
  const file = join(folder, 'countertop.db');
  const opened = await openStore({ file });
  const asked = Array.from({ length: count }, (_, n) => oneOf(n));
  await opened.store.transaction(async (records) => {
    for (const payment of asked) {
      const { saleId: id, amount, currency, counter, staff, createdAt } = payment;
      await records.insertSale({ id, amount, currency, note: null, counter, staff, createdAt });
      await records.insertPayment(payment, null);
    }
    for (const payment of asked.filter(goesBack)) await records.insertRefund(refundOf(payment));
  });
  const payments = asked.map((payment): Payment => {
    if (!goesBack(payment)) return payment;
    const { amount } = refundOf(payment);
    return { ...payment, refunded: amount, reserved: amount, version: payment.version + 1 };
  });
  const close = () => {
    opened.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...opened, file, payments, close };
}

/** Of the paid ones some that have a number at QFPay: in part, or every third fully. */
const goesBack = ({ state, qfpayNumber }: Payment): boolean =>
  state === 'paid' && qfpayNumber !== null && Number(qfpayNumber) % 16 === 0;

function refundOf(payment: Payment): Refund {
  const { id, amount, qfpayNumber, createdAt } = payment;
  return aRefund(0, {
    id: `R${id}` as RefundId,
    paymentId: id,
    amount: Number(qfpayNumber) % 3 === 0 ? amount : 50,
    state: 'done',
    createdAt,
  });
}

function oneOf(n: number): Payment {
  const rare = n % 97 === 0 ? (PAYMENT_STATES[(n / 97) % PAYMENT_STATES.length] ?? 'paid') : 'paid';
  return aPayment(n, {
    state: rare,
    payType: ['800101', '800201', '800208'][n % 3] ?? '800208',
    usedPayType: n % 11 === 0 ? '801514' : null,
    late: n % 31 === 0,
    review: n % 43 === 0 ? 'answer-differs' : null,
    amount: n % 50 === 0 ? 777 : 100 * (1 + (n % 60)),
    counter: n % 4 === 0 ? 'Back' : 'Front',
    staff: n % 7 === 0 ? '3001' : '3000',
    outlet: [null, 'M100', 'M200', 'M100'][n % 4] ?? null,
    // Every tenth shares its moment with the one before.
    createdAt: NOON + (n % 10 === 0 ? Math.max(0, n - 1) : n) * 1_000,
    qfpayNumber: n % 5 === 0 ? null : `20261122${String((n * 7_919) % 100_000).padStart(8, '0')}`,
    walletNumber: n % 2 === 0 ? `4200${String(n).padStart(9, '0')}` : null,
  });
}
