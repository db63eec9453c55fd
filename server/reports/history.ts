/**
 * Reads what was: the list of payments and the story of one. It changes nothing, and a page far
 * down costs what the first one costs.
 */
import type { PaymentDetail, PaymentPage, Role, TimelineView } from '@/lib/contract';
import { type Currency, parseAmount } from '@/lib/money';
import {
  amountDue,
  PAYMENT_STATES,
  type Payment,
  type PaymentId,
  type PaymentState,
  type SaleId,
} from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import { isoWithOffset, startOfShopDay } from '@/lib/time';
import { paymentView, type Reader, refundView, saleView } from '@/lib/view';

/** What this room needs of the store. Times are wall ms UTC; amounts minor units. */
export interface HistoryStore {
  payment(id: PaymentId): Promise<Payment | null>;
  paymentsOfSale(id: SaleId): Promise<Payment[]>;
  refundsOf(id: PaymentId): Promise<Refund[]>;
  sale(id: SaleId): Promise<SaleRow | null>;
  timeline(id: PaymentId): Promise<readonly TimelineRow[]>;
  page(filter: HistoryFilter): Promise<{ payments: Payment[]; next: PageKey | null }>;
}
type SaleRow = Parameters<typeof saleView>[0];
type TimelineRow = Omit<TimelineView, 'at'> & { readonly at: number };
export type PageKey = { readonly createdAt: number; readonly id: PaymentId };
export type HistoryFilter = {
  readonly from: number | null;
  readonly to: number | null;
  readonly states: readonly PaymentState[];
  readonly payTypes: readonly string[];
  readonly counter: string | null;
  readonly staff: string | null;
  /** Only of these outlets; null is of every one. */
  readonly outlets: readonly (string | null)[] | null;
  readonly min: number | null;
  readonly max: number | null;
  /** A number of ours, QFPay's or the wallet's, or its beginning. */
  readonly q: string | null;
  /** The same text read as an amount, in minor units. */
  readonly qAmount: number | null;
  readonly after: PageKey | null;
  readonly limit: number;
};

export type Viewer = {
  readonly code: string;
  readonly role: Role;
  /** The mchids of the outlets to which they are limited; left out: everywhere. */
  readonly outlets?: readonly (string | null)[];
};
export type HistoryRefusal = { readonly refused: 'invalid'; readonly fields: readonly string[] };

const LIMIT = 50;
const LARGEST_LIMIT = 200;
/** There are 36; a longer list is a mistake or mischief. */
const MOST_PAY_TYPES = 50;

export async function list(
  store: HistoryStore,
  params: URLSearchParams,
  who: { viewer: Viewer; reader: Reader; currency: Currency },
): Promise<PaymentPage | HistoryRefusal> {
  const filter = readFilter(params, who);
  if ('refused' in filter) return filter;
  const { payments, next } = await store.page(filter);
  const views = payments.map((payment) => paymentView(payment, who.reader));
  return { payments: views, next: next === null ? null : `${next.createdAt}.${next.id}` };
}

/** A cashier sees their own payments; anybody else's does not exist for them. */
export async function detail(
  store: HistoryStore,
  id: PaymentId,
  { viewer, reader }: { viewer: Viewer; reader: Reader },
): Promise<PaymentDetail | null> {
  const payment = await store.payment(id);
  if (payment === null || !maySee(viewer, payment)) return null;
  const sale = await store.sale(payment.saleId);
  if (sale === null) throw new Error(`payment ${id} has no sale`);
  const [payments, refunds, timeline] = await Promise.all([
    store.paymentsOfSale(payment.saleId),
    store.refundsOf(id),
    store.timeline(id),
  ]);
  return {
    payment: paymentView(payment, reader),
    sale: saleView(sale, amountDue(sale.amount, payments), reader),
    refunds: refunds.map((refund) => refundView(refund, reader)),
    timeline: timeline.map(({ seq, at, kind, actor, state, detail: facts }) => ({
      ...{ seq, kind, actor, state, detail: facts },
      at: isoWithOffset(at, reader.timeZone),
    })),
  };
}

/** Another outlet's payment does not exist for who is limited to other ones (security.md S33). */
export const maySee = (viewer: Viewer, payment: Pick<Payment, 'staff' | 'outlet'>): boolean =>
  (viewer.role !== 'cashier' || payment.staff === viewer.code) &&
  (viewer.outlets === undefined || viewer.outlets.includes(payment.outlet));

function readFilter(
  params: URLSearchParams,
  { viewer, reader, currency }: { viewer: Viewer; reader: Reader; currency: Currency },
): HistoryFilter | HistoryRefusal {
  const text = (name: string) => params.get(name)?.trim() || null;
  const many = (name: string) => (text(name) ?? '').split(',').filter((each) => each !== '');
  const wrong: string[] = [];
  const read = <T>(name: string, parse: (given: string) => T | null): T | null => {
    const given = text(name);
    const value = given === null ? null : parse(given);
    if (given !== null && value === null) wrong.push(name);
    return value;
  };
  const isState = (given: string): given is PaymentState =>
    PAYMENT_STATES.some((state) => state === given);
  const states = many('state').filter(isState);
  if (states.length !== many('state').length) wrong.push('state');
  if (many('payType').length > MOST_PAY_TYPES) wrong.push('payType');
  const q = text('q');
  const own = viewer.role === 'cashier' ? viewer.code : null;
  const filter: HistoryFilter = {
    from: read('from', (given) => instant(given, reader.timeZone)),
    to: read('to', (given) => lastInstant(given, reader.timeZone)),
    states,
    payTypes: many('payType'),
    counter: text('counter'),
    staff: own ?? text('staff'),
    outlets: viewer.outlets ?? null,
    min: read('min', whole),
    max: read('max', whole),
    q,
    qAmount: q === null ? null : parseAmount(q, currency),
    after: read('cursor', pageKey),
    limit: Math.min(read('limit', positive) ?? LIMIT, LARGEST_LIMIT),
  };
  return wrong.length === 0 ? filter : { refused: 'invalid', fields: wrong };
}

const whole = (given: string): number | null => (/^\d{1,12}$/.test(given) ? Number(given) : null);
const positive = (given: string): number | null =>
  /^[1-9]\d{0,3}$/.test(given) ? Number(given) : null;

/** An ISO 8601 time with its offset, or a day of the shop, which begins at its midnight. */
function instant(given: string, timeZone: string): number | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(given)) {
    return Number.isNaN(Date.parse(given)) ? null : startOfShopDay(given, timeZone);
  }
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(given)) return null;
  const ms = Date.parse(given);
  return Number.isNaN(ms) ? null : ms;
}

/** A day as the end of a range means all of that day. */
function lastInstant(given: string, timeZone: string): number | null {
  const at = instant(given, timeZone);
  if (at === null || given.includes('T')) return at;
  const next = new Date(Date.parse(`${given}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return startOfShopDay(next, timeZone) - 1;
}

function pageKey(given: string): PageKey | null {
  const match = /^(\d{1,15})\.([A-Z0-9]{1,32})$/.exec(given);
  const [, createdAt, id] = match ?? [];
  return id === undefined ? null : { createdAt: Number(createdAt), id: id as PaymentId };
}
