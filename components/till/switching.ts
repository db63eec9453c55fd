/**
 * A scan while a QR is up: one sale, two ways to pay it, and never both at once. The QR's payment
 * is asked to stop, and the code is charged only once that payment has been closed or proved
 * unpaid. Pure; the code itself is kept nowhere but in this page, for as long as it is good.
 */
import type { PaymentView } from '@/lib/contract';
import { isLive } from '@/lib/payment';
import type { ScanHint } from './charge';

/** Wallets show a new payment code every minute; an older one is refused, or soon will be. */
const CODE_GOOD_MS = 60_000;

export const goodUntil = (readAt: number): number => readAt + CODE_GOOD_MS;

export type Held = {
  readonly code: string;
  readonly scan: ScanHint;
  /** By the server's clock, ms UTC. */
  readonly readAt: number;
};

export type Switching =
  /** `paymentId` is null while the QR's tap has no payment yet. */
  | { readonly at: 'stopping'; readonly paymentId: string | null; readonly held: Held }
  /** The QR is closed; the code goes out as the same sale. */
  | { readonly at: 'charging' }
  /** The customer had paid by the QR: the code was thrown away. */
  | { readonly at: 'thrown-away'; readonly paymentId: string }
  | { readonly at: 'too-old'; readonly paymentId: string }
  /** The server would not stop the QR, and said why. */
  | { readonly at: 'refused'; readonly paymentId: string; readonly says: string };

type Picture = Pick<PaymentView, 'state' | 'mode' | 'abandoned'>;

/**
 * Whether a scan switches. A payment without a decisive answer has shown no QR, a scanned one is
 * the customer's only code, and one that a manager let go has its own way on.
 */
export const isArmed = ({ state, mode, abandoned }: Picture): boolean =>
  mode === 'MPM' && isLive(state) && state !== 'unknown' && !abandoned;

/** Whether the QR has yet to be asked to stop. */
export const mustStop = ({ state }: Pick<PaymentView, 'state'>): boolean =>
  isLive(state) && state !== 'cancelling';

/** What becomes of a held code, `now` by the server's clock. */
export function verdict(
  { state }: Pick<PaymentView, 'state'>,
  readAt: number,
  now: number,
): 'wait' | 'charge' | 'too-old' | 'thrown-away' {
  if (state === 'paid') return 'thrown-away';
  if (isLive(state)) return 'wait';
  return now < goodUntil(readAt) ? 'charge' : 'too-old';
}
