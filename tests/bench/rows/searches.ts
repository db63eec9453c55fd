/**
 * The kinds of number by which a sale is looked for: those on a receipt, on the customer's phone
 * and in QFPay's books. Each search is for one payment, and has to find that one.
 */
import { amountOf, MANY, numberOf } from '../../support/many-payments';

export type Search = {
  readonly what: string;
  /** What is typed to find the payment of that number. */
  readonly typed: (n: number) => string;
  /** Many have it, so a page of it is held against a page of anything. */
  readonly isCommon?: true;
};

const digits = (value: number, length: number): string => String(value).padStart(length, '0');
/** As many-payments writes them. */
const theirs = (n: number) => `2026${digits(n, 14)}`;
const wallets = (n: number) => `4200${digits(n * 7, 18)}`;
const sales = (n: number) => `01SALE${digits(n, 20)}`;

export const SEARCHES: readonly Search[] = [
  { what: 'our number', typed: numberOf },
  { what: 'our number in small letters', typed: (n) => numberOf(n).toLowerCase() },
  { what: 'the beginning of our number', typed: (n) => numberOf(n).slice(0, 11) },
  { what: "QFPay's number", typed: theirs },
  { what: "the wallet's number", typed: wallets },
  { what: "the sale's number", typed: sales },
  { what: "a refund's number", typed: (n) => `R${numberOf(n)}` },
  { what: 'an amount', typed: (n) => (amountOf(n) / 100).toFixed(2), isCommon: true },
  { what: 'the beginning that all have', typed: () => 'M7', isCommon: true },
];

/** Of a shop of so many, `wanted` payments of every age that have all those numbers. */
export function lookedFor(count: number, wanted: number): readonly number[] {
  const isPaid = (n: number) => (n + 1) % MANY.failed !== 0 && (n + 1) % MANY.closed !== 0;
  const refunded = Array.from(
    { length: Math.floor(count / MANY.fully) },
    (_, nth) => (nth + 1) * MANY.fully - 1,
  ).filter(isPaid);
  return Array.from({ length: wanted }, (_, nth) => {
    const found = refunded[Math.floor((nth * refunded.length) / wanted)];
    if (found === undefined) throw new RangeError(`a shop of ${count} gave nothing back`);
    return found;
  });
}
