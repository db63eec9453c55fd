/**
 * The truth about the simulated gateway: its orders, refunds and every movement of money. It takes
 * commands and returns answers, holds no timer, reads no clock and asks nobody; whoever runs it
 * says what time it is, so that the same seed and the same commands give the same world.
 */
import type { Account } from '../accounts';
import { DEFAULT_SETTINGS, type Settings } from '../settings';
import type { Answer, Silence } from './answers';
import { type CancelVerb, cancel } from './cancel';
import { type ChargeRequest, type Checked, charge } from './charge';
import { nextNoticeAt } from './notices';
import { dueOf, fallDue } from './payer';
import { countQuestions, query } from './query';
import { makeWorld, underNumber } from './records';
import { finishRefund, refund, refundAskedOnce } from './refund';
import type { Order, World } from './state';

export type Model = {
  readonly world: World;
  /** Lets everything happen that is due by `now`, in the order of its time. */
  advance(now: number): void;
  /** When something happens by itself next, notifications included; null when nothing will. */
  nextDue(): number | null;
  charge(request: ChargeRequest, now: number): Answer | Silence;
  query(request: Checked, now: number): Answer;
  refund(request: Checked, now: number): Answer;
  cancel(request: Checked & { readonly verb: CancelVerb }, now: number): Answer;
  /** By our number or the shop's, over all accounts: for people at the controls. */
  find(number: string): Order | null;
  setAccounts(accounts: readonly Account[]): void;
  setSettings(settings: Settings): void;
  /** Forgets everything, switches included, but hands out no number or code a second time. */
  reset(): void;
};

type Due = { readonly at: number; readonly happen: () => void };

function dueBy(world: World, now: number): Due[] {
  const due: Due[] = [];
  for (const order of world.live) {
    const at = dueOf(order);
    if (at !== null && at <= now) due.push({ at, happen: () => fallDue(world, order, at) });
  }
  for (const one of world.working) {
    const at = one.dueAt;
    if (at !== null && at <= now) due.push({ at, happen: () => finishRefund(world, one, at) });
  }
  return due.sort((a, b) => a.at - b.at);
}

function earliest(world: World): number | null {
  let first = nextNoticeAt(world);
  const consider = (at: number | null) => {
    if (at !== null && (first === null || at < first)) first = at;
  };
  for (const order of world.live) consider(dueOf(order));
  for (const one of world.working) consider(one.dueAt);
  return first;
}

function findAnywhere(world: World, number: string): Order | null {
  const bySyssn = world.bySyssn.get(number);
  if (bySyssn?.kind === 'payment') return bySyssn;
  for (const account of world.accounts) {
    for (const entry of underNumber(world, account, number)) {
      if (entry.kind === 'payment') return entry;
    }
  }
  return null;
}

export function makeModel(given: {
  readonly accounts: readonly Account[];
  readonly settings?: Settings;
  readonly seed: number;
}): Model {
  const settings = given.settings ?? DEFAULT_SETTINGS;
  let world = makeWorld({ ...given, settings });
  const advance = (now: number): void => {
    for (let due = dueBy(world, now); due.length > 0; due = dueBy(world, now)) {
      for (const one of due) one.happen();
    }
  };
  return {
    get world() {
      return world;
    },
    advance,
    nextDue: () => earliest(world),
    charge: (request, now) => charge(world, request, now),
    query: (request, now) => {
      const { answer, entries } = query(world, request, now);
      countQuestions(world, entries, {
        now,
        refundAsked: (entry) => {
          if (entry.kind === 'refund') refundAskedOnce(world, entry, now);
        },
      });
      return answer;
    },
    refund: (request, now) => refund(world, request, now),
    cancel: (request, now) => cancel(world, request, now),
    find: (number) => findAnywhere(world, number),
    setAccounts: (accounts) => {
      world.accounts = accounts;
    },
    setSettings: (next) => {
      world.settings = next;
    },
    reset: () => {
      const { random, serial } = world;
      world = { ...makeWorld({ ...given, settings }), random, serial };
    },
  };
}
