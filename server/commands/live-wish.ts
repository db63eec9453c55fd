/** What was typed after `npm run doctor --`, and whether it may be done here and now. */
import { parseArgs } from 'node:util';
import { formatMoney, money, parseAmount } from '@/lib/money';
import { isRefundHour } from '@/lib/refund-hour';
import { COUNTER_WALLETS, type CounterWallet, payType, tilePayType } from '@/lib/wallets';
import type { Environment } from '@/server/env';

export type LiveWish = {
  /** Minor units. */
  readonly amount: number;
  readonly wallet: CounterWallet;
  readonly payType: string;
  /** Null: the server's own first one. */
  readonly counter: string | null;
  /** How long the customer, and then the refund, is waited for. */
  readonly waitMs: number;
};

const USAGE =
  'A live test moves real money, so say how much: npm run doctor -- --live 2.00 ' +
  '(and, if you like, --wallet alipay, --counter NAME, --wait SECONDS).';
/** In minor units: of a typing mistake no more should have to come back. */
const MOST = 1_000;
const WAIT_S = 180;
const LONGEST_WAIT_S = 900;

type Typed = { live?: string; wallet?: string; counter?: string; wait?: string };

function typed(args: readonly string[]): Typed {
  const text = { type: 'string' } as const;
  const options = { live: text, wallet: text, counter: text, wait: text };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new TypeError(USAGE);
  }
}

/** Null where nobody asked for money to move. Throws a TypeError with the sentence. */
export function readWish(args: readonly string[], env: Environment | null): LiveWish | null {
  const { live, wallet = 'alipay', counter, wait = String(WAIT_S) } = typed(args);
  if (live === undefined) {
    if (args.length > 0) throw new TypeError(USAGE);
    return null;
  }
  if (env === null) throw new TypeError('Mend the settings first: npm run doctor names them.');
  const { currency } = env.shop;
  const amount = parseAmount(live, currency);
  if (amount === null || amount === 0) throw new TypeError(USAGE);
  if (amount > MOST) {
    const limit = formatMoney(money(MOST, currency), 'en');
    throw new TypeError(`A live test takes at most ${limit}, and 2.00 is enough for every wallet.`);
  }
  const known = COUNTER_WALLETS.find((name) => name === wallet);
  if (known === undefined) {
    throw new TypeError(`--wallet must be one of ${COUNTER_WALLETS.join(', ')}.`);
  }
  const seconds = /^\d{1,3}$/.test(wait) ? Number(wait) : 0;
  if (seconds < 1 || seconds > LONGEST_WAIT_S) {
    throw new TypeError(`--wait must be 1 to ${LONGEST_WAIT_S} seconds.`);
  }
  const waitMs = seconds * 1_000;
  return { amount, wallet: known, payType: tilePayType(known), counter: counter ?? null, waitMs };
}

/** Why what is paid now would not come back; null when it would. `now`: wall ms. */
export function whyNotNow(wish: LiveWish, env: Environment, now: number): string | null {
  if (env.environment === 'sandbox') {
    return 'wallets cannot be tried in the sandbox, and nothing comes back there: use test or prod';
  }
  const { allowed } = payType(wish.payType)?.refund ?? { allowed: 'no' };
  const comesBack = allowed === 'yes' || (wish.wallet === 'fps' && env.fpsRefunds);
  if (!comesBack) {
    const why =
      allowed === 'unknown' ? 'no source says that QFPay refunds' : 'QFPay does not refund';
    return `${why} ${wish.wallet}: take --wallet alipay, wechat or payme`;
  }
  if (isRefundHour(now)) {
    return 'QFPay gives nothing back between 23:30 and 00:31 in Hong Kong: try later';
  }
  return null;
}
