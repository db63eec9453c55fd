/** What crosses the wire about the wallets' health; it advises, and no payment goes by it. */
import type { WalletHealth } from './wallet-health';

export type WalletHealthView = Omit<WalletHealth, 'lastPaidAt'> & {
  readonly lastPaidAt: string | null;
};
/** `GET /api/wallets`: how each wallet has done within the last hour, from our own payments. */
export type WalletsAnswer = {
  readonly at: string;
  readonly wallets: readonly WalletHealthView[];
};
