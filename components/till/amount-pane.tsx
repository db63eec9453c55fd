'use client';
import { useId } from 'react';
import { useShop } from '@/components/live/shop';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { LARGEST_KEYED, plainAmount } from '@/lib/money';
import { ADVISED_MINIMUM } from '@/lib/wallets';

type Props = {
  /** Minor units. */
  readonly amount: number;
  /** A key that would have gone past the largest amount was refused just now. */
  readonly tooLarge: boolean;
  /** A payment is running: the figure is that payment's and nobody may change it. */
  readonly locked: boolean;
  readonly note: string;
  readonly onNote: (note: string) => void;
};

/** The largest of the sizes in which the amount still fits its pane. */
const fit = (text: string): string => {
  if (text.length <= 6) return 'text-amount tablet:text-loud';
  return text.length <= 10 ? 'text-amount' : 'text-figure';
};

export function AmountPane({ amount, tooLarge, locked, note, onNote }: Props) {
  const { say } = useReading();
  const { setting } = useShop();
  const text = plainAmount({ minor: amount, currency: setting.currency });
  return (
    <section
      aria-label={say('amount.label')}
      className="flex flex-col gap-1 wide:grid wide:grid-cols-[auto_1fr]"
    >
      <div className="flex items-center justify-between gap-4 wide:contents">
        <span className="text-small font-semibold text-ink-soft">{setting.currency}</span>
        <div className="min-w-0 grow wide:order-last wide:col-span-2">
          <Note note={note} onNote={onNote} locked={locked} />
        </div>
      </div>
      <output
        data-testid="amount"
        data-minor={amount}
        className={`flex h-key items-center justify-end overflow-hidden leading-none tablet:h-loud wide:order-2 wide:col-span-2 ${fit(text)} ${
          amount === 0 || locked ? 'font-normal text-ink-soft' : 'font-semibold text-ink'
        } ${tooLarge ? 'animate-refuse' : ''}`}
      >
        {text}
      </output>
      <Hint amount={locked ? 0 : amount} tooLarge={tooLarge && !locked} />
    </section>
  );
}

function Hint({ amount, tooLarge }: Pick<Props, 'amount' | 'tooLarge'>) {
  const { say } = useReading();
  const shop = useShop();
  const small = amount > 0 && amount < ADVISED_MINIMUM;
  const text = tooLarge
    ? say('amount.too-large', { amount: shop.amount(LARGEST_KEYED) })
    : small
      ? say('amount.small', { amount: shop.amount(ADVISED_MINIMUM) })
      : '';
  return (
    <p
      role="status"
      data-testid="amount-hint"
      className={`min-h-6 text-right text-small wide:order-1 ${tooLarge ? 'text-stop' : 'text-unknown'}`}
    >
      {text}
    </p>
  );
}

function Note({ note, onNote, locked }: Pick<Props, 'note' | 'onNote' | 'locked'>) {
  const { say } = useReading();
  const id = useId();
  return (
    <div className="flex items-center gap-2 rounded-small border border-line bg-panel pl-3">
      <label htmlFor={id} className="flex items-center gap-2 text-small text-ink-soft">
        <Icon name="note" className="size-4" />
        {say('amount.note')}
      </label>
      <input
        id={id}
        value={note}
        maxLength={200}
        autoComplete="off"
        disabled={locked}
        placeholder={say('amount.note-hint')}
        onChange={(event) => onNote(event.target.value)}
        className="min-h-touch min-w-0 grow bg-transparent px-2 text-body placeholder:text-ink-soft disabled:text-ink-soft"
      />
    </div>
  );
}
