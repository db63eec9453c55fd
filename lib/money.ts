/**
 * Money is a whole number of minor units and a currency. Nothing here makes a float of it: text
 * becomes digits, digits become an integer, and back again by cutting strings.
 */
import type { Language } from './messages/language';

export const CURRENCIES = [
  'AED',
  'CNY',
  'EUR',
  'HKD',
  'IDR',
  'JPY',
  'MMK',
  'MYR',
  'SGD',
  'THB',
  'USD',
  'CAD',
  'AUD',
] as const;
export type Currency = (typeof CURRENCIES)[number];

/** Digits after the point, ISO 4217. What `txamt` 1 means to QFPay is another matter (§7.2). */
export const EXPONENT: Readonly<Record<Currency, 0 | 2>> = {
  AED: 2,
  CNY: 2,
  EUR: 2,
  HKD: 2,
  IDR: 2,
  JPY: 0,
  MMK: 2,
  MYR: 2,
  SGD: 2,
  THB: 2,
  USD: 2,
  CAD: 2,
  AUD: 2,
};

/** `minor` may be negative only where a sum says so, as in a day's difference. */
export type Money = { readonly minor: number; readonly currency: Currency };

/** Throws a RangeError when `minor` is not a safe integer. */
export const money = (minor: number, currency: Currency): Money => {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`Not a whole minor amount: ${minor}`);
  // Minus zero would be written "-0.00".
  return { minor: minor === 0 ? 0 : minor, currency };
};

/** Throws a RangeError on two currencies, or when the sum leaves the safe integers. */
export const add = (a: Money, b: Money): Money => {
  if (a.currency !== b.currency) {
    throw new RangeError(`${a.currency} and ${b.currency} do not add`);
  }
  return money(a.minor + b.minor, a.currency);
};

/** Throws like `add`. */
export const subtract = (a: Money, b: Money): Money => add(a, money(-b.minor, b.currency));

/** The largest amount that a till can key in, in minor units: contract.ts LARGEST_AMOUNT. */
export const LARGEST_KEYED = 999_999_999;
const LARGEST_KEYED_DIGITS = 9;

export type Key =
  | '0'
  | '1'
  | '2'
  | '3'
  | '4'
  | '5'
  | '6'
  | '7'
  | '8'
  | '9'
  | '00'
  | 'back'
  | 'clear';

/**
 * The digits on a till after one more key: they enter from the right, as minor units. A key that
 * would go past LARGEST_KEYED does nothing at all, so '00' is never half taken. Empty is zero.
 */
export const pressKey = (digits: string, key: Key): string => {
  if (key === 'clear') return '';
  if (key === 'back') return digits.slice(0, -1);
  const next = (digits + key).replace(/^0+/, '');
  return next.length > LARGEST_KEYED_DIGITS ? digits : next;
};

/** Keyed digits as minor units. Throws a RangeError on anything but at most 15 digits. */
export const digitsToMinor = (digits: string): number => {
  // 15 digits are always a safe integer.
  if (!/^\d{0,15}$/.test(digits)) throw new RangeError('Not the digits of an amount');
  return digits === '' ? 0 : Number(digits);
};

const group = (whole: string): string => whole.replace(/\B(?=(\d{3})+$)/g, ',');

const unsigned = ({ minor, currency }: Money): string => {
  const digits = String(minor).replace('-', '');
  const places = EXPONENT[currency];
  if (places === 0) return group(digits);
  const padded = digits.padStart(places + 1, '0');
  return `${group(padded.slice(0, -places))}.${padded.slice(-places)}`;
};

/** "48.50", "9,999,999.99", and "4,850" for JPY: no symbol, the same in every language. */
export const plainAmount = (amount: Money): string =>
  (amount.minor < 0 ? '-' : '') + unsigned(amount);

/** "1234.50" for programs and spreadsheets: digits, a point and nothing else. */
export const decimalAmount = ({ minor, currency }: Money): string => {
  const places = EXPONENT[currency];
  const digits = String(minor)
    .replace('-', '')
    .padStart(places + 1, '0');
  const whole = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return minor < 0 ? `-${whole}` : whole;
};

/** A bare "$" or "¥" would mean two currencies of ours, so no symbol here is bare. */
const SYMBOL: Readonly<Record<Currency, string>> = {
  AED: 'AED ',
  CNY: 'CN¥',
  EUR: '€',
  HKD: 'HK$',
  IDR: 'Rp ',
  JPY: 'JP¥',
  MMK: 'MMK ',
  MYR: 'RM ',
  SGD: 'S$',
  THB: '฿',
  USD: 'US$',
  CAD: 'CA$',
  AUD: 'A$',
};

/** "HK$48.50". Our own table: a tablet and the server may carry different ICU data. */
export const formatMoney = (amount: Money, language: Language): string => {
  // In Simplified Chinese "¥" is the renminbi and only that; the yen stays "JP¥".
  const symbol =
    language === 'zh-Hans' && amount.currency === 'CNY' ? '¥' : SYMBOL[amount.currency];
  return (amount.minor < 0 ? '-' : '') + symbol + unsigned(amount);
};

const WHOLE = '(0|[1-9]\\d{0,12}|[1-9]\\d{0,2}(?:,\\d{3}){1,4})';
const WRITTEN: Readonly<Record<0 | 2, RegExp>> = {
  0: new RegExp(`^${WHOLE}$`),
  2: new RegExp(`^${WHOLE}(?:\\.(\\d{2}))?$`),
};

/**
 * "48.50", "48" or "9,999,999.99" as minor units; null for everything else, also for "48.5",
 * which could be a slip. For search: an amount to charge is keyed, never parsed.
 */
export const parseAmount = (text: string, currency: Currency): number | null => {
  const places = EXPONENT[currency];
  const match = WRITTEN[places].exec(text);
  if (match === null) return null;
  const whole = (match[1] ?? '').replaceAll(',', '');
  return digitsToMinor(whole + (places === 0 ? '' : (match[2] ?? '00')));
};
