'use client';
import { type ReactNode, useEffect } from 'react';
import { TimeLeft } from '@/components/live/time-left';
import { WalletMark } from '@/components/live/wallet-mark';
import { walletName } from '@/components/live/words';
import { useAnnounce } from '@/components/ui/announcer';
import { TONE_TEXT, type Tone } from '@/components/ui/chip';
import { Icon, type IconName } from '@/components/ui/icon';
import { type Say, useReading } from '@/components/ui/language';
import { Qr } from '@/components/ui/qr';
import type { DisplayPayment, DisplayPicture } from '@/lib/contract-display';
import type { Moment, MomentName } from '@/lib/display';
import type { PlainKey } from '@/lib/messages/language';
import { formatMoney } from '@/lib/money';
import { Idle, ToPay } from './idle';
import { Paid } from './paid';
import { AlsoSaid } from './words';

type Props = {
  readonly moment: Moment;
  readonly picture: DisplayPicture;
  /** Server ms. */
  readonly now: number;
};

/** One face for each moment; its name stands beside it for tests. */
export function Face({ moment, picture, now }: Props) {
  const id = 'payment' in moment ? moment.payment.id : '';
  return (
    <section
      data-testid="moment"
      data-at={moment.at}
      data-payment-id={id}
      className="flex grow flex-col"
    >
      {moment.at === 'idle' && <Idle picture={picture} />}
      {moment.at === 'amount' && <ToPay picture={picture} keyed={moment.keyed} />}
      {moment.at === 'cut' && (
        <Sentence look={LOOK.cut} sentence={(say) => say('display.ask-staff')} />
      )}
      {moment.at === 'paid' && <Paid payment={moment.payment} />}
      {moment.at === 'scan' && <Scan payment={moment.payment} qrCode={moment.qrCode} now={now} />}
      {isWord(moment) && <Word moment={moment} />}
    </section>
  );
}

type Look = { readonly icon: IconName; readonly tone: Tone };
type WordName = Exclude<MomentName, 'idle' | 'amount' | 'cut' | 'paid' | 'scan'>;
const LOOK: Readonly<Record<WordName | 'cut', Look>> = {
  cut: { icon: 'unknown', tone: 'unknown' },
  preparing: { icon: 'wait', tone: 'waiting' },
  confirm: { icon: 'phone', tone: 'waiting' },
  checking: { icon: 'unknown', tone: 'unknown' },
  expired: { icon: 'unknown', tone: 'unknown' },
  stopping: { icon: 'unknown', tone: 'unknown' },
  unpaid: { icon: 'stop', tone: 'stop' },
  stopped: { icon: 'closed', tone: 'plain' },
};

type WordMoment = Extract<Moment, { at: WordName }>;
const isWord = (moment: Moment): moment is WordMoment => moment.at in LOOK && moment.at !== 'cut';

/** A sentence and what it is about. */
function Word({ moment }: { readonly moment: WordMoment }) {
  const { say } = useReading();
  const { at, payment } = moment;
  const ended = at === 'unpaid' || at === 'stopped';
  return (
    <Sentence look={LOOK[at]} sentence={(words) => words(`display.${at}`)} payment={payment}>
      {ended && <p className="text-lead">{say('display.no-money')}</p>}
      {at === 'unpaid' && <p className="text-lead font-semibold">{say(nextWord(payment))}</p>}
    </Sentence>
  );
}

const nextWord = ({ next }: DisplayPayment): PlainKey =>
  `display.next-${next ?? 'try-again'}` satisfies PlainKey;

type SentenceProps = {
  readonly look: Look;
  readonly sentence: (say: Say) => string;
  readonly payment?: DisplayPayment;
  readonly children?: ReactNode;
};

function Sentence({ look, sentence, payment, children }: SentenceProps) {
  const { say } = useReading();
  useVoice(sentence(say));
  return (
    <div className={`flex grow flex-col items-center justify-center gap-6 p-6 text-center`}>
      {payment !== undefined && (
        <>
          <WalletLine payment={payment} />
          <Amount payment={payment} />
        </>
      )}
      <Icon name={look.icon} className={`size-16 ${TONE_TEXT[look.tone]}`} />
      <h1 className={`text-figure font-semibold text-balance ${TONE_TEXT[look.tone]}`}>
        {sentence(say)}
      </h1>
      {children}
      <div className="text-ink-soft">
        <AlsoSaid sentence={sentence} />
      </div>
    </div>
  );
}

/** Somebody who cannot see the screen hears what it turned to. */
export function useVoice(says: string): void {
  const announce = useAnnounce();
  useEffect(() => announce(says), [announce, says]);
}

export function WalletLine({ payment }: { readonly payment: DisplayPayment }) {
  const { say } = useReading();
  // Whose wallet a scanned code is may not be known yet.
  if (payment.wallet === null || payment.wallet === 'any') return null;
  return (
    <p className="flex items-center gap-3 text-head font-semibold">
      <WalletMark wallet={payment.wallet} className="size-8 rounded-small" />
      {walletName(payment, say)}
    </p>
  );
}

/** The largest that fits, also HK$9,999,999.99 beside a QR. */
export function Amount({
  payment,
}: {
  readonly payment: Pick<DisplayPayment, 'amount' | 'currency'>;
}) {
  const { language } = useReading();
  const { amount, currency } = payment;
  const text = formatMoney({ minor: amount, currency }, language);
  const size = text.length <= 9 ? 'text-amount tablet:text-loud' : 'text-figure tablet:text-amount';
  return (
    <p data-testid="display-amount" className={`font-semibold whitespace-nowrap ${size}`}>
      {text}
    </p>
  );
}

type ScanProps = {
  readonly payment: DisplayPayment;
  readonly qrCode: string;
  readonly now: number;
};

function Scan({ payment, qrCode, now }: ScanProps) {
  const { say, language } = useReading();
  const { amount, currency } = payment;
  const sentence = (words: Say) =>
    payment.wallet === null
      ? words('display.scan-any')
      : words('display.scan', { wallet: walletName(payment, words) });
  useVoice(sentence(say));
  const label = say('display.qr', {
    amount: formatMoney({ minor: amount, currency }, language),
    wallet: walletName(payment, say),
  });
  return (
    <div className="flex grow flex-col items-center justify-center gap-4 p-4 wide:flex-row wide:justify-between wide:gap-8 wide:px-12">
      <div className="flex flex-col items-center gap-4 text-center wide:min-w-0 wide:grow wide:items-start wide:gap-6 wide:text-left">
        <WalletLine payment={payment} />
        <Amount payment={payment} />
        <h1 className="text-head font-semibold text-waiting wide:text-figure">{sentence(say)}</h1>
        <div className="text-ink-soft">
          <AlsoSaid sentence={sentence} />
        </div>
        <TimeLeft
          payment={payment}
          now={now}
          size="text-lead"
          says={(time) => say('display.time-left', { time })}
        />
      </div>
      <div className="flex w-full justify-center wide:shrink-0 wide:basis-1/2 wide:justify-end">
        <Qr text={qrCode} label={label} large />
      </div>
    </div>
  );
}
