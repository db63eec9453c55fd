'use client';
import { useServerNow } from '@/components/live/clock';
import { secondsTo } from '@/components/live/countdown';
import { useShop } from '@/components/live/shop';
import { walletName } from '@/components/live/words';
import { useReading } from '@/components/ui/language';
import type { Charge } from '../charge';
import { Face, FaceHead } from './face';

const WORDS_AFTER_MS = 1500;
const CHECKING_AFTER_MS = 5000;

type Props = {
  readonly charge: Extract<Charge, { at: 'sending' | 'unanswered' | 'seeking' }>;
};

/** The tap is on its way, or nobody answered it: what is known, and that it goes on by itself. */
export function Sending({ charge }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const now = useServerNow();
  const { attempt } = charge;
  const waited = now === 0 ? 0 : now - attempt.startedAt;
  const scan = charge.at === 'sending' ? charge.scan : null;
  const checking = charge.at !== 'sending' || waited > CHECKING_AFTER_MS;
  const wallet =
    attempt.payType === null
      ? say('wallet.any')
      : walletName({ wallet: null, payType: attempt.payType }, say);
  const says =
    attempt.payType === null ? say('payment.creating-code') : say('payment.creating', { wallet });
  return (
    <Face
      marks={{ state: charge.at, paymentId: null }}
      tone={checking ? 'unknown' : 'waiting'}
      label={say('payment.label')}
    >
      <FaceHead
        amount={shop.amount(attempt.amount)}
        icon={checking ? 'unknown' : 'wait'}
        says={checking ? say('payment.unsent') : says}
        tone={checking ? 'text-unknown' : 'text-waiting'}
      />
      {scan !== null && (
        <p className="mt-4 text-lead text-ink-soft" data-testid="code-read">
          {say('payment.code-read')} ·{' '}
          {scan.wallet === null ? '' : `${nameOf(scan.wallet, say)} · `}
          {scan.masked}
        </p>
      )}
      <p className="mt-4 max-w-prose text-lead" aria-live="polite">
        {checking
          ? say(attempt.payType === null ? 'payment.unsent-code' : 'payment.unsent-why')
          : waited > WORDS_AFTER_MS && say('payment.creating-slow')}
      </p>
      {charge.at === 'unanswered' && now > 0 && (
        <p className="mt-2 text-lead text-ink-soft">
          {say('payment.checking-next', { seconds: secondsTo(charge.retryAt, now) })}
        </p>
      )}
    </Face>
  );
}

type Say = Parameters<typeof walletName>[1];
const nameOf = (wallet: string, say: Say): string => walletName({ wallet, payType: '' }, say);
