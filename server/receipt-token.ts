/**
 * The address of a receipt on the customer's phone: our number of the payment and a seal of 130
 * bits over it, made with a key of this installation. Nothing is stored, so the address is known
 * before the first byte goes to QFPay and costs a sale no write; a copy of the database alone, or
 * of a receipt with its number, makes no address. The number tells nothing about the customer.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PaymentId } from '@/lib/payment';
import { SEAL_LENGTH } from '@/lib/scanned-number';

export type ReceiptTokens = ReturnType<typeof createReceiptTokens>;

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function createReceiptTokens(key: Buffer) {
  /** Capitals and digits alone, which a QR holds in half the room. */
  const sealOf = (id: string): string => {
    const hash = createHmac('sha256', key).update(`receipt of ${id}`).digest();
    const bytes = [...hash.subarray(0, SEAL_LENGTH)];
    return bytes.map((byte) => CROCKFORD.charAt(byte & 31)).join('');
  };
  return {
    tokenOf: (id: PaymentId): string => id + sealOf(id),
    /** Null for what this installation has not sealed. */
    paymentOf: (token: string): PaymentId | null => {
      const id = token.slice(0, -SEAL_LENGTH);
      const [given, right] = [token.slice(-SEAL_LENGTH), sealOf(id)].map((seal) =>
        Buffer.from(seal),
      );
      const same = given?.length === right?.length && given !== undefined && right !== undefined;
      return id !== '' && same && timingSafeEqual(given, right) ? (id as PaymentId) : null;
    },
  };
}
