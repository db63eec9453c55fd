/**
 * What somebody may want to see of the sales, as it stands in an address. The server picks by it
 * and a screen tells by it whether a new sale belongs to its list, so both read it here.
 */
import type { PaymentView } from './contract';
import { type Currency, EXPONENT, parseAmount } from './money';
import { PAYMENT_STATES, type PaymentId, type PaymentState } from './payment';
import { isShopDay, startOfShopDay } from './time';

/** Where a page ended; the next one begins below it. */
export type PageKey = { readonly createdAt: number; readonly id: PaymentId };

export const REFUNDED = ['partly', 'fully'] as const;
export type Refunded = (typeof REFUNDED)[number];

/** What restricts a list; null and empty restrict nothing. Times are wall ms UTC, both included. */
export type HistoryWish = {
  readonly from: number | null;
  readonly to: number | null;
  readonly states: readonly PaymentState[];
  readonly payTypes: readonly string[];
  readonly counter: string | null;
  readonly staff: string | null;
  /** Minor units, both included. */
  readonly min: number | null;
  readonly max: number | null;
  readonly refunded: readonly Refunded[];
  /** Only what was paid after the till had said that it was not. */
  readonly late: boolean;
  /** Only what a manager must look at. */
  readonly review: boolean;
  /** A number of ours, QFPay's or the wallet's, or its beginning; without spaces. */
  readonly q: string | null;
  /** The same text read as an amount, in minor units. */
  readonly qAmount: number | null;
};
export type HistoryFilter = HistoryWish & {
  /** Only of these outlets, by their mchid; null is of every one. Never read from an address. */
  readonly outlets: readonly (string | null)[] | null;
  readonly after: PageKey | null;
  readonly limit: number;
};

/** The names in an address, in the order in which a link says them. `cursor`, `limit`: pages. */
export const WISHES = [
  'from',
  'to',
  'state',
  'payType',
  'counter',
  'staff',
  'min',
  'max',
  'refunded',
  'late',
  'review',
  'q',
] as const;
export type WishName = (typeof WISHES)[number];

const LIMIT = 50;
const LARGEST_LIMIT = 200;
/** There are 36; a longer list is a mistake or mischief. */
const MOST_PAY_TYPES = 50;
/** No number of anybody's is longer. */
const LONGEST_SEARCH = 64;

export type ShopSetting = { readonly timeZone: string; readonly currency: Currency };
export type WrongFields = { readonly wrong: readonly string[] };

/** Reads search parameters; names the ones that cannot be read. */
export function readHistoryFilter(
  params: URLSearchParams,
  { timeZone, currency }: ShopSetting,
): HistoryFilter | WrongFields {
  const wrong: string[] = [];
  const text = (name: string) => params.get(name)?.trim() || null;
  const read = <T>(name: string, parse: (given: string) => T | null): T | null => {
    const given = text(name);
    const value = given === null ? null : parse(given);
    if (given !== null && value === null) wrong.push(name);
    return value;
  };
  const many = <T extends string>(name: string, known: (given: string) => given is T) => {
    const given = (text(name) ?? '').split(',').filter((each) => each !== '');
    const values = given.filter(known);
    if (values.length !== given.length) wrong.push(name);
    return values;
  };
  const payTypes = many('payType', isText);
  if (payTypes.length > MOST_PAY_TYPES) wrong.push('payType');
  const q = read('q', searched);
  const filter: HistoryFilter = {
    from: read('from', (given) => instant(given, timeZone)),
    to: read('to', (given) => lastInstant(given, timeZone)),
    states: many('state', isState),
    payTypes,
    counter: text('counter'),
    staff: text('staff'),
    min: read('min', whole),
    max: read('max', whole),
    refunded: many('refunded', isRefunded),
    late: read('late', yes) ?? false,
    review: read('review', yes) ?? false,
    q,
    qAmount: amountSearched(text('q'), currency),
    after: read('cursor', pageKey),
    limit: Math.min(read('limit', positive) ?? LIMIT, LARGEST_LIMIT),
    outlets: null,
  };
  return wrong.length === 0 ? filter : { wrong: [...new Set(wrong)] };
}

