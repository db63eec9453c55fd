/**
 * What happened to a payment, entry by entry, as sentences. An entry that no rule knows still gets
 * a sentence: a story with a hole in it would be worse than a plain one.
 */

import { refundLookOf, stateWord } from '@/components/live/words';
import type { IconName } from '@/components/ui/icon';
import type { Say } from '@/components/ui/language';
import type { TimelineView } from '@/lib/contract';
import { CHOICES } from '@/lib/matters';
import type { MessageKey } from '@/lib/messages/language';
import type { ReviewReason } from '@/lib/payment';
import { PRINT_WAYS } from '@/lib/receipt-paper';
import { REFUND_STATES } from '@/lib/refund';
import { SETTLED_BY } from '@/lib/settlement';

type Answer = Extract<MessageKey, `answer.${string}`>;
const ANSWERS: readonly Answer[] = [
  'answer.paid',
  'answer.created',
  'answer.pending',
  'answer.refused',
  'answer.closed',
  'answer.none',
  'answer.unclear',
  'answer.not-sent',
  'answer.done',
  'answer.processing',
  'answer.deferred',
];
const REVIEWS: readonly ReviewReason[] = [
  'answer-differs',
  'paid-then-denied',
  'reversed-outside',
  'paid-twice',
  'unresolved-for-a-day',
  'orphan',
  'refunded-outside',
  'refund-in-doubt',
  'refunded-too-much',
];

const SETTLED = [...SETTLED_BY, 'outside'] as const;
const OUTCOMES = [...CHOICES, 'refund', 'settlement'] as const;

/** How a sentence is said, and how money is written in it. */
export type Telling = { readonly say: Say; readonly amount: (minor: number) => string };

export function sentenceOf(entry: TimelineView, telling: Telling): string {
  const { kind, detail, state } = entry;
  const { say } = telling;
  switch (kind) {
    case 'state':
      if (typeof detail.refund === 'string') return refundSentence(detail, telling);
      return state === null
        ? say('timeline.person')
        : say('timeline.state', { state: say(stateWord(state)) });
    case 'call':
      return callSentence(detail.call, say);
    case 'answer':
      return answerSentence(detail, say);
    case 'notification':
      return say(
        detail.source === 'refund-notice' ? 'timeline.refund-notice' : 'timeline.notification',
      );
    case 'person':
      return personSentence(entry, telling);
    case 'review': {
      const why = REVIEWS.find((reason) => reason === detail.reason);
      return why === undefined
        ? say('timeline.review')
        : say('timeline.review-why', { why: say(`review.${why}`) });
    }
  }
}

function personSentence({ detail, actor }: TimelineView, { say, amount }: Telling): string {
  if (detail.did === 'charge') return say('timeline.person-charge');
  if (detail.did === 'note' && typeof detail.says === 'string') {
    return say('timeline.note', { says: detail.says });
  }
  if (detail.did === 'receipt') return receiptSentence(detail, say);
  if (detail.did === 'override') return say('timeline.person-override');
  if (detail.did === 'refund' && typeof detail.amount === 'number') {
    return say('timeline.person-refund', { amount: amount(detail.amount) });
  }
  if (detail.did === 'withdraw' && typeof detail.amount === 'number') {
    return say('timeline.person-withdraw', { amount: amount(detail.amount) });
  }
  if (detail.did === 'settlement' && typeof detail.amount === 'number') {
    const how = SETTLED.find((each) => each === detail.how) ?? 'cash';
    const by = say(`settle.by.${how}`);
    return say('timeline.person-settlement', { amount: amount(detail.amount), how: by });
  }
  if (detail.did === 'decide') {
    const choice = OUTCOMES.find((each) => each === detail.choice) ?? 'noted';
    return say('timeline.person-decide', { choice: say(`choice.${choice}`) });
  }
  if (detail.did === 'difference') return say('compare.timeline', { day: String(detail.day) });
  if (detail.source !== 'stop') return say('timeline.person');
  return say(actor === 'server' ? 'timeline.deadline' : 'timeline.person-cancel');
}

function receiptSentence({ number, way, paper }: Detail, say: Say): string {
  const by = PRINT_WAYS.find((each) => each === way) ?? 'browser';
  const how = `${say(`receipt.way.${by}`)}, ${say('receipt.mm', { width: Number(paper) })}`;
  return Number(number) > 1
    ? say('timeline.receipt-copy', { number: Number(number), way: how })
    : say('timeline.receipt', { way: how });
}

function refundSentence(detail: Detail, { say, amount }: Telling): string {
  const to = REFUND_STATES.find((state) => state === detail.to);
  if (to === undefined || typeof detail.amount !== 'number') return say('timeline.call-refund');
  const state = say(refundLookOf({ state: to }).word);
  return say('timeline.refund-state', { amount: amount(detail.amount), state });
}

type Detail = TimelineView['detail'];

function callSentence(call: Detail[string] | undefined, say: Say): string {
  if (call === 'charge' || call === 'close' || call === 'refund')
    return say(`timeline.call-${call}`);
  return say('timeline.call');
}

const SOURCES = ['charge', 'close', 'refund', 'refund-query'] as const;

function answerSentence({ source, says }: Detail, say: Say): string {
  const known = ANSWERS.find((answer) => answer === `answer.${says}`) ?? 'answer.unclear';
  const answer = say(known);
  const of = SOURCES.find((one) => one === source) ?? 'query';
  return say(`timeline.${of}`, { answer });
}

/** Small print: the code that QFPay answered with. Empty where there was none. */
export const codeOf = ({ detail }: TimelineView, say: Say): string =>
  typeof detail.respcd === 'string' ? say('timeline.code', { code: detail.respcd }) : '';

/** Small print: how long QFPay took, or that nobody saw its answer. Empty for all but calls. */
export function tookOf({ kind, detail }: TimelineView, say: Say): string {
  if (kind !== 'call' || !('ms' in detail)) return '';
  const { ms } = detail;
  return typeof ms === 'number'
    ? say('timeline.took', { time: secondsOf(ms) })
    : say('timeline.unanswered');
}

/** "0.412 s"; no float is made of it. */
const secondsOf = (ms: number): string =>
  `${Math.trunc(ms / 1_000)}.${String(ms % 1_000).padStart(3, '0')} s`;

const ICON: Record<TimelineView['kind'], IconName> = {
  state: 'check',
  call: 'forward',
  answer: 'backward',
  notification: 'phone',
  person: 'person',
  review: 'unknown',
};
export const iconOf = ({ kind }: TimelineView): IconName => ICON[kind];
