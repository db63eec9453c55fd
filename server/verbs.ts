/**
 * What the doors may ask for, one verb each: it joins a room's answer to the words of contract.ts
 * and decides nothing.
 */
import type { CheckAnswer, NewPayment, NewRefund, Override, PaymentAnswer } from '@/lib/contract';
import type { Payment, PaymentId, SaleId } from '@/lib/payment';
import { settingFrom } from '@/lib/settings';
import { isoWithOffset } from '@/lib/time';
import { type Asker, answerOf, historyStore, type Parts, type Refusal, readerOf } from './answers';
import { createCompareVerbs } from './compare-verbs';
import { createDecisionVerbs } from './decision-verbs';
import { createDisplayVerbs } from './display-verbs';
import { createHistoryVerbs } from './history-verbs';
import { createOutletVerbs } from './outlet-verbs';
import { outletOfCounter } from './outlets';
import { FIRST_COUNTER, readOrder } from './payments/order';
import { createPickUpVerbs } from './pick-up-verbs';
import { createPracticeVerbs } from './practice-verbs';
import { createReceiptVerbs, type ReceiptParts } from './receipt-verbs';
import { override, refund } from './refund-verbs';
import { createReportVerbs } from './report-verbs';
import { maySee } from './reports/history';
import { createShiftVerbs } from './shift-verbs';
import { maySeeOutlet, type Person } from './staff/sign-in';
import { createStaffVerbs, type StaffParts } from './staff-verbs';
import { listen, type Stream } from './stream';
import { createTillVerbs } from './till-verbs';
import { authorityFile, trustOf } from './trust';

export type { Asker };

export function createVerbs(parts: Parts & StaffParts & ReceiptParts) {
  const { env, opened, payments } = parts;
  const store = historyStore(opened);
  const seen = async (id: string, who: Asker): Promise<PaymentId | null> => {
    const payment = await opened.store.read.payment(id as PaymentId);
    return payment !== null && maySee(who.person, payment) ? payment.id : null;
  };
  const answer = async (payment: Payment | null, who: Asker): Promise<PaymentAnswer | null> =>
    payment === null ? null : answerOf(store, payment, readerOf(parts, who));
  return {
    ...createShiftVerbs(parts),
    ...createReportVerbs(parts),
    ...createStaffVerbs(parts),
    ...createHistoryVerbs(parts),
    ...createCompareVerbs(parts),
    ...createOutletVerbs(parts),
    ...createReceiptVerbs(parts),
    ...createDisplayVerbs(parts),
    ...createTillVerbs(parts),
    ...createPickUpVerbs(parts),
    ...createPracticeVerbs(parts),
    charge: (given: { key: string; body: NewPayment }, who: Asker) => charge(parts, given, who),
    check: async (id: string, who: Asker): Promise<CheckAnswer | null> => {
      const known = await seen(id, who);
      const asked = known === null ? null : await payments.check(known);
      const answered = await answer(asked?.payment ?? null, who);
      if (asked === null || answered === null) return null;
      const { told } = asked;
      const at = (ms: number) => isoWithOffset(ms, env.shop.timeZone);
      return { ...answered, told: told === null ? null : { ...told, at: at(told.at) } };
    },
    cancel: async (id: string, who: Asker): Promise<PaymentAnswer | null> => {
      const known = await seen(id, who);
      return known === null ? null : answer(await payments.cancel(known, who.person.code), who);
    },
    refund: (given: { id: string; key: string; body: NewRefund }, who: Asker) =>
      refund(parts, given, who),
    ...createDecisionVerbs(parts),
    override: (given: { id: string; body: Override }, who: Asker) => override(parts, given, who),
    listen: (stream: Stream, who: Asker) => listen(parts, stream, who),
    trust: (host: string | null) => trustOf(env, host),
    authority: (): { file: Uint8Array<ArrayBuffer> } | Refusal => {
      const file = authorityFile(env);
      return file === null ? { refused: 'not-found' } : { file: new Uint8Array(file) };
    },
    /** Which build runs; null in development. */
    build: env.build,
    shopName: env.shop.name,
    health: async () => {
      const database = await opened.reads.lastChange().then(
        () => 'ok' as const,
        () => 'failed' as const,
      );
      const status = database === 'ok' ? 'ok' : 'failed';
      const { kind: engine } = env.database;
      return { status, version: VERSION, environment: env.environment, database, engine } as const;
    },
  };
}

export const VERSION = '0.1.0';

async function charge(
  parts: Parts,
  { key, body }: { key: string; body: NewPayment },
  who: Asker,
): Promise<PaymentAnswer | Refusal> {
  const { env, opened, payments, mayStart } = parts;
  const { person } = who;
  const { currency } = env.shop;
  // Whoever repeats a call hears what became of it, however fast and wherever the counter is now.
  const isNew = async () => (await opened.store.transaction((it) => it.key(key))) === null;
  const place = await outletOfCounter(parts, body.counter ?? FIRST_COUNTER, person);
  if ('refused' in place && (await isNew())) return place;
  const outlet = 'refused' in place ? null : place.outlet;
  const order = readOrder(body, { currency, outlet, staff: person.code, key });
  if ('refused' in order) return order;
  if (order.saleId !== null && !(await isSaleHere(parts, order.saleId, person))) {
    return { refused: 'not-found' };
  }
  if (!mayStart(person.code) && (await isNew())) return { refused: 'too-many-sales' };
  const begins = body.saleId === undefined && (await isNew());
  if (begins && !(await hasShownPin(parts, who))) return { refused: 'step-up-required' };
  const result = await payments.charge(order);
  if (!('refused' in result)) {
    return answerOf(historyStore(opened), result.payment, readerOf(parts, who));
  }
  const { refused } = result;
  return 'paymentId' in result ? { refused, extra: { paymentId: result.paymentId } } : { refused };
}

/** Where each sale asks for a PIN, one sign-in is good for one sale. */
async function hasShownPin({ opened, desk }: Parts, { session }: Asker): Promise<boolean> {
  if ((await settingFrom(opened.settings, 'pin-mode')) !== 'always') return true;
  return session === undefined || opened.staff.spendSession(session.idHash, desk.now());
}

/** A sale is where its first payment was taken. */
async function isSaleHere({ opened }: Parts, id: SaleId, person: Person): Promise<boolean> {
  const [first] = await opened.store.read.paymentsOfSale(id);
  return first === undefined || maySeeOutlet(person, first.outlet);
}
