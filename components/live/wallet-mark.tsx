import type { CounterWallet } from '@/lib/wallets';

/** Neutral marks of our own: a colour, and the wallet's name beside it. */
const MARK: Record<CounterWallet, string> = {
  alipay: 'bg-alipay',
  wechat: 'bg-wechat',
  unionpay: 'bg-unionpay',
  payme: 'bg-payme',
  fps: 'bg-fps',
  octopus: 'bg-octopus',
};

const isMarked = (wallet: string | null): wallet is CounterWallet =>
  wallet !== null && wallet in MARK;

type Props = { readonly wallet: string | null; readonly className: string };

/** Nothing for a wallet that has no colour of its own. */
export function WalletMark({ wallet, className }: Props) {
  if (!isMarked(wallet)) return null;
  return <span className={`${className} ${MARK[wallet]}`} aria-hidden="true" />;
}
