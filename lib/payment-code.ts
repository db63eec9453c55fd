/**
 * What came out of a scanner: a customer's payment code, or something that must not be charged.
 * It refuses only what protocol.md §7.4 lets a till refuse; an unknown prefix is always sent.
 */
import type { Wallet } from './wallets';

export type Symbology = 'ean-13' | 'ean-8' | 'upc-a' | 'code-128' | 'qr';

export type Scan =
  | {
      readonly kind: 'payment-code';
      /** A bearer secret for about a minute: never stored, never logged (see `maskCode`). */
      readonly code: string;
      /** For the icon only. Nobody may route or refuse by it. */
      readonly hint: Wallet | null;
    }
  /** A product's bar code, a merchant's QR, nothing, over 128 characters, not printable. */
  | { readonly kind: 'product' | 'merchant-qr' | 'empty' | 'too-long' | 'unreadable' };

const LONGEST = 128;
const PRODUCT_SYMBOLOGIES: readonly Symbology[] = ['ean-13', 'ean-8', 'upc-a'];
const MERCHANT_QR = /^(?:https?:|weixin:\/\/|00020101)/i;
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u;

/** GS1's modulo 10: weights 3 and 1 in turn from the digit before the check digit. */
const hasCheckDigit = (digits: string): boolean => {
  let sum = 0;
  let weight = 1;
  for (const digit of [...digits].reverse()) {
    sum += weight * Number(digit);
    weight = 4 - weight;
  }
  return sum % 10 === 0;
};

const isProduct = (text: string): boolean =>
  /^(?:\d{8}|\d{12}|\d{13})$/.test(text) && hasCheckDigit(text);

const hintOf = (code: string): Wallet | null => {
  if (/^1[0-5]\d{16}$/.test(code)) return 'wechat';
  if (/^62\d{17}$/.test(code)) return 'unionpay';
  if (/^(?:2[5-9]|30)\d{14,22}$/.test(code) || /^2[58]\d{15,30}$/.test(code)) return 'alipay';
  return null;
};

/** `symbology` is what the decoder names; a keyboard scanner names none. */
export const readScan = (text: string, symbology: Symbology | null = null): Scan => {
  const code = text.replace(/[\r\n\t]+$/, '');
  if (code.trim() === '') return { kind: 'empty' };
  if (/^\d{16,32}$/.test(code)) return { kind: 'payment-code', code, hint: hintOf(code) };
  if (symbology !== null && PRODUCT_SYMBOLOGIES.includes(symbology)) return { kind: 'product' };
  if (isProduct(code)) return { kind: 'product' };
  // Before the length: a printed FPS code is often longer than 128 and deserves its own word.
  if (MERCHANT_QR.test(code)) return { kind: 'merchant-qr' };
  if (code.length > LONGEST) return { kind: 'too-long' };
  if (!PRINTABLE.test(code)) return { kind: 'unreadable' };
  return { kind: 'payment-code', code, hint: null };
};

/** For records and screens: the last four characters, and none of a short code. */
export const maskCode = (code: string): string =>
  code.length < 12 ? '••••' : `••••${code.slice(-4)}`;
