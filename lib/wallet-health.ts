/**
 * How each wallet does just now, from what this shop itself has seen: payments of the last hour
 * beside those of the day before. It advises and nothing else; no payment is decided by it.
 */
import { type FailureCode, type PaymentState, RANK } from './payment';
import { medianOf, walletKey } from './takings';
import { COUNTER_WALLETS, type CounterWallet } from './wallets';

/** A payment that was begun within the last hour. Times are wall ms UTC. */
export type RecentTry = {
  readonly payType: string;
  readonly usedPayType: string | null;
  readonly state: PaymentState;
  readonly failure: FailureCode | null;
  readonly createdAt: number;
  readonly paidAt: number | null;
};
/** Of the day before that hour: how many took so many whole seconds from begun to paid. */
export type UsualWait = Pick<RecentTry, 'payType' | 'usedPayType'> & {
  readonly seconds: number;
  readonly count: number;
};
/** When one of this kind was last paid. */
export type LastGood = Pick<RecentTry, 'payType' | 'usedPayType'> & { readonly at: number };
export type Seen = {
  readonly recent: readonly RecentTry[];
  readonly usual: readonly UsualWait[];
  readonly last: readonly LastGood[];
};

/** `unseen`: nothing in the last hour says how it does. */
export type HealthName = 'well' | 'slow' | 'down' | 'unseen';
export type WalletHealth = {
  readonly wallet: CounterWallet;
  readonly health: HealthName;
  /** Within the last hour: how many have ended, how many of those were paid. */
  readonly ended: number;
  readonly paid: number;
  /** Of those that were paid: the median of whole seconds; null without one. */
  readonly medianSeconds: number | null;
  /** The same of the day before. */
  readonly usualSeconds: number | null;
  /** Wall ms UTC; null where none was paid since yesterday. */
  readonly lastPaidAt: number | null;
};

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** What is older says nothing about now. */
const NOW_MS = 15 * MINUTE_MS;
/** The gateway takes a while for everybody now and then; for so long it is no trouble yet. */
const DOUBT_MS = 20_000;
/** One bad answer is chance, two are a sign. */
const SIGN = 2;
/** Fewer say nothing about a median. */
const ENOUGH = 4;
/** As long as customers need who look for their phone: nobody calls a wallet slow for that. */
const LEAST_SLOW_SECONDS = 20;
const TIMES_SLOWER = 2;

/** What the wallet or the way to it has to answer for; a customer who leaves is not among it. */
const TROUBLE: readonly FailureCode[] = [
  'gateway-busy',
  'gateway-unreachable',
  'no-answer',
  'never-sent',
  'never-arrived',
];

export function healthOf({ recent, usual, last }: Seen, now: number): WalletHealth[] {
  return COUNTER_WALLETS.map((wallet) => {
    const mine = <T extends Pick<RecentTry, 'payType' | 'usedPayType'>>(all: readonly T[]) =>
      all.filter((one) => walletKey(one) === wallet);
    const tries = mine(recent);
    const waits = tries.flatMap(({ createdAt, paidAt }) =>
      paidAt === null ? [] : [{ seconds: Math.trunc(Math.max(0, paidAt - createdAt) / 1000) }],
    );
    const medianSeconds = medianOf(waits.map((wait) => ({ ...wait, count: 1 })));
    const usualSeconds = medianOf(mine(usual));
    const paidTimes = [...mine(last).map(({ at }) => at), ...tries.map(({ paidAt }) => paidAt)];
    const known = paidTimes.filter((at) => at !== null);
    return {
      wallet,
      health: nameOf(tries, { now, waits: waits.length, medianSeconds, usualSeconds }),
      ended: tries.filter(({ state }) => RANK[state] >= 3).length,
      paid: tries.filter(({ state }) => state === 'paid').length,
      ...{ medianSeconds, usualSeconds },
      lastPaidAt: known.length === 0 ? null : Math.max(...known),
    };
  });
}

type Judged = {
  readonly now: number;
  readonly waits: number;
  readonly medianSeconds: number | null;
  readonly usualSeconds: number | null;
};

function nameOf(tries: readonly RecentTry[], judged: Judged): HealthName {
  const { now, waits, medianSeconds, usualSeconds } = judged;
  const lately = tries.filter(({ createdAt }) => now - createdAt < NOW_MS);
  const troubled = lately.filter((one) => isTroubled(one, now));
  if (troubled.length >= SIGN) {
    const since = Math.max(...troubled.map(({ createdAt }) => createdAt));
    const goesAgain = lately.filter(({ paidAt }) => paidAt !== null && paidAt > since);
    // What went through after the trouble says that it is over.
    if (goesAgain.length < SIGN) {
      return lately.some(({ state }) => state === 'paid') ? 'slow' : 'down';
    }
  }
  if (tries.length === 0) return 'unseen';
  const limit = Math.max(LEAST_SLOW_SECONDS, (usualSeconds ?? LEAST_SLOW_SECONDS) * TIMES_SLOWER);
  return waits >= ENOUGH && medianSeconds !== null && medianSeconds >= limit ? 'slow' : 'well';
}

const isTroubled = ({ state, failure, createdAt }: RecentTry, now: number): boolean =>
  state === 'failed'
    ? failure !== null && TROUBLE.includes(failure)
    : (state === 'unknown' || state === 'sending') && now - createdAt > DOUBT_MS;
