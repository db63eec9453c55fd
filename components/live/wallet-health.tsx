'use client';
/**
 * How the wallets do just now, from the shop's own payments: one word where one is slow or fails,
 * and the numbers behind a press. It advises; what is charged, the cashier decides.
 */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { buttonLook } from '@/components/ui/button';
import { Chip, type Tone } from '@/components/ui/chip';
import type { IconName } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import type { WalletHealthView, WalletsAnswer } from '@/lib/contract-health';
import type { HealthName } from '@/lib/wallet-health';
import { Dialog } from './dialog';
import { useLocked } from './screen-lock';
import { call, orThrow } from './server';
import { useShop } from './shop';
import type { Link } from './use-events';
import { WalletMark } from './wallet-mark';

const ASK_EVERY_MS = 20_000;

/** Of the wallets that this shop offers, in its order; none before the first answer. */
export function useWalletHealth(): readonly WalletHealthView[] {
  const { wallets } = useShop().setting;
  const locked = useLocked();
  const { data } = useQuery({
    queryKey: ['wallets'],
    queryFn: async () => orThrow(await call<WalletsAnswer>('/api/wallets')),
    enabled: !locked,
    refetchInterval: ASK_EVERY_MS,
  });
  return wallets.flatMap(
    (wallet) => data?.wallets.find((health) => health.wallet === wallet) ?? [],
  );
}

type Look = { readonly tone: Tone; readonly icon: IconName };
const LOOK: Readonly<Record<HealthName, Look>> = {
  well: { tone: 'plain', icon: 'check' },
  slow: { tone: 'unknown', icon: 'wait' },
  down: { tone: 'unknown', icon: 'unknown' },
  unseen: { tone: 'plain', icon: 'closed' },
};

/** What stands on a tile and in the strip; null while nothing is wrong. */
export const warningOf = ({ health }: WalletHealthView): 'slow' | 'down' | null =>
  health === 'slow' || health === 'down' ? health : null;

/** Says which wallet is slow or fails now and what to do, and nothing while none is. */
export function WalletStrip() {
  const { say } = useReading();
  const [open, setOpen] = useState(false);
  const warned = useWalletHealth().flatMap((one) => {
    const warning = warningOf(one);
    return warning === null ? [] : [{ wallet: one.wallet, warning }];
  });
  return (
    <>
      <div role="status" data-testid="wallet-strip" className="empty:hidden">
        {warned.length > 0 && (
          <button
            type="button"
            title={say('health.title')}
            onClick={() => setOpen(true)}
            className="flex min-h-touch w-full flex-wrap items-center gap-2 px-2 text-left"
          >
            {warned.map(({ wallet, warning }) => (
              <Chip
                key={wallet}
                {...LOOK[warning]}
                word={say(`health.is-${warning}`, { wallet: say(`wallet.${wallet}`) })}
              />
            ))}
            <span className="text-small text-ink-soft">{say('next.other-wallet')}</span>
          </button>
        )}
      </div>
      {open && <HealthDialog onClose={() => setOpen(false)} />}
    </>
  );
}

type DialogProps = { readonly link?: Link; readonly onClose: () => void };

/** The network in words, and each wallet with its numbers of the last hour. */
export function HealthDialog({ link, onClose }: DialogProps) {
  const { say } = useReading();
  const wallets = useWalletHealth();
  return (
    <Dialog open label={say('health.title')} onClose={onClose} testId="health">
      {link !== undefined && (
        <p className="text-body">{say(link === 'live' ? 'health.online' : `health.${link}`)}</p>
      )}
      <p className="text-small text-ink-soft">{say('health.from')}</p>
      <ul className="flex flex-col gap-3">
        {wallets.map((one) => (
          <Wallet key={one.wallet} {...one} />
        ))}
      </ul>
      <button type="button" className={buttonLook('quiet')} onClick={onClose}>
        {say('payment.close')}
      </button>
    </Dialog>
  );
}

function Wallet(one: WalletHealthView) {
  const { say } = useReading();
  const shop = useShop();
  const { wallet, health, paid, ended, medianSeconds, usualSeconds, lastPaidAt } = one;
  const facts = [
    ...(ended === 0 ? [] : [say('health.paid', { paid, ended })]),
    ...(medianSeconds === null
      ? []
      : [say('health.median', { seconds: Math.max(1, medianSeconds) })]),
    ...(usualSeconds === null ? [] : [say('health.usual', { seconds: Math.max(1, usualSeconds) })]),
    lastPaidAt === null
      ? say('health.never')
      : say('health.last', { time: shop.minute(lastPaidAt) }),
  ];
  return (
    <li data-testid="wallet-health" data-wallet={wallet} data-health={health}>
      <p className="flex flex-wrap items-center gap-2 text-body font-semibold">
        <WalletMark wallet={wallet} className="size-4 rounded-full" />
        {say(`wallet.${wallet}`)}
        <Chip bare {...LOOK[health]} word={say(`health.${health}`)} />
      </p>
      <p className="text-small text-ink-soft">{facts.join(' · ')}</p>
    </li>
  );
}
