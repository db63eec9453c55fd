/**
 * What was taken and what went back, added up. Everything that counts money on the desk, a shift
 * or a day, adds by these rules, so that no two figures of one thing can differ.
 */
import type { Currency } from './money';
import { walletOf } from './wallets';

/** Sums in minor units of one currency. */
export type Takings = {
  /** Sales that were paid, and what they brought. */
  readonly count: number;
  readonly amount: number;
  /** Of one sale, to the nearest minor unit; 0 without a sale. */
  readonly average: number;
  /** Refunds that were done, and what they gave back. */
  readonly refundCount: number;
  readonly refundAmount: number;
  /** What was taken less what went back; may be negative. */
  readonly net: number;
};

/** Some payments or some refunds that the store has counted together. */
export type Counted = {
  readonly what: 'payment' | 'refund';
  readonly payType: string;
  readonly usedPayType: string | null;
  readonly currency: Currency;
  readonly count: number;
  readonly amount: number;
};

type Part = Pick<Counted, 'what' | 'count' | 'amount'>;

/** Sums that are still growing. */
export type Sums = { count: number; amount: number; refundCount: number; refundAmount: number };
export const noSums = (): Sums => ({ count: 0, amount: 0, refundCount: 0, refundAmount: 0 });

export function addTo(sums: Sums, { what, count, amount }: Part): void {
  if (what === 'payment') {
    sums.count += count;
    sums.amount += amount;
  } else {
    sums.refundCount += count;
    sums.refundAmount += amount;
  }
}

/** Throws a RangeError when a sum has left the safe integers. */
export function takingsOf(sums: Sums): Takings {
  const net = sums.amount - sums.refundAmount;
  if (![sums.amount, sums.refundAmount, net].every(Number.isSafeInteger)) {
    throw new RangeError('A sum is larger than we can count');
  }
  const { count, amount, refundCount, refundAmount } = sums;
  return { count, amount, average: share(amount, count), refundCount, refundAmount, net };
}

/** Throws like `takingsOf`. */
export function sumUp(parts: Iterable<Part>): Takings {
  const sums = noSums();
  for (const part of parts) addTo(sums, part);
  return takingsOf(sums);
}

/** A whole number of minor units, rounded half up; 0 of nothing. */
export function share(sum: number, count: number): number {
  if (count === 0) return 0;
  const rest = sum % count;
  const whole = (sum - rest) / count;
  return rest * 2 >= count ? whole + 1 : whole;
}

/** Of an even number the lower one of the two in the middle; null of nothing. */
export function medianOf(
  counted: Iterable<{ readonly seconds: number; readonly count: number }>,
): number | null {
  const sorted = [...counted].sort((a, b) => a.seconds - b.seconds);
  let left = Math.ceil(sorted.reduce((sum, { count }) => sum + count, 0) / 2);
  for (const { seconds, count } of sorted) {
    left -= count;
    if (left <= 0 && count > 0) return seconds;
  }
  return null;
}

/** The parts under each name, in the order in which the names first come. */
export function groupedBy<T>(parts: Iterable<T>, nameOf: (part: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const part of parts) {
    const name = nameOf(part);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [part]);
    else group.push(part);
  }
  return groups;
}

/** The wallet that was used, as a payment's own view names it; else the type's number. */
export const walletKey = ({ payType, usedPayType }: Pick<Counted, 'payType' | 'usedPayType'>) =>
  walletOf(usedPayType ?? '') ?? walletOf(payType) ?? payType;

export type WalletTakings = Takings & { readonly wallet: string };

/** One line for each wallet, the largest takings first. */
export function byWallet(parts: Iterable<Counted>): WalletTakings[] {
  const lines = [...groupedBy(parts, walletKey)].map(([wallet, group]) => ({
    wallet,
    ...sumUp(group),
  }));
  return lines.sort((a, b) => b.amount - a.amount || (a.wallet < b.wallet ? -1 : 1));
}

/** Money of a currency that is not the shop's own; it never adds to the rest. */
export type OtherCurrency = Takings & { readonly currency: Currency };

export function otherCurrencies(parts: Iterable<Counted>, own: Currency): OtherCurrency[] {
  const others = [...parts].filter(({ currency }) => currency !== own);
  return [...groupedBy(others, ({ currency }) => currency)].map(([currency, group]) => ({
    currency: currency as Currency,
    ...sumUp(group),
  }));
}
