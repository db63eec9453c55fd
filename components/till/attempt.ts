/**
 * The key of a tap, kept on this tablet before the tap is sent, so that a reload or a lost answer
 * finds the same payment again. A customer's payment code is never among what is kept.
 */
import type { NewPayment } from '@/lib/contract';

export type Attempt = {
  readonly key: string;
  readonly amount: number;
  /** Null when a scanned code was sent: that one cannot be sent again after a reload. */
  readonly payType: string | null;
  readonly note: string | null;
  /** The sale that is tried again; null begins a new one. */
  readonly saleId: string | null;
  readonly counter: string;
  /** By the server's clock, ms UTC. */
  readonly startedAt: number;
  readonly paymentId: string | null;
};

const name = (counter: string): string => `countertop.attempt.${counter}`;

export function keepAttempt(attempt: Attempt): void {
  try {
    localStorage.setItem(name(attempt.counter), JSON.stringify(attempt));
  } catch {
    // A full or forbidden storage must not stop a sale; only a reload then forgets its key.
  }
}

export function forgetAttempt(counter: string): void {
  try {
    localStorage.removeItem(name(counter));
  } catch {
    // As above.
  }
}

/** Null when there is none, or when what lies there is not ours. */
export function keptAttempt(counter: string): Attempt | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name(counter)) ?? 'null');
    // One that an older till kept knows of no sale.
    return isAttempt(value) ? { ...value, saleId: value.saleId ?? null } : null;
  } catch {
    return null;
  }
}

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

function isAttempt(value: unknown): value is Attempt {
  if (typeof value !== 'object' || value === null) return false;
  const { key, amount, payType, note, saleId, counter, startedAt, paymentId } = value as Record<
    keyof Attempt,
    unknown
  >;
  return (
    typeof key === 'string' &&
    Number.isSafeInteger(amount) &&
    isTextOrNull(payType) &&
    isTextOrNull(note) &&
    isTextOrNull(saleId ?? null) &&
    typeof counter === 'string' &&
    typeof startedAt === 'number' &&
    isTextOrNull(paymentId)
  );
}

/** The body of an attempt: the same one every time, or the server would call the key reused. */
export const bodyOf = (attempt: Attempt, authCode: string | null): NewPayment => ({
  amount: attempt.amount,
  counter: attempt.counter,
  ...(attempt.payType === null ? {} : { payType: attempt.payType }),
  ...(authCode === null ? {} : { authCode }),
  ...(attempt.note === null ? {} : { note: attempt.note }),
  ...(attempt.saleId === null ? {} : { saleId: attempt.saleId }),
});
