/**
 * What the doors may ask for, one verb each: it joins a room's answer to the words of contract.ts
 * and decides nothing.
 */
import type {
  NewPayment,
  PaymentAnswer,
  PaymentDetail,
  PaymentPage,
  ProblemCode,
  TillSetting,
} from '@/lib/contract';
import type { Language } from '@/lib/messages/language';
import { amountDue, type Payment, type PaymentId } from '@/lib/payment';
import { paymentView, type Reader, saleView } from '@/lib/view';
import type { Environment } from './env';
import type { Change, Hub } from './hub';
import type { Payments } from './payments';
import { readOrder } from './payments/order';
import {
  detail,
  type HistoryFilter,
  type HistoryRefusal,
  type HistoryStore,
  list,
  maySee,
} from './reports/history';
import type { Person } from './staff/sign-in';
import type { OpenedStore } from './store';

export type Asker = { readonly person: Person; readonly language: Language };
type Refusal = { readonly refused: ProblemCode; readonly extra?: { paymentId: string } };

export type Parts = {
  readonly env: Environment;
  readonly opened: OpenedStore;
  readonly payments: Payments;
  readonly hub: Hub;
  readonly mayStart: (staffCode: string) => boolean;
};

export function createVerbs(parts: Parts) {
  const { env, opened, payments } = parts;
  const store = historyStore(opened);
  const reader = (language: Language): Reader => ({ language, timeZone: env.shop.timeZone });
  const seen = async (id: string, who: Asker): Promise<PaymentId | null> => {
    const payment = await opened.store.read.payment(id as PaymentId);
    return payment !== null && maySee(who.person, payment) ? payment.id : null;
  };
  const answer = async (payment: Payment | null, who: Asker): Promise<PaymentAnswer | null> =>
    payment === null ? null : answerOf(store, payment, reader(who.language));
  return {
    charge: (given: { key: string; body: NewPayment }, who: Asker) => charge(parts, given, who),
    check: async (id: string, who: Asker): Promise<PaymentAnswer | null> => {
      const known = await seen(id, who);
      return known === null ? null : answer(await payments.check(known), who);
    },
    cancel: async (id: string, who: Asker): Promise<PaymentAnswer | null> => {
      const known = await seen(id, who);
      return known === null ? null : answer(await payments.cancel(known, who.person.code), who);
    },
    detail: (id: string, { person, language }: Asker): Promise<PaymentDetail | null> =>
      detail(store, id as PaymentId, { viewer: person, reader: reader(language) }),
    list: (params: URLSearchParams, who: Asker): Promise<PaymentPage | HistoryRefusal> =>
      list(store, params, {
        viewer: who.person,
        reader: reader(who.language),
        currency: env.shop.currency,
      }),
    listen: (stream: Stream, who: Asker) => listen(parts, stream, who),
    till: (person: Person): TillSetting => ({
      shop: env.shop.name,
      environment: env.environment,
      currency: env.shop.currency,
      timeZone: env.shop.timeZone,
      staff: { code: person.code, name: person.name, role: person.role },
      walletPage: env.simulatorUrl === null ? null : `${env.simulatorUrl}/wallet`,
    }),
    health: async () => {
      const database = await opened.reads.lastChange().then(
        () => 'ok' as const,
        () => 'failed' as const,
      );
      const status = database === 'ok' ? 'ok' : 'failed';
      return { status, version: VERSION, environment: env.environment, database } as const;
    },
  };
}

const VERSION = '0.1.0';

async function charge(
  { env, opened, payments, mayStart }: Parts,
  { key, body }: { key: string; body: NewPayment },
  { person, language }: Asker,
): Promise<PaymentAnswer | Refusal> {
  const { currency, timeZone } = env.shop;
  const order = readOrder(body, { currency, outlet: env.mchid, staff: person.code, key });
  if ('refused' in order) return order;
  if (!mayStart(person.code)) return { refused: 'too-many-sales' };
  const result = await payments.charge(order);
  if (!('refused' in result)) {
    return answerOf(historyStore(opened), result.payment, { language, timeZone });
  }
  const { refused } = result;
  return 'paymentId' in result ? { refused, extra: { paymentId: result.paymentId } } : { refused };
}

async function answerOf(
  store: HistoryStore,
  payment: Payment,
  reader: Reader,
): Promise<PaymentAnswer> {
  const sale = await store.sale(payment.saleId);
  if (sale === null) throw new Error(`payment ${payment.id} has no sale`);
  const due = amountDue(sale.amount, await store.paymentsOfSale(payment.saleId));
  return { payment: paymentView(payment, reader), sale: saleView(sale, due, reader) };
}

type Stream = {
  readonly since: number | null;
  readonly send: (text: string) => void;
  readonly end: () => void;
};

/** First what was missed, then what comes, each in the order of its commit and once. */
async function listen(
  { env, opened, hub }: Parts,
  { since, send, end }: Stream,
  { person, language }: Asker,
): Promise<() => void> {
  const reader: Reader = { language, timeZone: env.shop.timeZone };
  let last = since ?? (await opened.reads.lastChange());
  const tell = ({ seq, payment }: Change) => {
    if (seq <= last) return;
    last = seq;
    if (!maySee(person, payment)) return;
    send(`id: ${seq}\nevent: payment\ndata: ${JSON.stringify(paymentView(payment, reader))}\n\n`);
    // A sale is what its payments make of it: it changes when one is born and when one is paid.
    if (payment.state === 'created' || payment.state === 'paid') tellSale(payment);
  };
  const tellSale = (payment: Payment) =>
    void answerOf(historyStore(opened), payment, reader).then(
      ({ sale }) => send(`event: sale\ndata: ${JSON.stringify(sale)}\n\n`),
      // The stream has ended meanwhile, or the database fails: then the payment's own door says so.
      () => {},
    );
  // A lone id is no event; it only tells the tablet where to take up again.
  send(`id: ${last}\n\n`);
  let missed: Change[] | null = [];
  const stop = hub.listen({
    onChange: (change) => (missed === null ? tell(change) : missed.push(change)),
    onClose: end,
  });
  for (;;) {
    const batch = await opened.reads.changes(last, 200);
    for (const change of batch) tell(change);
    if (batch.length < 200) break;
  }
  for (const change of missed) tell(change);
  missed = null;
  return stop;
}

const historyStore = ({ store, reads }: OpenedStore): HistoryStore => ({
  payment: store.read.payment,
  paymentsOfSale: store.read.paymentsOfSale,
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
      min: filter.min ?? undefined,
      max: filter.max ?? undefined,
      q: filter.q ?? undefined,
      qAmount: filter.qAmount ?? undefined,
      after: filter.after,
      limit: filter.limit,
    }),
});
