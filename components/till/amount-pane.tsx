'use client';
import { useId } from 'react';
import { useShop } from '@/components/live/shop';
import { Icon } from '@/components/ui/icon';
import { KeyHint } from '@/components/ui/key-hint';
import { useReading } from '@/components/ui/language';
import { keepsFocusOut } from '@/components/ui/pressed';
import { LARGEST_KEYED, plainAmount } from '@/lib/money';
import { ADVISED_MINIMUM } from '@/lib/wallets';

type Props = {
  /** Minor units: the sum, where there is one. */
  readonly amount: number;
  /** The figures that were added so far, in minor units; the rest of `amount` is being keyed. */
  readonly parts: readonly number[];
  readonly onAdd: () => void;
  /** A word about something small that was done; empty for none. */
  readonly told: string;
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

export function AmountPane(props: Props) {
  const { amount, parts, onAdd, told, tooLarge, locked, note, onNote } = props;
  const { say } = useReading();
  const { setting } = useShop();
  const text = plainAmount({ minor: amount, currency: setting.currency });
  return (
    <section
      aria-label={say('amount.label')}
      data-tour="amount"
      className="flex flex-col gap-1 wide:grid wide:grid-cols-[auto_1fr]"
    >
      <div className="flex items-center justify-between gap-4 wide:contents">
        <span className="text-small font-semibold text-ink-soft">{setting.currency}</span>
        <div className="min-w-0 grow wide:order-last wide:col-span-2">
          <Note note={note} onNote={onNote} locked={locked} />
        </div>
      </div>
      <div className="flex items-center gap-2 wide:order-2 wide:col-span-2">
        <AddKey onAdd={onAdd} disabled={locked} />
        <output
          data-testid="amount"
          data-minor={amount}
          className={`flex h-key min-w-0 grow items-center justify-end overflow-hidden leading-none tablet:h-loud ${fit(text)} ${
            amount === 0 || locked ? 'font-normal text-ink-soft' : 'font-semibold text-ink'
          } ${tooLarge ? 'animate-refuse' : ''}`}
        >
          {text}
        </output>
      </div>
      <Hint amount={locked ? 0 : amount} parts={parts} told={told} tooLarge={tooLarge && !locked} />
    </section>
  );
}

/** Beside the figure, so that the twelve keys stay where every hand knows them. */
function AddKey({ onAdd, disabled }: Pick<Props, 'onAdd'> & { readonly disabled: boolean }) {
  const { say } = useReading();
  return (
    <button
      type="button"
      aria-label={say('amount.add')}
      disabled={disabled}
      data-key="+"
      onMouseDown={keepsFocusOut}
      onClick={onAdd}
      className={ADD}
    >
      +
    </button>
  );
}

const ADD =
  'min-h-touch min-w-touch shrink-0 border border-line bg-raised text-head font-medium ' +
  'transition-colors duration-press pressed:duration-0 pressed:bg-line disabled:bg-panel ' +
  'disabled:text-ink-faint';

/** So many fit the line; of a longer sum the last ones are shown. */
const PARTS_SHOWN = 3;

type HintProps = Pick<Props, 'amount' | 'parts' | 'told' | 'tooLarge'>;

function Hint({ amount, parts, told, tooLarge }: HintProps) {
  const { say } = useReading();
  const shop = useShop();
  if (parts.length > 0 && !tooLarge && told === '') return <Sum amount={amount} parts={parts} />;
  const small = amount > 0 && amount < ADVISED_MINIMUM;
  const text = tooLarge
    ? say('amount.too-large', { amount: shop.amount(LARGEST_KEYED) })
    : told !== ''
      ? told
      : small
        ? say('amount.small', { amount: shop.amount(ADVISED_MINIMUM) })
        : '';
  const tone = told === '' ? 'text-unknown' : 'text-ink-soft';
  return (
    <p
      role="status"
      data-testid="amount-hint"
      className={`min-h-6 text-right text-small wide:order-1 ${tooLarge ? 'text-stop' : tone}`}
    >
      {text}
    </p>
  );
}

/** "12.50 + 8.00": what the amount above is made of. */
function Sum({ amount, parts }: Pick<Props, 'amount' | 'parts'>) {
  const { currency } = useShop().setting;
  const written = (minor: number) => plainAmount({ minor, currency });
  const figure = amount - parts.reduce((sum, part) => sum + part, 0);
  const shown = parts.slice(-PARTS_SHOWN).map(written);
  const before = parts.length > PARTS_SHOWN ? '… + ' : '';
  return (
    <p
      data-testid="sum"
      className="min-h-6 overflow-hidden text-right text-small text-ink-soft wide:order-1"
    >
      {`${before}${shown.join(' + ')} + ${figure === 0 ? '' : written(figure)}`}
    </p>
  );
}

function Note({ note, onNote, locked }: Pick<Props, 'note' | 'onNote' | 'locked'>) {
  const { say } = useReading();
  const id = useId();
  return (
    <div className="flex items-center gap-2 rounded-small border border-line bg-panel pl-3">
      <label htmlFor={id} data-key="N" className="flex items-center gap-2 text-small text-ink-soft">
        <Icon name="note" className="size-4" />
        {say('amount.note')}
        <KeyHint keys="N" />
      </label>
      <input
        id={id}
        value={note}
        maxLength={200}
        autoComplete="off"
        disabled={locked}
        placeholder={say('amount.note-hint')}
        onChange={(event) => onNote(event.target.value)}
        // Written: the keys are the till's again.
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter' || key === 'Escape') currentTarget.blur();
        }}
        className="min-h-touch min-w-0 grow bg-transparent px-2 text-body placeholder:text-ink-soft disabled:text-ink-soft"
      />
    </div>
  );
}
