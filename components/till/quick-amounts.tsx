'use client';
import { useShop } from '@/components/live/shop';
import { useReading } from '@/components/ui/language';
import { plainAmount } from '@/lib/money';

const LOOK =
  'min-h-touch border border-line bg-raised px-1 text-body font-semibold tabular-nums ' +
  'transition-colors duration-press active:bg-line disabled:bg-panel disabled:text-ink-faint';
/** The fewest rows in which the longest of them is still whole. */
const columns = (texts: readonly string[]): string => {
  const longest = Math.max(...texts.map((text) => text.length));
  if (longest > 9) return 'grid-cols-3';
  return longest > 5 ? 'grid-cols-4' : 'grid-cols-4 tablet:grid-cols-6';
};

type Props = {
  /** Minor units. */
  readonly onPut: (amount: number) => void;
  readonly disabled: boolean;
};

/** The owner's amounts above the keys: a tap puts one there, and charges nothing yet. */
export function QuickAmounts({ onPut, disabled }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const { quickAmounts, currency } = shop.setting;
  if (quickAmounts.length === 0) return null;
  // "20" is read faster than "20.00", and the pane above says it whole.
  const short = (minor: number) => plainAmount({ minor, currency }).replace(/\.00$/, '');
  return (
    <section
      aria-label={say('amount.quick')}
      className={`grid gap-2 ${columns(quickAmounts.map(short))}`}
    >
      {quickAmounts.map((minor) => (
        <button
          key={minor}
          type="button"
          aria-label={shop.amount(minor)}
          disabled={disabled}
          onClick={() => onPut(minor)}
          className={LOOK}
        >
          {short(minor)}
        </button>
      ))}
    </section>
  );
}
