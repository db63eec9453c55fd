/**
 * What happened to a payment, entry by entry, as sentences. An entry that no rule knows still gets
 * a sentence: a story with a hole in it would be worse than a plain one.
 */

import type { IconName } from '@/components/ui/icon';
import type { Say } from '@/components/ui/language';
import type { TimelineView } from '@/lib/contract';
import type { MessageKey } from '@/lib/messages/language';
import type { ReviewReason } from '@/lib/payment';
import { stateWord } from '../words';

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
];
const REVIEWS: readonly ReviewReason[] = [
  'answer-differs',
  'paid-then-denied',
  'reversed-outside',
  'paid-twice',
  'unresolved-for-a-day',
];

export function sentenceOf(entry: TimelineView, say: Say): string {
  const { kind, detail, actor, state } = entry;
  switch (kind) {
    case 'state':
      return state === null
        ? say('timeline.person')
        : say('timeline.state', { state: say(stateWord(state)) });
    case 'call':
      return callSentence(detail.call, say);
    case 'answer':
      return answerSentence(detail, say);
    case 'notification':
      return say('timeline.notification');
    case 'person':
      if (detail.did === 'charge') return say('timeline.person-charge');
      if (detail.source !== 'stop') return say('timeline.person');
      return say(actor === 'server' ? 'timeline.deadline' : 'timeline.person-cancel');
    case 'review': {
      const why = REVIEWS.find((reason) => reason === detail.reason);
      return why === undefined
        ? say('timeline.review')
        : say('timeline.review-why', { why: say(`review.${why}`) });
    }
  }
}

type Detail = TimelineView['detail'];

function callSentence(call: Detail[string] | undefined, say: Say): string {
  if (call === 'charge' || call === 'close' || call === 'refund')
    return say(`timeline.call-${call}`);
  return say('timeline.call');
}

function answerSentence({ source, says }: Detail, say: Say): string {
  const known = ANSWERS.find((answer) => answer === `answer.${says}`) ?? 'answer.unclear';
  const answer = say(known);
  const of =
    source === 'charge' || source === 'close' || source === 'refund' ? source : ('query' as const);
  return say(`timeline.${of}`, { answer });
}

/** Small print: the code that QFPay answered with. Empty where there was none. */
export const codeOf = ({ detail }: TimelineView, say: Say): string =>
  typeof detail.respcd === 'string' ? say('timeline.code', { code: detail.respcd }) : '';

const ICON: Record<TimelineView['kind'], IconName> = {
  state: 'check',
  call: 'forward',
  answer: 'backward',
  notification: 'phone',
  person: 'person',
  review: 'unknown',
};
export const iconOf = ({ kind }: TimelineView): IconName => ICON[kind];
