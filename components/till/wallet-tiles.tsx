'use client';
import { useCounter } from '@/components/live/counter';
import { useShop } from '@/components/live/shop';
import { useWalletHealth, warningOf } from '@/components/live/wallet-health';
import { WalletMark } from '@/components/live/wallet-mark';
import { Icon } from '@/components/ui/icon';
import { KeyHint } from '@/components/ui/key-hint';
import { useReading } from '@/components/ui/language';
import { keepsFocusOut } from '@/components/ui/pressed';
import type { WalletHealthView } from '@/lib/contract-health';
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
  const health = useWalletHealth();
  const counter = useCounter();
  const { wallets, counterWallets, currency } = setting;
  // A counter may bear any name, also one that every object knows.
  const own = Object.hasOwn(counterWallets, counter) ? counterWallets[counter] : undefined;
  const offered = (own ?? wallets).filter((wallet) => {
    const only = payType(tilePayType(wallet))?.onlyCurrency ?? null;
    return only === null || only === currency;
  });
  return (
    <section
      aria-label={say('wallets.label')}
      data-tour="wallets"
      className="grid auto-rows-fr grid-cols-3 gap-2"
    >
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
          <span className="flex flex-col">
            {say(`wallet.${wallet}`)}
            <Warning health={health.find((one) => one.wallet === wallet)} />
          </span>
          <KeyHint keys={place === 0 ? `${LETTER[wallet]} ↵` : LETTER[wallet]} />
        </button>
      ))}
    </section>
  );
}

/** One word on the tile of a wallet that is slow or fails; it can be pressed all the same. */
function Warning({ health }: { readonly health: WalletHealthView | undefined }) {
  const { say } = useReading();
  const warning = health === undefined ? null : warningOf(health);
  if (warning === null) return null;
  return (
    <span className="flex items-center gap-1 text-small text-unknown">
      <Icon name={warning === 'slow' ? 'wait' : 'unknown'} className="size-4" />
      {say(`health.${warning}`)}
    </span>
  );
}
