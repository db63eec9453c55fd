/** Keeping and finding records: numbers are handed out here and nowhere else. */
import type { Account } from '../accounts';
import { makeFaultBook } from '../faults';
import { hkDay, hkMonth, hkStamp } from '../hong-kong';
import type { Wallet } from '../pay-types';
import { DEFAULT_SETTINGS, type Settings } from '../settings';
import { makeRandom } from './random';
import type { Entry, Movement, Order, Refund, World } from './state';

export function makeWorld(given: {
  readonly accounts: readonly Account[];
  readonly settings?: Settings;
  readonly seed: number;
}): World {
  return {
    accounts: given.accounts,
    settings: given.settings ?? DEFAULT_SETTINGS,
    faults: makeFaultBook(),
    random: makeRandom(given.seed),
    serial: 0,
    orders: [],
    refunds: [],
    bySyssn: new Map(),
    byNumber: new Map(),
    byMonth: new Map(),
    live: new Set(),
    working: new Set(),
    ledger: [],
    takings: new Map(),
    codes: new Map(),
    notices: [],
    waiting: new Set(),
  };
}

export const accountOf = (world: World, appCode: string | null): Account | null =>
  world.accounts.find((account) => account.appCode === appCode) ?? null;

export type Issued = { readonly serial: number; readonly syssn: string };

/**
 * The next number of the gateway: 26 digits beginning YYYYMMDD (protocol.md §4.2). The time of day
 * is in it, so a simulator that was started again hands out no number twice.
 */
export function nextSyssn(world: World, now: number): Issued {
  world.serial += 1;
  const time = hkStamp(now).replace(/\D/g, '');
  const millis = String(now % 1000).padStart(3, '0');
  return { serial: world.serial, syssn: time + millis + String(world.serial).padStart(9, '0') };
}

/** The wallet's own number for a paid order. */
export function walletNumber(wallet: Wallet | null, syssn: string): string {
  const tail = syssn.slice(8);
  if (wallet === 'wechat') return `42${syssn}`;
  if (wallet === 'alipay') return `${syssn.slice(0, 8)}22${tail}`;
  return `SIM${tail}`;
}

const append = <K>(index: Map<K, Entry[]>, key: K, entry: Entry): void => {
  const found = index.get(key);
  if (found === undefined) index.set(key, [entry]);
  else found.push(entry);
};
const numberKey = (appCode: string, number: string): string => `${appCode} ${number}`;

export function keep(world: World, entry: Order | Refund): void {
  if (entry.kind === 'payment') world.orders.push(entry);
  else {
    world.refunds.push(entry);
    entry.original.refunds.push(entry);
  }
  world.bySyssn.set(entry.syssn, entry);
  append(world.byNumber, numberKey(entry.account.appCode, entry.number), entry);
  append(world.byMonth, hkMonth(entry.sysAt), entry);
}

/** Everything under a number of this account, whatever the outlet: numbers are used up for all. */
export const underNumber = (world: World, account: Account, number: string): readonly Entry[] =>
  world.byNumber.get(numberKey(account.appCode, number)) ?? [];

/** What an outlet may see: its own records of its own account (protocol.md §2.5, §11.16). */
export const belongsTo = (entry: Entry, account: Account, mchid: string | null): boolean =>
  entry.account.appCode === account.appCode && entry.mchid === mchid;

export function findOrder(
  world: World,
  asked: {
    readonly account: Account;
    readonly mchid: string | null;
    readonly syssn?: string | undefined;
    readonly number?: string | undefined;
  },
): Order | null {
  const { account, mchid, syssn, number } = asked;
  const found = syssn === undefined ? undefined : world.bySyssn.get(syssn);
  const candidates =
    syssn !== undefined
      ? found === undefined
        ? []
        : [found]
      : number !== undefined
        ? underNumber(world, account, number)
        : [];
  for (const entry of candidates) {
    if (entry.kind === 'payment' && belongsTo(entry, account, mchid)) return entry;
  }
  return null;
}

export type Outlet = {
  readonly account: { readonly appCode: string };
  readonly mchid: string | null;
};
export const takingsKey = (outlet: Outlet, at: number): string =>
  `${outlet.account.appCode} ${outlet.mchid ?? ''} ${hkDay(at)}`;

/** The only way that money moves: `amount` is positive towards the shop. */
export function move(
  world: World,
  entry: Order | Refund,
  given: { readonly kind: Movement['kind']; readonly amount: number; readonly at: number },
): void {
  world.ledger.push({
    ...given,
    appCode: entry.account.appCode,
    mchid: entry.mchid,
    number: entry.number,
    syssn: entry.syssn,
    currency: entry.currency,
  });
  const key = takingsKey(entry, given.at);
  world.takings.set(key, (world.takings.get(key) ?? 0) + given.amount);
}
