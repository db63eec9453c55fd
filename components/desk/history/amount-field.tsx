'use client';
import { useId } from 'react';
import { useShop } from '@/components/live/shop';
import { useReading } from '@/components/ui/language';
import { amountTyped } from '@/lib/history-filter';
import { decimalAmount } from '@/lib/money';
import { useDraft } from './use-wishes';

type Props = {
  readonly label: string;
  /** Minor units as they stand in the address; empty for none. */
  readonly value: string;
  readonly onAmount: (minor: string) => void;
};

/** An amount as people write it; what cannot be read is said and not sent. */
export function AmountField({ label, value, onAmount }: Props) {
  const { say } = useReading();
  const { currency } = useShop().setting;
  const id = useId();
  const read = (text: string) => amountTyped(text, currency);
  const shown = /^\d{1,12}$/.test(value) ? decimalAmount({ minor: Number(value), currency }) : '';
  const draft = useDraft(shown, (text) => {
    const minor = read(text);
    if (text.trim() === '') onAmount('');
    else if (minor !== null) onAmount(String(minor));
  });
  const isWrong = draft.value.trim() !== '' && read(draft.value) === null;
  return (
    <div className="flex min-w-0 grow flex-col">
      <input
        aria-label={label}
        placeholder={label}
        inputMode="decimal"
        autoComplete="off"
        maxLength={14}
        {...draft}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? id : undefined}
        className={`min-h-touch w-full border bg-raised px-3 text-right text-body tabular-nums placeholder:text-ink-soft ${
          isWrong ? 'border-stop' : value === '' ? 'border-line' : 'border-accent'
        }`}
      />
      {isWrong && (
        <p id={id} role="alert" className="text-small text-stop">
          {say('filter.amount-wrong')}
        </p>
      )}
    </div>
  );
}
