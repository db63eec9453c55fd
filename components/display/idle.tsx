'use client';
import { WalletMark } from '@/components/live/wallet-mark';
import { useReading } from '@/components/ui/language';
import type { DisplayPicture, Keyed } from '@/lib/contract-display';
import { Amount, useVoice } from './face';
import { AlsoSaid } from './words';

/** Nobody pays just now: whose shop it is, and how one pays here. */
export function Idle({ picture }: { readonly picture: DisplayPicture }) {
  const { say } = useReading();
  const { shop, outlet, wallets } = picture;
  useVoice(say('display.welcome'));
  return (
    <div className="flex grow flex-col items-center justify-center gap-8 p-6 text-center">
      <div className="flex flex-col gap-2">
        <p className={`font-semibold text-balance ${shop.length <= 14 ? LARGE : LONG}`}>{shop}</p>
        {outlet !== null && <p className="text-head text-ink-soft">{outlet}</p>}
      </div>
      <div className="flex flex-col gap-2">
        <h1 className="text-figure font-semibold text-accent">{say('display.welcome')}</h1>
        <div className="text-ink-soft">
          <AlsoSaid sentence={(words) => words('display.welcome')} />
        </div>
      </div>
      <HowToPay wallets={wallets} />
    </div>
  );
}

type PayProps = { readonly picture: DisplayPicture; readonly keyed: Keyed };

/** What the cashier has keyed so far: who reads along finds a mistake before it is paid. */
export function ToPay({ picture, keyed }: PayProps) {
  const { say } = useReading();
  useVoice(say('display.amount'));
  return (
    <div className="flex grow flex-col items-center justify-center gap-8 p-6 text-center">
      <div className="flex flex-col gap-2">
        <h1 className="text-figure font-semibold">{say('display.amount')}</h1>
        <div className="text-ink-soft">
          <AlsoSaid sentence={(words) => words('display.amount')} />
        </div>
      </div>
      <Amount payment={keyed} />
      <HowToPay wallets={picture.wallets} />
    </div>
  );
}

function HowToPay({ wallets }: Pick<DisplayPicture, 'wallets'>) {
  const { say } = useReading();
  return (
    <>
      <p className="max-w-prose text-lead">{say('display.how')}</p>
      <ul aria-label={say('display.wallets')} className="flex flex-wrap justify-center gap-4">
        {wallets.map((wallet) => (
          <li key={wallet} className="flex items-center gap-2 text-lead font-semibold">
            <WalletMark wallet={wallet} className="size-6 rounded-small" />
            {say(`wallet.${wallet}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

const LARGE = 'text-amount tablet:text-loud';
const LONG = 'text-figure tablet:text-amount';
