'use client';
import Link from 'next/link';
import { useSecure } from '@/components/live/secure';
import { Button, buttonLook } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { KeyHint } from '@/components/ui/key-hint';
import { useReading } from '@/components/ui/language';
import { later } from '@/components/ui/later';
import type { MessageKey } from '@/lib/messages/language';
import type { Scan } from '@/lib/payment-code';
import type { Wallet } from '@/lib/wallets';
import { closeStream } from './scan/stream';

/** The camera and its reader, wherever a code may be shown to it: most sales need none. */
export const Camera = later(() => import('./scan/scanner').then((it) => it.Scanner), NoScanner);

function NoScanner() {
  const { say } = useReading();
  return (
    <p role="alert" className="p-4 text-body text-stop">
      {say('scan.failed')}
    </p>
  );
}

export type ScanRefusal = Exclude<Scan['kind'], 'payment-code'>;

export type Refused = ScanRefusal | 'no-amount' | 'too-old';
type Words = Extract<
  MessageKey,
  'scan.product' | 'scan.merchant' | 'scan.unreadable' | 'scan.too-old' | 'wallets.need-amount'
>;
const REFUSED: Record<Refused, Words> = {
  product: 'scan.product',
  'merchant-qr': 'scan.merchant',
  empty: 'scan.unreadable',
  'too-long': 'scan.unreadable',
  unreadable: 'scan.unreadable',
  'no-amount': 'wallets.need-amount',
  'too-old': 'scan.too-old',
};

/** Why a scan came to nothing, and that nothing was sent. */
export function ScanRefused({ why }: { readonly why: Refused }) {
  const { say } = useReading();
  return (
    <p
      role="alert"
      data-testid="scan-refused"
      data-why={why}
      className="flex items-center gap-2 rounded-small bg-stop-wash p-3 text-body text-stop"
    >
      <Icon name="stop" />
      {say(REFUSED[why])}
    </p>
  );
}

/** Where room is short the camera takes the whole screen, as the payment moment does. */
const WHOLE = 'fixed inset-x-0 top-band bottom-0 z-10 bg-canvas p-4 wide:static wide:p-0';

type Props = {
  /** What a scan will charge, in words. */
  readonly amount: string;
  readonly open: boolean;
  readonly ready: boolean;
  readonly refusal: Refused | null;
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
      data-tour="scan"
      className={`flex min-h-0 grow flex-col gap-2 ${open ? WHOLE : ''}`}
    >
      {open && (
        <p
          className={`font-semibold wide:hidden ${amount.length <= 9 ? 'text-amount' : 'text-figure'}`}
        >
          {amount}
        </p>
      )}
      {refusal !== null && <ScanRefused why={refusal} />}
      {open ? (
        <div className="flex min-h-0 grow flex-col gap-2">
          <div className="min-h-0 grow">
            <Camera onCode={onCode} onRefused={onRefused} />
          </div>
          <Button
            data-key="Escape"
            onClick={() => {
              closeStream();
              onOpen(false);
            }}
          >
            {say('scan.close')}
            <KeyHint keys="Esc" />
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
      {useSecure() ? <OpenCamera ready={ready} onOpen={onOpen} /> : <NoCameraHere />}
      {!ready && (
        <Link href="/settings/scanner" prefetch={false} className={buttonLook('bare')}>
          {say('scan.try')}
        </Link>
      )}
    </div>
  );
}

function OpenCamera({ ready, onOpen }: Pick<Props, 'ready' | 'onOpen'>) {
  const { say } = useReading();
  return (
    <div className="w-full wide:max-w-form">
      <Button loudness={ready ? 'loud' : 'quiet'} wide data-key="S" onClick={() => onOpen(true)}>
        <Icon name="scan" />
        {say('scan.open')}
        <KeyHint keys="S" />
      </Button>
    </div>
  );
}

/** The browser hides the camera from an address without HTTPS; the hand scanner reads on. */
function NoCameraHere() {
  const { say } = useReading();
  return (
    <div data-testid="no-camera-here" className="flex flex-col items-center gap-2 text-center">
      <p className="max-w-prose text-body text-ink-soft">{say('scan.insecure')}</p>
      <a href="/trust" target="_blank" rel="noreferrer" className={buttonLook('quiet', true)}>
        {say('scan.insecure-how')}
      </a>
    </div>
  );
}
