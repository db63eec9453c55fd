'use client';
import { useCounter } from '@/components/live/counter';
import { useShop } from '@/components/live/shop';
import { WalletMark } from '@/components/live/wallet-mark';
import { KeyHint } from '@/components/ui/key-hint';
import { useReading } from '@/components/ui/language';
import { keepsFocusOut } from '@/components/ui/pressed';
import { type CounterWallet, payType, tilePayType } from '@/lib/wallets';

const DOT = 'size-4 shrink-0 rounded-full tablet:size-6 tablet:rounded-small';
const TILE =
  'flex min-h-key flex-col justify-center gap-1 rounded-large border border-line bg-raised px-2 ' +
  'text-left text-body font-semibold transition-colors duration-press pressed:duration-0 pressed:bg-line ' +
  'aria-disabled:text-ink-soft tablet:flex-row tablet:items-center tablet:justify-start ' +
  'tablet:gap-3 tablet:px-4 tablet:text-lead wide:min-h-tile';

/** The key of a keyboard that presses a tile, the same in every language. */
const LETTER: Record<CounterWallet, string> = {
  alipay: 'A',
  wechat: 'W',
  unionpay: 'U',
  payme: 'P',
  fps: 'F',
  octopus: 'O',
};

type Props = {
  /** Minor units; 0 while nothing is keyed. */
  readonly amount: number;
  readonly onPick: (payType: string) => void;
};

/** The wallets of the counter's outlet, in its order. A tile is the commit: no second button. */
export function WalletTiles({ amount, onPick }: Props) {
  const { say } = useReading();
  const { setting } = useShop();
  const counter = useCounter();
  const { wallets, counterWallets, currency } = setting;
  // A counter may bear any name, also one that every object knows.
  const own = Object.hasOwn(counterWallets, counter) ? counterWallets[counter] : undefined;
  const offered = (own ?? wallets).filter((wallet) => {
    const only = payType(tilePayType(wallet))?.onlyCurrency ?? null;
    return only === null || only === currency;
  });
  return (
    <section aria-label={say('wallets.label')} className="grid auto-rows-fr grid-cols-3 gap-2">
      {offered.map((wallet, place) => (
        <button
          key={wallet}
          type="button"
          // Enter is the shop's first wallet.
          data-key={place === 0 ? `${LETTER[wallet]} Enter` : LETTER[wallet]}
          data-charges=""
          onMouseDown={keepsFocusOut}
          aria-disabled={amount === 0}
          onClick={() => onPick(tilePayType(wallet))}
          className={TILE}
        >
          <WalletMark wallet={wallet} className={DOT} />
          {say(`wallet.${wallet}`)}
          <KeyHint keys={place === 0 ? `${LETTER[wallet]} ↵` : LETTER[wallet]} />
        </button>
      ))}
    </section>
  );
}
