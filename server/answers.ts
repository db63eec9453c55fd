/** How a room's records become the answers of contract.ts, for every verb alike. */
import type { PaymentAnswer, ProblemCode } from '@/lib/contract';
import type { Language } from '@/lib/messages/language';
import { amountDue, type Payment } from '@/lib/payment';
import { paymentView, type Reader, saleView } from '@/lib/view';
import type { Environment } from './env';
import type { Hub } from './hub';
import type { Payments } from './payments';
import type { HistoryFilter, HistoryStore } from './reports/history';
import type { Desk, Person } from './staff/sign-in';
import type { OpenedStore } from './store';

export type Asker = {
  readonly person: Person;
  readonly language: Language;
  /** Where the request came from: wrong PINs are counted there too. */
  readonly address?: string;
};
export type Refusal = {
  readonly refused: ProblemCode;
  readonly extra?: {
    paymentId?: string;
    refundableAmount?: number;
    seconds?: number;
    counter?: string;
  };
};

export type Parts = {
  readonly env: Environment;
  readonly opened: OpenedStore;
  readonly payments: Payments;
  readonly hub: Hub;
  readonly desk: Desk;
  readonly mayStart: (staffCode: string) => boolean;
  /** A fresh name for a record that is no payment. */
  readonly newId: () => string;
};

export const readerOf = ({ env, desk }: Parts, { language }: Pick<Asker, 'language'>): Reader => ({
  language,
  timeZone: env.shop.timeZone,
  now: desk.now(),
  fpsRefunds: env.fpsRefunds,
});

export async function answerOf(
  store: HistoryStore,
  payment: Payment,
  reader: Reader,
): Promise<PaymentAnswer> {
  const sale = await store.sale(payment.saleId);
  if (sale === null) throw new Error(`payment ${payment.id} has no sale`);
  const due = amountDue(sale.amount, await store.paymentsOfSale(payment.saleId));
  return { payment: paymentView(payment, reader), sale: saleView(sale, due, reader) };
}

export const historyStore = ({ store, reads }: OpenedStore): HistoryStore => ({
  payment: store.read.payment,
  paymentsOfSale: store.read.paymentsOfSale,
  refundsOf: store.read.refundsOf,
  sale: store.read.sale,
  timeline: store.read.timeline,
  page: (filter: HistoryFilter) =>
    reads.page({
      from: filter.from ?? undefined,
      to: filter.to === null ? undefined : filter.to + 1,
      states: filter.states.length === 0 ? undefined : filter.states,
      payTypes: filter.payTypes.length === 0 ? undefined : filter.payTypes,
      counter: filter.counter ?? undefined,
      staff: filter.staff ?? undefined,
      outlets: filter.outlets ?? undefined,
      min: filter.min ?? undefined,
      max: filter.max ?? undefined,
      q: filter.q ?? undefined,
      qAmount: filter.qAmount ?? undefined,
      after: filter.after,
      limit: filter.limit,
    }),
});
