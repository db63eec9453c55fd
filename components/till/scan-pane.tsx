'use client';
import Link from 'next/link';
import { lazy, Suspense } from 'react';
import { Button, buttonLook } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import type { MessageKey } from '@/lib/messages/language';
import type { Scan } from '@/lib/payment-code';
import type { Wallet } from '@/lib/wallets';
import { closeStream } from './scan/stream';

/** Fetched when the camera is first opened: most sales need none. */
const Scanner = lazy(() =>
  import('./scan/scanner').then(
    (scan) => ({ default: scan.Scanner }),
    () => ({ default: NoScanner }),
  ),
);

function NoScanner() {
  const { say } = useReading();
  return (
    <p role="alert" className="p-4 text-body text-stop">
      {say('scan.failed')}
    </p>
  );
}

export type ScanRefusal = Exclude<Scan['kind'], 'payment-code'>;

type Words = Extract<
  MessageKey,
  'scan.product' | 'scan.merchant' | 'scan.unreadable' | 'wallets.need-amount'
>;
const REFUSED: Record<ScanRefusal | 'no-amount', Words> = {
  product: 'scan.product',
  'merchant-qr': 'scan.merchant',
  empty: 'scan.unreadable',
  'too-long': 'scan.unreadable',
  unreadable: 'scan.unreadable',
  'no-amount': 'wallets.need-amount',
};

/** Where room is short the camera takes the whole screen, as the payment moment does. */
const WHOLE = 'fixed inset-0 z-10 bg-canvas p-4 wide:static wide:p-0';

type Props = {
  /** What a scan will charge, in words. */
  readonly amount: string;
  readonly open: boolean;
  readonly ready: boolean;
  readonly refusal: ScanRefusal | 'no-amount' | null;
  readonly onOpen: (open: boolean) => void;
  readonly onCode: (code: string, hint: Wallet | null) => void;
  readonly onRefused: (why: ScanRefusal) => void;
};

/**
 * Charging by the customer's own code. The hand scanner is always ready; the camera looks only
 * after the button, so that a phone held up early is not charged with half an amount.
 */
export function ScanPane(props: Props) {
  const { amount, open, ready, refusal, onOpen, onCode, onRefused } = props;
  const { say } = useReading();
  return (
    <section
      aria-label={say('scan.label')}
      className={`flex min-h-0 grow flex-col gap-2 ${open ? WHOLE : ''}`}
    >
      {open && (
        <p
          className={`font-semibold wide:hidden ${amount.length <= 9 ? 'text-amount' : 'text-figure'}`}
        >
          {amount}
        </p>
      )}
      {refusal !== null && (
        <p
          role="alert"
          data-testid="scan-refused"
          data-why={refusal}
          className="flex items-center gap-2 rounded-small bg-stop-wash p-3 text-body text-stop"
        >
          <Icon name="stop" />
          {say(REFUSED[refusal])}
        </p>
      )}
      {open ? (
        <div className="flex min-h-0 grow flex-col gap-2">
          <div className="min-h-0 grow">
            <Suspense fallback={null}>
              <Scanner onCode={onCode} onRefused={onRefused} />
            </Suspense>
          </div>
          <Button
            onClick={() => {
              closeStream();
              onOpen(false);
            }}
          >
            {say('scan.close')}
          </Button>
        </div>
      ) : (
        <Closed ready={ready} onOpen={onOpen} />
      )}
    </section>
  );
}

function Closed({ ready, onOpen }: Pick<Props, 'ready' | 'onOpen'>) {
  const { say } = useReading();
  return (
    <div className="flex grow flex-col items-center justify-center gap-3 rounded-large wide:border wide:border-dashed wide:border-line wide:p-6">
      <p className="hidden max-w-prose items-center gap-2 text-center text-body text-ink-soft wide:flex">
        {say(ready ? 'scan.ready' : 'scan.need-amount')}
      </p>
      <div className="w-full wide:max-w-form">
        <Button loudness={ready ? 'loud' : 'quiet'} wide onClick={() => onOpen(true)}>
          <Icon name="scan" />
          {say('scan.open')}
        </Button>
      </div>
      {!ready && (
        <Link href="/settings/scanner" prefetch={false} className={buttonLook('bare')}>
          {say('scan.try')}
        </Link>
      )}
    </div>
  );
}
