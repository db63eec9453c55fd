/**
 * Fresh numbers and keyed fingerprints, from the machine's randomness. Numbers are short, have no
 * comma, cannot be mistaken for each other by ear, and begin with this installation's prefix.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { PaymentId, SaleId } from '@/lib/payment';
import type { RefundId } from '@/lib/refund';
import type { Ids } from './payments/ports';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_CHARACTERS = 10;

/** Three characters that mark every number of one installation. */
export const newPrefix = (): string => base32(3);

export function createIds(prefix: string, { key, wall }: { key: Buffer; wall: () => number }): Ids {
  const length = prefix.length + RANDOM_CHARACTERS + 1;
  // Payments and refunds share one number space: QFPay wants both unique together (§7.1).
  const number = (): string => {
    const body = prefix + base32(RANDOM_CHARACTERS);
    return body + checkCharacter(body);
  };
  return {
    paymentNumber: () => number() as PaymentId,
    refundNumber: () => number() as RefundId,
    isOurs: (text) =>
      text.length === length &&
      text.startsWith(prefix) &&
      [...text].every((character) => CROCKFORD.includes(character)) &&
      checkCharacter(text.slice(0, -1)) === text.slice(-1),
    saleId: () => ulid(wall()) as SaleId,
    fingerprint: (text) => createHmac('sha256', key).update(text).digest('hex'),
    sha256: (raw) => createHash('sha256').update(raw).digest('hex'),
  };
}

/** 32 divides 256, so the low five bits of a random byte are even. */
const base32 = (length: number): string =>
  Array.from(randomBytes(length), (byte) => CROCKFORD.charAt(byte & 31)).join('');

/** Finds every single wrong character and every swap of neighbours: odd weights modulo 32. */
function checkCharacter(body: string): string {
  const sum = [...body].reduce(
    (total, character, place) => total + CROCKFORD.indexOf(character) * (2 * place + 1),
    0,
  );
  return CROCKFORD.charAt(sum % 32);
}

function ulid(ms: number): string {
  let time = '';
  for (let rest = ms, place = 0; place < 10; place += 1, rest = Math.floor(rest / 32)) {
    time = CROCKFORD.charAt(rest % 32) + time;
  }
  return time + base32(16);
}
