import { walletName } from '@/components/live/words';
import type { Say } from '@/components/ui/language';

/** The name of a line of takings, which stands for a wallet or for a type that no table knows. */
export const walletWord = (line: string, say: Say): string =>
  walletName({ wallet: /^\d+$/.test(line) ? null : line, payType: line }, say);
