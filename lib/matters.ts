/**
 * What a manager has to look at, and what they may say about it. A decision never changes what a
 * payment is: it clears the mark, and whatever contradicts later raises it again (money.md §2.2).
 */
import { isLive, type Payment, type ReviewReason } from './payment';

export type Matter = 'late' | ReviewReason;
export const MATTERS = [
  'late',
  'answer-differs',
  'paid-then-denied',
  'reversed-outside',
  'paid-twice',
  'unresolved-for-a-day',
  'orphan',
  'refunded-outside',
  'refund-in-doubt',
  'refunded-too-much',
] as const satisfies readonly Matter[];

export const CHOICES = [
  /** Late money stays with its sale. */
  'keep',
  /** The customer bought twice. */
  'keep-both',
  /** Money under a number that this till had lost is a sale like any other. */
  'accept',
  /** What this till recorded is right. */
  'stands',
  /** It was given back elsewhere, all that was left of it. */
  'went-back',
  /** The shop itself gave it back elsewhere. */
  'confirmed',
  /** Nothing to do but to go on asking; it comes back after a day. */
  'wait',
  /** The customer came back and pays another way; the first payment stays watched. */
  'came-back',
  /** Somebody speaks with QFPay or the customer about it. */
  'taken-up',
  /** It has come to its end by itself. */
  'noted',
] as const;
export type Choice = (typeof CHOICES)[number];
/** What else settles a matter: the money went back, with a name, a PIN and a reason of its own. */
export type Outcome = Choice | 'refund' | 'settlement';

/** What is open about a payment; the late money of one in review is looked at along with it. */
export const matterOf = ({ review, late, lateSeen }: Marks): Matter | null =>
  review ?? (late && !lateSeen ? 'late' : null);
type Marks = Pick<Payment, 'review' | 'late' | 'lateSeen'>;

type Facts = Pick<Payment, 'state' | 'amount' | 'refunded' | 'reserved' | 'settled'>;

/** What may be said about a matter as the payment stands now. */
export function choicesFor(matter: Matter, payment: Facts): readonly Choice[] {
  const refundIsOpen = payment.reserved > payment.refunded;
  const left = payment.amount - payment.reserved - payment.settled;
  switch (matter) {
    case 'late':
      return ['keep'];
    case 'paid-twice':
      return ['keep-both'];
    case 'orphan':
      if (payment.state === 'paid') return ['accept'];
      return isLive(payment.state) ? ['wait'] : ['noted'];
    case 'answer-differs':
    case 'paid-then-denied':
      return ['stands', 'taken-up'];
    case 'reversed-outside':
      return payment.state === 'paid' && left > 0
        ? ['went-back', 'taken-up']
        : ['stands', 'taken-up'];
    case 'refunded-outside':
      return ['confirmed', 'taken-up'];
    case 'refund-in-doubt':
      return refundIsOpen ? ['wait', 'taken-up'] : ['noted'];
    case 'refunded-too-much':
      return ['taken-up', 'noted'];
    case 'unresolved-for-a-day':
      return isLive(payment.state) ? ['wait', 'came-back', 'taken-up'] : ['noted'];
  }
}

type Looked = { readonly choice: Outcome; readonly by: string; readonly wall: number };

/** The mark is gone; state, rank and money are what they were. */
export function settle(payment: Payment, { choice, by, wall }: Looked): Payment {
  return {
    ...payment,
    review: null,
    lateSeen: payment.lateSeen || payment.late,
    abandonedBy: choice === 'came-back' ? (payment.abandonedBy ?? by) : payment.abandonedBy,
    witnesses: { ...payment.witnesses, decidedAt: wall },
  };
}

const BY_MONEY: readonly Matter[] = ['late', 'paid-twice', 'orphan'];

/** What went back in full needs no further word: whoever gave it back has said why. */
export function isSettledByMoney(payment: Payment): boolean {
  const matter = matterOf(payment);
  const all = payment.refunded + payment.settled === payment.amount;
  return matter !== null && BY_MONEY.includes(matter) && all;
}
