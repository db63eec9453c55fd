/**
 * A payment in words: which word, icon and meaning stand for a state, which name for a wallet.
 * One table for the till, the strip and the lists, so that no two screens say it differently.
 */

import type { Tone } from '@/components/ui/chip';
import type { IconName } from '@/components/ui/icon';
import type { Say } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import type { MessageKey } from '@/lib/messages/language';
import type { PaymentState } from '@/lib/payment';
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
  if (payment.state !== 'paid') return STATE[payment.state];
  if (payment.late) return { word: 'state.late', tone: 'unknown', icon: 'late' };
  if (!payment.confirmed) return { word: 'state.confirming', tone: 'paid', icon: 'wait' };
  return STATE.paid;
}

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
