'use client';
import { createContext, type ReactNode, useContext } from 'react';
import type { Tone } from '@/components/ui/chip';
import { Icon, type IconName } from '@/components/ui/icon';

/** What every face of the payment moment says of itself, for people and for tests. */
type Marks = { readonly state: string; readonly paymentId: string | null };

const PANE: Record<Tone | 'green', string> = {
  waiting: 'bg-raised border-line',
  unknown: 'bg-unknown-wash border-unknown',
  stop: 'bg-stop-wash border-stop',
  plain: 'bg-raised border-line',
  paid: 'bg-paid-wash border-paid',
  green: 'bg-paid-fill text-paid-ink border-paid-fill on-fill animate-paid',
};

type Props = {
  readonly marks: Marks;
  readonly tone: Tone | 'green';
  readonly label: string;
  readonly children: ReactNode;
  /** Fills a phone's screen; without it the face stands among the other panes. */
  readonly whole?: boolean;
};

/** What must be read before the face itself, on every whole face under it. */
export const FaceNotice = createContext<ReactNode>(null);

/** The pane of the moment: in the place of the tiles, or the whole screen where room is short. */
export function Face({ marks, tone, label, children, whole = true }: Props) {
  const notice = useContext(FaceNotice);
  return (
    <section
      aria-label={label}
      data-testid="payment-state"
      data-state={marks.state}
      data-payment-id={marks.paymentId ?? ''}
      className={`flex min-h-0 grow flex-col border-2 p-4 tablet:p-6 ${PANE[tone]} ${
        whole
          ? 'fixed inset-x-0 top-band bottom-0 z-10 overflow-y-auto wide:static wide:rounded-large'
          : 'rounded-large'
      }`}
    >
      {whole && notice}
      {children}
    </section>
  );
}

type HeadProps = {
  readonly amount: string;
  readonly icon: IconName;
  readonly says: string;
  readonly tone?: string;
  /** The pane has nothing beside this: say it larger. */
  readonly alone?: boolean;
};

/** Largest first: the amount, then what is happening in one sentence. */
export function FaceHead({ amount, icon, says, tone = '', alone = true }: HeadProps) {
  const larger = alone ? 'text-head' : 'text-lead';
  const short = amount.length <= 9;
  const loud = alone && amount.length <= 11 ? 'wide:text-loud' : '';
  return (
    <header className="flex flex-col gap-2">
      <p className={`font-semibold ${short ? 'text-amount' : 'text-figure'} ${loud}`}>{amount}</p>
      <h2 className={`flex items-center gap-2 font-semibold ${larger} ${tone}`}>
        <Icon name={icon} className={alone ? 'size-8' : 'size-6'} />
        <span>{says}</span>
      </h2>
    </header>
  );
}