/** Whether a payment as it is now belongs to a list: the server's choice, said once more. */
export function isWanted(payment: PaymentView, wish: HistoryWish): boolean {
  const at = Date.parse(payment.createdAt);
  return (
    at >= (wish.from ?? at) &&
    at <= (wish.to ?? at) &&
    among(payment.state, wish.states) &&
    among(payment.payType, wish.payTypes) &&
    payment.counter === (wish.counter ?? payment.counter) &&
    payment.staff === (wish.staff ?? payment.staff) &&
    payment.amount >= (wish.min ?? 0) &&
    payment.amount <= (wish.max ?? payment.amount) &&
    isRefundedAs(payment, wish.refunded) &&
    (payment.late || !wish.late) &&
    (payment.review !== null || !wish.review) &&
    isFound(payment, wish)
  );
}

const among = <T>(value: T, wanted: readonly T[]): boolean =>
  wanted.length === 0 || wanted.includes(value);

function isRefundedAs(
  { amount, refundedAmount }: PaymentView,
  wanted: readonly Refunded[],
): boolean {
  if (wanted.length === 0) return true;
  return refundedAmount > 0 && wanted.includes(refundedAmount < amount ? 'partly' : 'fully');
}

function isFound(payment: PaymentView, { q, qAmount }: HistoryWish): boolean {
  if (q === null) return true;
  const { id, saleId, qfpayNumber, walletNumber, amount } = payment;
  const ours = [id, saleId].some((number) => number.startsWith(q.toUpperCase()));
  return ours || [qfpayNumber, walletNumber].some((it) => it?.startsWith(q)) || amount === qAmount;
}

/** Numbers are printed in groups and scanned with a line's end: neither is part of them. */
function searched(given: string): string | null {
  const bare = given.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '');
  return bare === '' || bare.length > LONGEST_SEARCH ? null : bare;
}

/** "HK$48.50", "$ 48.50" and "48.50" are the same amount to whoever looks for it. */
function amountSearched(given: string | null, currency: Currency): number | null {
  if (given === null) return null;
  const bare = given
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^[A-Za-z]{0,3}[$¥€฿]?/, '');
  return parseAmount(bare, currency);
}

/** An amount typed into a filter: "48", "48.5" and "48.50" are all meant as they read. */
export function amountTyped(given: string, currency: Currency): number | null {
  const bare = given.trim();
  const padded = EXPONENT[currency] === 2 && /\.\d$/.test(bare) ? `${bare}0` : bare;
  return parseAmount(padded, currency);
}

const isText = (given: string): given is string => given.length <= LONGEST_SEARCH;
const isState = (given: string): given is PaymentState =>
  PAYMENT_STATES.some((state) => state === given);
const isRefunded = (given: string): given is Refunded => REFUNDED.some((one) => one === given);
const yes = (given: string): true | null => (/^(1|yes|true)$/.test(given) ? true : null);
const whole = (given: string): number | null => (/^\d{1,12}$/.test(given) ? Number(given) : null);
const positive = (given: string): number | null =>
  /^[1-9]\d{0,3}$/.test(given) ? Number(given) : null;

/** An ISO 8601 time with its offset, or a day of the shop, which begins at its midnight. */
function instant(given: string, timeZone: string): number | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(given)) {
    return isShopDay(given) ? startOfShopDay(given, timeZone) : null;
  }
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(given)) return null;
  const ms = Date.parse(given);
  return Number.isNaN(ms) ? null : ms;
}

/** A day as the end of a range means all of that day. */
function lastInstant(given: string, timeZone: string): number | null {
  const at = instant(given, timeZone);
  if (at === null || given.includes('T')) return at;
  return startOfShopDay(daysAfter(given, 1), timeZone) - 1;
}

const DAY_MS = 86_400_000;

/** A calendar day so many days after (or before) another; both 'YYYY-MM-DD'. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

function pageKey(given: string): PageKey | null {
  const match = /^(\d{1,15})\.([A-Z0-9]{1,32})$/.exec(given);
  const [, createdAt, id] = match ?? [];
  return id === undefined ? null : { createdAt: Number(createdAt), id: id as PaymentId };
}

export const cursorOf = ({ createdAt, id }: PageKey): string => `${createdAt}.${id}`;
