/**
 * Our minor units and QFPay's `txamt`. For three currencies the sources do not settle what
 * `txamt` 1 means (protocol.md §7.2), and a guess would be wrong by a hundred: without QFPay's
 * written word they are not sent at all.
 */
import { CURRENCIES, type Currency, EXPONENT } from '@/lib/money';

/** How many `txamt` units make one whole yen, rupiah or kyat; null where nothing is confirmed. */
export type UnitOf = Readonly<Record<'JPY' | 'IDR' | 'MMK', 1 | 100 | null>>;

const isUnsettled = (currency: Currency): currency is keyof UnitOf =>
  currency === 'JPY' || currency === 'IDR' || currency === 'MMK';

/**
 * `txamt` units, and the minor units that they stand for.
 * HKD and every other currency: the minor unit as it is, HK$38.50 = 3850 → `3850`.
 * JPY, whose minor unit is the yen: ¥500 = 500 → unit 1 `500`, unit 100 `50000`.
 * IDR and MMK, whose minor units are hundredths by ISO 4217: Rp5,000.00 = 500000 → unit 1 `5000`,
 * unit 100 `500000`; with unit 1 an amount that is not a whole rupiah or kyat cannot be sent.
 */
function ratio(currency: Currency, unitOf: UnitOf): readonly [bigint, bigint] | null {
  if (!isUnsettled(currency)) return [1n, 1n];
  const unit = unitOf[currency];
  return unit === null ? null : [BigInt(unit), 10n ** BigInt(EXPONENT[currency])];
}

/** Null when the amount cannot be said in `txamt` units, or the unit is not known. */
export function toTxamt(amount: number, currency: Currency, unitOf: UnitOf): string | null {
  const factor = ratio(currency, unitOf);
  if (factor === null || !Number.isSafeInteger(amount) || amount < 1) return null;
  const scaled = BigInt(amount) * factor[0];
  return scaled % factor[1] === 0n ? String(scaled / factor[1]) : null;
}

/** Minor units; null when the text is no plain whole number of `txamt` units. */
export function fromTxamt(text: string, currency: string | null, unitOf: UnitOf): number | null {
  if (!/^(?:0|[1-9]\d{0,14})$/.test(text)) return null;
  // A currency that we do not know differs from every order's; its unit no longer matters.
  const known = CURRENCIES.find((one) => one === currency);
  const factor = (known === undefined ? null : ratio(known, unitOf)) ?? [1n, 1n];
  const scaled = BigInt(text) * factor[1];
  const amount = Number(scaled / factor[0]);
  return scaled % factor[0] === 0n && Number.isSafeInteger(amount) ? amount : null;
}
