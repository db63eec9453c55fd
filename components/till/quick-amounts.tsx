'use client';
import { useShop } from '@/components/live/shop';
import { useReading } from '@/components/ui/language';
import { plainAmount } from '@/lib/money';

const LOOK =
  'min-h-touch min-w-touch shrink-0 border border-line bg-raised px-3 font-semibold ' +
  'tabular-nums transition-colors duration-press active:bg-line disabled:bg-panel ' +
  'disabled:text-ink-faint tablet:px-0';
/** Six stand beside each other; what is longer is set smaller, or takes the place of two. */
const size = (text: string): string => {
  if (text.length > 8) return 'text-body tablet:col-span-2';
  return text.length > 6 ? 'text-body tablet:text-small' : 'text-body';
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
      // A phone keeps its keys in reach: one row, which is pushed aside for more.
      // The margin leaves room for the ring of whichever has the focus.
      className="-m-1 flex gap-2 overflow-x-auto p-1 tablet:grid tablet:grid-cols-6 wide:max-h-quick wide:overflow-x-hidden"
    >
      {quickAmounts.map((minor) => (
        <button
          key={minor}
          type="button"
          aria-label={shop.amount(minor)}
          disabled={disabled}
          onClick={() => onPut(minor)}
          className={`${LOOK} ${size(short(minor))}`}
        >
          {short(minor)}
        </button>
      ))}
    </section>
  );
}
