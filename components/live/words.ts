/**
 * A payment in words: which word, icon and meaning stand for a state, which name for a wallet.
 * One table for the till, the strip and the lists, so that no two screens say it differently.
 */

import type { Tone } from '@/components/ui/chip';
import type { IconName } from '@/components/ui/icon';
import type { Say } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import type { MessageKey } from '@/lib/messages/language';
import type { Currency } from '@/lib/money';
import { isLive, type PaymentState } from '@/lib/payment';
import type { RefundState } from '@/lib/refund';
import { walletOf } from '@/lib/wallets';

/** None of them has a hole to fill. */
export type StateWord = Extract<MessageKey, `state.${string}`>;

type Look = { readonly word: StateWord; readonly tone: Tone; readonly icon: IconName };

const STATE: Record<PaymentState, Look> = {
  created: { word: 'state.created', tone: 'waiting', icon: 'wait' },
  sending: { word: 'state.sending', tone: 'waiting', icon: 'wait' },
  awaiting: { word: 'state.awaiting', tone: 'waiting', icon: 'wait' },
  unknown: { word: 'state.unknown', tone: 'unknown', icon: 'unknown' },
  cancelling: { word: 'state.cancelling', tone: 'unknown', icon: 'unknown' },
  failed: { word: 'state.failed', tone: 'stop', icon: 'stop' },
  closed: { word: 'state.closed', tone: 'plain', icon: 'closed' },
  paid: { word: 'state.paid', tone: 'paid', icon: 'paid' },
};

/** What a list says of a payment: a manager's matter and late money go before the bare state. */
export function lookOf(payment: PaymentView): Look {
  if (payment.review !== null) return { word: 'state.review', tone: 'stop', icon: 'person' };
  if (payment.abandoned && isLive(payment.state)) {
    return { word: 'state.watched', tone: 'unknown', icon: 'unknown' };
  }
  if (payment.state !== 'paid') return STATE[payment.state];
  const refunded = refundedLook(payment);
  if (refunded !== null) return refunded;
  if (payment.late) return { word: 'state.late', tone: 'unknown', icon: 'late' };
  if (!payment.confirmed) return { word: 'state.confirming', tone: 'paid', icon: 'wait' };
  return STATE.paid;
}

/** Null while nothing has been given back. */
export function refundedLook({ amount, refundedAmount }: PaymentView): Look | null {
  if (refundedAmount === 0) return null;
  const word = refundedAmount < amount ? 'state.partly-refunded' : 'state.refunded';
  return { word, tone: 'plain', icon: 'undo' };
}

type RefundWord = Extract<MessageKey, `refund-state.${string}`>;
type RefundLook = Omit<Look, 'word'> & { readonly word: RefundWord };

const REFUND_STATE: Record<RefundState, RefundLook> = {
  requested: { word: 'refund-state.requested', tone: 'waiting', icon: 'wait' },
  sending: { word: 'refund-state.sending', tone: 'waiting', icon: 'wait' },
  processing: { word: 'refund-state.processing', tone: 'waiting', icon: 'wait' },
  unknown: { word: 'refund-state.unknown', tone: 'unknown', icon: 'unknown' },
  deferred: { word: 'refund-state.deferred', tone: 'waiting', icon: 'wait' },
  failed: { word: 'refund-state.failed', tone: 'stop', icon: 'stop' },
  done: { word: 'refund-state.done', tone: 'paid', icon: 'undo' },
};
export const refundLookOf = ({ state }: { readonly state: RefundState }): RefundLook =>
  REFUND_STATE[state];

/** What to do about a payment that a manager must look at. */
export const reviewAdvice = (
  { review, proposedRefund, currency }: PaymentView,
  say: Say,
  amount: (minor: number, currency: Currency) => string,
): string =>
  review === 'paid-twice' && proposedRefund !== null
    ? say('payment.paid-twice-do', { amount: amount(proposedRefund, currency) })
    : say('payment.review-do');

export const stateWord = (state: PaymentState): StateWord => STATE[state].word;

const WALLETS = [
  'alipay',
  'wechat',
  'unionpay',
  'payme',
  'fps',
  'octopus',
  'card',
  'apple-pay',
] as const;
type Named = (typeof WALLETS)[number];
const isNamed = (wallet: string | null): wallet is Named =>
  WALLETS.some((named) => named === wallet);

/** The wallet's name; a type that no table knows is shown by its number, never hidden. */
export function walletName(payment: Pick<PaymentView, 'wallet' | 'payType'>, say: Say): string {
  const wallet = payment.wallet ?? walletOf(payment.payType);
  if (isNamed(wallet)) return say(`wallet.${wallet}`);
  if (wallet !== null && wallet !== 'any') return wallet;
  return payment.payType === '800008'
    ? say('wallet.any')
    : say('wallet.other', { code: payment.payType });
}
