/**
 * Where the till stands with one tap, and what follows from a reply. It decides nothing about
 * money: it only keeps apart "the server has it", "the server refused it" and "nobody knows".
 */

import type { Reply } from '@/components/live/server';
import type { PaymentAnswer, PaymentView, Problem } from '@/lib/contract';
import type { Wallet } from '@/lib/wallets';
import type { Attempt } from './attempt';

/** What a scan showed: the wallet it looks like, and the code's last characters. */
export type ScanHint = { readonly wallet: Wallet | null; readonly masked: string };

export type Charge =
  | { readonly at: 'ready' }
  | { readonly at: 'sending'; readonly attempt: Attempt; readonly scan: ScanHint | null }
  /** No answer: the same key and body go again at `retryAt` (server's clock). */
  | {
      readonly at: 'unanswered';
      readonly attempt: Attempt;
      readonly tries: number;
      readonly retryAt: number;
    }
  /** The scanned code is gone, so nothing can be sent again: look for its payment instead. */
  | { readonly at: 'seeking'; readonly attempt: Attempt; readonly until: number }
  | { readonly at: 'not-recorded'; readonly attempt: Attempt }
  | { readonly at: 'refused'; readonly problem: Problem }
  | { readonly at: 'known'; readonly paymentId: string };

const PAUSES_MS = [1000, 2000, 3000, 5000];
const SEEK_MS = 12_000;

/** How long to wait before the try after `tries` silent ones. */
export const pauseAfter = (tries: number): number =>
  PAUSES_MS[Math.min(tries, PAUSES_MS.length) - 1] ?? 1000;

type Sent = {
  readonly attempt: Attempt;
  /** Earlier tries of the same key that nobody answered. */
  readonly silentTries: number;
  /** By the server's clock, ms UTC. */
  readonly now: number;
};

/** What follows from the reply to a charge. */
export function afterSend(reply: Reply<PaymentAnswer>, sent: Sent): Charge {
  if (reply.kind === 'answered') return { at: 'known', paymentId: reply.value.payment.id };
  if (reply.kind === 'refused' && nothingRecorded(reply.problem, sent.silentTries)) {
    return { at: 'refused', problem: reply.problem };
  }
  const { attempt, now } = sent;
  const definite = reply.kind === 'refused' && reply.problem.status < 500;
  if (attempt.payType === null || definite) return { at: 'seeking', attempt, until: now + SEEK_MS };
  const tries = sent.silentTries + 1;
  return { at: 'unanswered', attempt, tries, retryAt: now + pauseAfter(tries) };
}

/**
 * contract.md: 4xx only when nothing was recorded. After a silent try that is true of this try
 * alone: the silent one may have been recorded.
 */
const nothingRecorded = (problem: Problem, silentTries: number): boolean =>
  silentTries === 0 && (problem.status < 500 || !problem.moneyMayHaveMoved);

/** A tablet's and the server's clock may differ by this much. */
const CLOCK_SLACK_MS = 5000;

/** The payment that an attempt made, among those of its counter; null when none fits. */
export function paymentOf(attempt: Attempt, payments: readonly PaymentView[]): PaymentView | null {
  const fits = (payment: PaymentView): boolean =>
    payment.counter === attempt.counter &&
    payment.amount === attempt.amount &&
    (attempt.saleId === null || payment.saleId === attempt.saleId) &&
    (attempt.payType === null ? payment.mode === 'CPM' : payment.payType === attempt.payType) &&
    Date.parse(payment.createdAt) >= attempt.startedAt - CLOCK_SLACK_MS;
  return payments.find(fits) ?? null;
}
