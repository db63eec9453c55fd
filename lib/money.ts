/**
 * Money is a whole number of minor units and a currency. Nothing here makes a float of it.
 */
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
