/**
 * What payment codes look like (protocol.md §7.4). No source shows PayMe's and Octopus's; those two
 * are of our own making, chosen to collide with nothing else: 20 digits starting 81 and 82.
 */
import type { Wallet } from './pay-types';

export type CodeShape = {
  readonly id: string;
  readonly wallet: Wallet;
  readonly prefix: string;
  readonly length: number;
};

export const CODE_SHAPES: readonly CodeShape[] = [
  { id: 'wechat', wallet: 'wechat', prefix: '13', length: 18 },
  { id: 'wechat-hk', wallet: 'wechat', prefix: '15', length: 18 },
  { id: 'alipay-hk', wallet: 'alipay', prefix: '28', length: 24 },
  { id: 'alipay-plus', wallet: 'alipay', prefix: '25', length: 24 },
  { id: 'unionpay', wallet: 'unionpay', prefix: '62', length: 19 },
  { id: 'payme', wallet: 'payme', prefix: '81', length: 20 },
  { id: 'octopus', wallet: 'octopus', prefix: '82', length: 20 },
];

/** Anything of this shape is taken for a payment code. */
export const looksLikeCode = (text: string): boolean => /^\d{16,32}$/.test(text);

/** Which wallet a code belongs to, by its first digits; null when they say nothing. */
export function walletOfCode(code: string): Wallet | null {
  if (/^1[0-5]\d{16}$/.test(code)) return 'wechat';
  if (/^(2[5-9]|30)\d{14,30}$/.test(code)) return 'alipay';
  if (/^62\d{17}$/.test(code)) return 'unionpay';
  const own = CODE_SHAPES.find((shape) => code.startsWith(shape.prefix));
  return own !== undefined && own.length === code.length ? own.wallet : null;
}

/** A payment card's check digit holds: tills refuse such numbers as card numbers. */
export function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const value = index % 2 === 1 ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
