/**
 * How far a refund is, in the words of the counter: queued, sent, processing, done, refused; and
 * taken back, which is nobody's refusal. It says nothing that the server did not say.
 */
import type { Tone } from '@/components/ui/chip';
import type { IconName } from '@/components/ui/icon';
import type { RefundView } from '@/lib/contract';
import type { RefundState } from '@/lib/refund';

export type Step = 'queued' | 'sent' | 'processing' | 'done' | 'refused' | 'withdrawn';

const STEP: Record<RefundState, Step> = {
  requested: 'queued',
  deferred: 'queued',
  sending: 'sent',
  unknown: 'sent',
  processing: 'processing',
  done: 'done',
  failed: 'refused',
};

/** What provably has not left is queued, whatever was tried. */
export function stepOf({ state, failure, withdrawable }: Known): Step {
  if (failure?.code === 'withdrawn') return 'withdrawn';
  return withdrawable ? 'queued' : STEP[state];
}
type Known = Pick<RefundView, 'state' | 'failure' | 'withdrawable'>;

type Look = { readonly tone: Tone; readonly icon: IconName };
const LOOK: Record<Step, Look> = {
  queued: { tone: 'waiting', icon: 'wait' },
  sent: { tone: 'unknown', icon: 'unknown' },
  processing: { tone: 'waiting', icon: 'wait' },
  done: { tone: 'paid', icon: 'undo' },
  refused: { tone: 'stop', icon: 'stop' },
  withdrawn: { tone: 'plain', icon: 'closed' },
};
export const stepLook = (step: Step): Look => LOOK[step];

/** What has ended may never have been called under way: that is not claimed of it. */
const WAY: Partial<Record<Step, readonly Step[]>> = {
  done: ['queued', 'sent', 'done'],
  refused: ['queued', 'sent', 'refused'],
};

/** The way that is shown: what is behind, where it is, what may come. */
export function wayOf(step: Step): readonly { readonly step: Step; readonly reached: boolean }[] {
  if (step === 'withdrawn') return [reached('queued'), reached('withdrawn')];
  const way = WAY[step] ?? ['queued', 'sent', 'processing', 'done'];
  const at = way.indexOf(step);
  return way.map((each, place) => ({ step: each, reached: place <= at }));
}

const reached = (step: Step) => ({ step, reached: true });
