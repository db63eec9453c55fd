/** How a room's records become the answers of contract.ts, for every verb alike. */
import type { PaymentAnswer, ProblemCode } from '@/lib/contract';
import type { Language } from '@/lib/messages/language';
import { amountDue, type Payment, type PaymentId } from '@/lib/payment';
import { paymentView, type Reader, saleView } from '@/lib/view';
import type { Environment } from './env';
import type { Hub } from './hub';
import type { Payments } from './payments';
import type { ExportStore } from './reports/export';
import { type HistoryFilter, type HistoryStore, maySee } from './reports/history';
import type { Desk, Person, Standing } from './staff/session';
import type { OpenedStore } from './store';

export type Asker = {
  readonly person: Person;
  readonly language: Language;
  /** Where the request came from: wrong PINs are counted there too. */
  readonly address?: string;
  /** The session of the screen on which it was asked. */
  readonly session?: Standing;
  /** The person's PIN came with this very call and was right. */
  readonly proven?: boolean;
};
export type Refusal = {
  readonly refused: ProblemCode;
  readonly extra?: {
    paymentId?: string;
    refundableAmount?: number;
    seconds?: number;
    fields?: readonly string[];
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

type Reading = {
  readonly env: Pick<Environment, 'shop' | 'fpsRefunds'>;
  readonly desk: Pick<Desk, 'now'>;
};

export const readerOf = (
  { env, desk }: Reading,
  { language }: Pick<Asker, 'language'>,
): Reader => ({
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

/** The payment, where this person may see it. */
export async function seenPayment(
  { opened }: { readonly opened: Pick<OpenedStore, 'store'> },
  id: string,
  { person }: Pick<Asker, 'person'>,
): Promise<Payment | null> {
  const payment = await opened.store.read.payment(id as PaymentId);
  return payment !== null && maySee(person, payment) ? payment : null;
}

export const historyStore = ({ store, reads, notes }: OpenedStore): HistoryStore & ExportStore => ({
  payment: store.read.payment,
  paymentsOfSale: store.read.paymentsOfSale,
  refundsOf: store.read.refundsOf,
  settlementsOf: store.read.settlementsOf,
  sale: store.read.sale,
  timeline: store.read.timeline,
  calls: reads.callsOf,
  notes: notes.ofPayment,
  names: reads.namesOf,
  staffSeen: reads.staffSeen,
  countersSeen: reads.countersSeen,
  page: (filter) => reads.page(pageFilter(filter)),
  countPart: (filter) => reads.countPart(pageFilter(filter)),
  exportPart: (filter) => reads.exportPart(pageFilter(filter)),
});

/** The same wish in the words of the store, where the end of a time is no part of it. */
const pageFilter = (filter: HistoryFilter) => ({
  from: filter.from ?? undefined,
  to: filter.to === null ? undefined : filter.to + 1,
  states: filter.states,
  payTypes: filter.payTypes,
  counter: filter.counter ?? undefined,
  staff: filter.staff ?? undefined,
  outlets: filter.outlets ?? undefined,
  min: filter.min ?? undefined,
  max: filter.max ?? undefined,
  refunded: filter.refunded,
  late: filter.late,
  review: filter.review,
  q: filter.q ?? undefined,
  qAmount: filter.qAmount ?? undefined,
  after: filter.after,
  limit: filter.limit,
});
