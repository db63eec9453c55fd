'use client';
/**
 * The screen that the customer looks at. It shows what the server says of the one payment of its
 * counter, and it offers nothing to press but a language and the permission to sound.
 */
import { type ReactNode, useEffect, useRef } from 'react';
import { isFirstToSound, sound } from '@/components/live/chime';
import { useServerNow } from '@/components/live/clock';
import { useWakeLock } from '@/components/live/use-wake-lock';
import { Chip } from '@/components/ui/chip';
import { useReading } from '@/components/ui/language';
import { prepareQr } from '@/components/ui/qr';
import type { DisplayPicture } from '@/lib/contract-display';
import { type Moment, type MomentName, momentOf } from '@/lib/display';
import type { Language } from '@/lib/messages/language';
import { Face } from './face';
import { Unpaired } from './pairing';
import { SoundButton } from './sound-button';
import { type Display, useDisplay } from './use-display';
import { useFreshCode } from './use-fresh-code';
import { CustomersWords, type Dictionaries, LanguageButtons } from './words';

type Props = {
  /** Of the till beside this window; null where the screen is paired by a code. */
  readonly counter: string | null;
  readonly first: Language;
  readonly words: Dictionaries;
};

export function CustomersScreen({ counter, first, words }: Props) {
  const display = useDisplay(counter);
  useWakeLock(true);
  useEffect(prepareQr, []);
  return (
    <CustomersWords first={first} words={words}>
      <Shown display={display} counter={counter} />
    </CustomersWords>
  );
}

type ShownProps = Pick<Props, 'counter'> & { readonly display: Display };

function Shown({ display, counter }: ShownProps) {
  const now = useServerNow();
  const { paired, picture, followed, line } = display;
  const cut = line === 'cut';
  const moment: Moment =
    followed === null || now === 0
      ? { at: 'idle' }
      : momentOf(followed, { now, cut, keyed: picture?.keyed ?? null });
  useChime(picture === null ? undefined : moment, picture?.shop ?? '');
  useFreshCode(picture !== null && !cut && moment.at === 'idle');
  return (
    <Frame picture={picture} cut={cut} at={moment.at}>
      {paired === false && <Unpaired counter={counter} />}
      {picture !== null && <Face moment={moment} picture={picture} now={now} />}
    </Frame>
  );
}

/** Sounds for money that comes in while this screen looks on, once for each payment. */
function useChime(moment: Moment | undefined, shop: string): void {
  const paid = moment?.at === 'paid' ? moment.payment.id : null;
  const sounded = useRef<string | null | undefined>(undefined);
  const ready = moment !== undefined;
  useEffect(() => {
    if (!ready) return;
    // What was green already when the screen was opened is no news.
    const isNews = sounded.current !== undefined && paid !== null && sounded.current !== paid;
    if (paid !== null || sounded.current === undefined) sounded.current = paid;
    if (isNews && isFirstToSound(paid)) sound('paid', shop);
  }, [ready, paid, shop]);
}

type FrameProps = {
  readonly picture: DisplayPicture | null;
  readonly cut: boolean;
  readonly at: MomentName;
  readonly children: ReactNode;
};

function Frame({ picture, cut, at, children }: FrameProps) {
  const { say } = useReading();
  return (
    <div className="flex h-screen min-h-screen flex-col" data-testid="display">
      <header className="flex min-h-touch flex-wrap items-center justify-between gap-2 px-4 tablet:px-6">
        <p className="text-lead font-semibold text-ink-soft">
          {at === 'idle' ? null : picture?.shop}
        </p>
        <div className="flex flex-wrap items-center gap-2">
          {picture !== null && picture.environment !== 'prod' && (
            <Chip
              tone={picture.environment === 'test' ? 'stop' : 'unknown'}
              icon="unknown"
              word={say(`environment.${picture.environment}`)}
            />
          )}
          <span role="status" data-testid="display-line" data-cut={cut}>
            {cut && <Chip tone="unknown" icon="offline" word={say('display.cut')} />}
          </span>
        </div>
      </header>
      <main className={`flex min-h-0 grow flex-col overflow-y-auto ${at === 'paid' ? GREEN : ''}`}>
        {children}
      </main>
      <footer className="flex flex-wrap items-center justify-between gap-2 p-3 tablet:px-6">
        <LanguageButtons />
        <SoundButton />
        {picture !== null && (
          <p className="text-body text-ink-soft">
            {say('display.counter', { counter: picture.counter })}
          </p>
        )}
      </footer>
    </div>
  );
}

/** Green fills the screen, and only because the server said so. */
const GREEN = 'bg-paid-fill text-paid-ink on-fill animate-paid';
