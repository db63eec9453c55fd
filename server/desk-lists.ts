/** The desk's lists: refunds as they were asked for, and the cards of the inbox. */
import type {
  HeardView,
  InboxCount,
  InboxPage,
  MatterAnswer,
  MatterView,
  RefundPage,
  RefundRecord,
} from '@/lib/contract-refunds';
import { choicesFor, type Matter, matterOf } from '@/lib/matters';
import { amountDue, type Payment } from '@/lib/payment';
import { isoWithOffset } from '@/lib/time';
import { paymentView, type Reader, refundView, saleView } from '@/lib/view';
import { type Asker, type Parts, readerOf, seenPayment } from './answers';
import type { Decision, TimelineEntry } from './payments/ports';
import { maySeeOutlet } from './staff/sign-in';

const PAGE = 50;
const MOST = 200;
const CARDS = 30;
/** Further than this nobody reads a number beside a word. */
const MOST_COUNTED = 99;
const EXCERPT = 6;

type Wrong = { readonly refused: 'invalid'; readonly extra: { fields: readonly string[] } };
type Key = { readonly at: number; readonly id: string };

export function createDeskLists(parts: Parts) {
  return {
    refundList: (params: URLSearchParams, who: Asker) => refundList(parts, params, who),
    inbox: (params: URLSearchParams, who: Asker) => inbox(parts, params, who),
    matter: (id: string, who: Asker) => matterOfPayment(parts, id, who),
    inboxCount: async (who: Asker): Promise<InboxCount> => {
      const open = await openCount(parts, who);
      return { open: Math.min(open, MOST_COUNTED), more: open > MOST_COUNTED };
    },
  };
}

/** Cards of payments and differences with QFPay: both wait in the inbox. */
async function openCount({ opened }: Parts, { person }: Asker): Promise<number> {
  const { matters, differences } = opened;
  const limit = MOST_COUNTED + 1;
  const outlets = person.outlets ?? null;
  const differing = await differences.page({ wanted: 'open', outlets, after: null, limit });
  if (outlets === null) return differing.differences.length + (await matters.openCount(limit));
  const open = await matters.open({ after: null, limit: MOST });
  const seen = open.filter(({ outlet }) => maySeeOutlet(person, outlet));
  return differing.differences.length + seen.length;
}

/** A page shows what this person may see of it, and leads on all the same. */
async function refundList(
  parts: Parts,
  params: URLSearchParams,
  who: Asker,
): Promise<RefundPage | Wrong> {
  const after = readCursor(params);
  const limit = readLimit(params);
  if (after === 'wrong') return wrong('cursor');
  if (limit === 'wrong') return wrong('limit');
  const { opened } = parts;
  const reader = readerOf(parts, who);
  const found = await opened.matters.refunds({ after, limit: limit + 1 });
  const refunds: RefundRecord[] = [];
  for (const refund of found.slice(0, limit)) {
    const payment = await opened.store.read.payment(refund.paymentId);
    if (payment === null) throw new Error(`refund ${refund.id} has no payment`);
    if (!maySeeOutlet(who.person, payment.outlet)) continue;
    refunds.push({ refund: refundView(refund, reader), payment: paymentView(payment, reader) });
  }
  const last = found[limit - 1];
  const hasMore = found.length > limit && last !== undefined;
  return { refunds, next: hasMore ? `${last.createdAt}.${last.id}` : null };
}

async function inbox(
  parts: Parts,
  params: URLSearchParams,
  who: Asker,
): Promise<InboxPage | Wrong> {
  const state = params.get('state') ?? 'open';
  const after = readCursor(params);
  if (after === 'wrong') return wrong('cursor');
  if (state !== 'open' && state !== 'settled') return wrong('state');
  return state === 'open' ? openCards(parts, after, who) : settledCards(parts, after, who);
}

async function openCards(parts: Parts, after: Key | null, who: Asker): Promise<InboxPage> {
  const found = await parts.opened.matters.open({ after, limit: CARDS + 1 });
  const shown = found.slice(0, CARDS);
  const cards: MatterView[] = [];
  for (const payment of shown) {
    const matter = maySeeOutlet(who.person, payment.outlet) ? matterOf(payment) : null;
    if (matter !== null) cards.push(await cardOf(parts, { payment, matter, decision: null }, who));
  }
  const last = found.length > CARDS ? shown.at(-1) : undefined;
  return { cards, next: last === undefined ? null : `${last.createdAt}.${last.id}` };
}

