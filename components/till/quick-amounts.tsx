'use client';
import { useQuery } from '@tanstack/react-query';
import { useCounter } from '@/components/live/counter';
import { learntQuery } from '@/components/live/queries';
import { useShop } from '@/components/live/shop';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { keepsFocusOut } from '@/components/ui/pressed';
import { useHold } from '@/components/ui/use-hold';
import { plainAmount } from '@/lib/money';
import { MOST_PINS, type QuickAmount, quickAmounts } from '@/lib/quick-amounts';
import { usePins } from './pins';

const LOOK =
  'relative min-h-touch min-w-touch shrink-0 border bg-raised px-3 font-semibold tabular-nums ' +
  'transition-colors duration-press pressed:duration-0 pressed:bg-line disabled:bg-panel ' +
  'disabled:text-ink-faint tablet:px-0';
/** What was learnt may be another one in an hour; it looks less settled than what somebody set. */
const FRAME: Record<QuickAmount['from'], string> = {
  shop: 'border-line',
  counter: 'border-line',
  learnt: 'border-dashed border-ink-faint',
};
/** Six stand beside each other; what is longer is set smaller, or takes the place of two. */
const size = (text: string): string => {
  if (text.length > 8) return 'text-body tablet:col-span-2';
  return text.length > 6 ? 'text-body tablet:text-small' : 'text-body';
};

type Props = {
  /** Minor units. */
  readonly onPut: (amount: number) => void;
  /** What came of holding one, in words. */
  readonly onTell: (text: string) => void;
  readonly disabled: boolean;
};

/**
 * Amounts above the keys: a tap puts one there, and charges nothing yet. Holding one keeps it on
 * this tablet, or lets it go again.
 */
export function QuickAmounts({ onPut, onTell, disabled }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const counter = useCounter();
  const { pins, toggle } = usePins(counter);
  const learnt = useQuery(learntQuery(counter)).data ?? [];
  const all = quickAmounts({ shop: shop.setting.quickAmounts, counter: pins, learnt });
  if (all.length === 0) return null;
  const hold = ({ minor, from }: QuickAmount) => {
    const amount = shop.amount(minor);
    if (from === 'shop') {
      onTell(say('amount.pinned-shop'));
      return;
    }
    const done = toggle(minor);
    if (done === 'full') onTell(say('amount.pinned-full', { count: MOST_PINS }));
    else onTell(say(`amount.${done}-now`, { amount }));
  };
  return (
    <section
      aria-label={say('amount.quick')}
      // A phone keeps its keys in reach: one row, which is pushed aside for more.
      // The margin leaves room for the ring of whichever has the focus.
      className="-m-1 flex gap-2 overflow-x-auto p-1 tablet:grid tablet:grid-cols-6 wide:max-h-quick wide:overflow-x-hidden"
    >
      {all.map((one) => (
        <Amount
          key={one.minor}
          one={one}
          disabled={disabled}
          onPut={() => onPut(one.minor)}
          onHold={() => hold(one)}
        />
      ))}
    </section>
  );
}

type AmountProps = {
  readonly one: QuickAmount;
  readonly disabled: boolean;
  readonly onPut: () => void;
  readonly onHold: () => void;
};

function Amount({ one, disabled, onPut, onHold }: AmountProps) {
  const { say } = useReading();
  const shop = useShop();
  const held = useHold({ onPress: onPut, onHold });
  const { minor, from } = one;
  // "20" is read faster than "20.00", and the pane above says it whole.
  const short = plainAmount({ minor, currency: shop.setting.currency }).replace(/\.00$/, '');
  return (
    <button
      type="button"
      aria-label={shop.amount(minor)}
      title={say(from === 'counter' ? 'amount.pinned' : 'amount.pin-how')}
      data-testid="quick-amount"
      data-from={from}
      disabled={disabled}
      onMouseDown={keepsFocusOut}
      {...held}
      className={`${LOOK} ${FRAME[from]} ${size(short)}`}
    >
      {short}
      {from === 'counter' && <Icon name="pin" className="absolute right-1 top-1 size-4" />}
    </button>
  );
}