/** What is open about one payment; null for whoever may not see it. */
async function matterOfPayment(parts: Parts, id: string, who: Asker): Promise<MatterAnswer | null> {
  const payment = await seenPayment(parts, id, who);
  if (payment === null) return null;
  const matter = matterOf(payment);
  if (matter === null) return { matter };
  return { matter: await cardOf(parts, { payment, matter, decision: null }, who) };
}

async function settledCards(parts: Parts, after: Key | null, who: Asker): Promise<InboxPage> {
  const found = await parts.opened.matters.decided({ after, limit: CARDS + 1 });
  const shown = found.slice(0, CARDS);
  const cards: MatterView[] = [];
  for (const decision of shown) {
    const payment = await parts.opened.store.read.payment(decision.paymentId);
    if (payment === null) throw new Error(`decision ${decision.id} has no payment`);
    if (!maySeeOutlet(who.person, payment.outlet)) continue;
    cards.push(await cardOf(parts, { payment, matter: decision.matter, decision }, who));
  }
  const last = found.length > CARDS ? shown.at(-1) : undefined;
  return { cards, next: last === undefined ? null : `${last.at}.${last.id}` };
}

type Open = {
  readonly payment: Payment;
  readonly matter: Matter;
  readonly decision: Decision | null;
};

async function cardOf(parts: Parts, open: Open, who: Asker): Promise<MatterView> {
  const { payment, matter, decision } = open;
  const { read } = parts.opened.store;
  const reader = readerOf(parts, who);
  const [sale, payments, refunds, timeline] = await Promise.all([
    read.sale(payment.saleId),
    read.paymentsOfSale(payment.saleId),
    read.refundsOf(payment.id),
    read.timeline(payment.id),
  ]);
  if (sale === null) throw new Error(`payment ${payment.id} has no sale`);
  const others = payments.filter(({ id }) => id !== payment.id);
  const iso = (ms: number) => isoWithOffset(ms, reader.timeZone);
  return {
    key: decision?.id ?? payment.id,
    matter,
    at: iso(decision?.at ?? raisedAt(payment, timeline)),
    payment: paymentView(payment, reader),
    sale: saleView(sale, amountDue(sale.amount, payments), reader),
    others: others.map((other) => paymentView(other, reader)),
    refunds: refunds.map((refund) => refundView(refund, reader)),
    heard: heardOf(timeline, reader),
    excerpt: timeline.slice(-EXCERPT).map(({ at, seq, kind, actor, state, detail }) => ({
      ...{ seq, kind, actor, state, detail },
      at: iso(at),
    })),
    choices: decision === null ? choicesFor(matter, payment) : [],
    decision: decision === null ? null : decisionView(decision, reader),
  };
}

const decisionView = ({ at, choice, reason, staff, counter }: Decision, reader: Reader) => ({
  ...{ choice, reason, staff, counter },
  at: isoWithOffset(at, reader.timeZone),
});

/** When it was last marked; where the story does not say, when it was paid or begun. */
function raisedAt(payment: Payment, timeline: readonly TimelineEntry[]): number {
  const marked = timeline.findLast(({ kind }) => kind === 'review');
  return marked?.at ?? payment.paidAt ?? payment.createdAt;
}

const HEARD: readonly TimelineEntry['kind'][] = ['answer', 'notification'];

function heardOf(timeline: readonly TimelineEntry[], reader: Reader): HeardView | null {
  const last = timeline.findLast(({ kind }) => HEARD.includes(kind));
  if (last === undefined) return null;
  const { detail } = last;
  const text = (name: string) => (typeof detail[name] === 'string' ? detail[name] : null);
  return {
    at: isoWithOffset(last.at, reader.timeZone),
    source: text('source') ?? 'query',
    says: text('says') ?? 'unclear',
    respcd: text('respcd'),
    amount: typeof detail.amount === 'number' ? detail.amount : null,
    currency: text('currency'),
  };
}

function readCursor(params: URLSearchParams): Key | null | 'wrong' {
  const given = params.get('cursor');
  if (given === null || given === '') return null;
  const [, at, id] = /^(\d{1,15})\.([A-Za-z0-9-]{1,48})$/.exec(given) ?? [];
  return at === undefined || id === undefined ? 'wrong' : { at: Number(at), id };
}

function readLimit(params: URLSearchParams): number | 'wrong' {
  const given = params.get('limit');
  if (given === null || given === '') return PAGE;
  return /^[1-9]\d{0,3}$/.test(given) ? Math.min(Number(given), MOST) : 'wrong';
}

const wrong = (field: string): Wrong => ({ refused: 'invalid', extra: { fields: [field] } });
