/**
 * What kind of world a seed is: which faults it has and how strong, who works in it and when it
 * begins. Every seed gets a random subset, so that no fault hides another for ever.
 */
import type { CancelMode, Settings } from '@/server/simulator/settings';
import type { Stream } from './random';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Probabilities for each call, unless said otherwise. */
export type NetworkFaults = {
  readonly requestLost: number;
  readonly answerLost: number;
  readonly errorBefore: number;
  readonly errorAfter: number;
  readonly truncated: number;
  readonly wrongSignature: number;
  readonly swapped: number;
  readonly smallerAmount: number;
  readonly otherCurrency: number;
  /** The code of an answer is another one than the truth. */
  readonly rewritten: number;
  readonly slow: number;
  /** A request reaches the gateway so late that the shop has given it up. */
  readonly executedLater: number;
  /** One request arrives twice. */
  readonly duplicated: number;
  readonly unreachable: number;
  /** Rows stand under a number that nobody gave out. */
  readonly otherNumber: number;
};
type NoticeFaults = {
  readonly dropped: number;
  readonly duplicated: number;
  readonly delayed: number;
  readonly early: number;
  /** Forged, replayed or tampered ones in each minute. */
  readonly attacks: number;
};
/** From and to in ms after the start. */
export type Spell = { readonly from: number; readonly to: number };

export type Swarm = {
  readonly strict: boolean;
  readonly startAt: number;
  readonly servers: 1 | 2;
  /** The `mchid`, where one was assigned. */
  readonly outlet: string | null;
  readonly tablets: number;
  readonly network: NetworkFaults;
  readonly notices: NoticeFaults;
  /** One way, ms. */
  readonly latency: readonly [number, number];
  readonly limited: readonly Spell[];
  readonly down: readonly Spell[];
  readonly keyRotated: readonly Spell[];
  readonly settings: Partial<Settings>;
  readonly pageCap: number | null;
  readonly hidesUnpaid: boolean;
  /** Payers may manage to pay what is closed or expired. */
  readonly lenient: boolean;
  readonly crash: number;
  readonly restarts: number;
  readonly powerLoss: boolean;
  readonly restore: boolean;
  readonly pauses: number;
  readonly skewMs: number;
  readonly clockJumps: number;
  /** Many sales at once, to fill pages and the allowance of calls. */
  readonly rush: boolean;
  /**
   * One sale and no notification ever, so that nothing but the shop's own looking can find money
   * that comes late; and much of it does.
   */
  readonly quiet: boolean;
  readonly salesOfTablet: number;
};

const NO_NETWORK_FAULTS: NetworkFaults = {
  requestLost: 0,
  answerLost: 0,
  errorBefore: 0,
  errorAfter: 0,
  truncated: 0,
  wrongSignature: 0,
  swapped: 0,
  smallerAmount: 0,
  otherCurrency: 0,
  rewritten: 0,
  slow: 0,
  executedLater: 0,
  duplicated: 0,
  unreachable: 0,
  otherNumber: 0,
};
const NO_NOTICE_FAULTS: NoticeFaults = {
  dropped: 0,
  duplicated: 0,
  delayed: 0,
  early: 0,
  attacks: 0,
};

const STRICT_SHARE = 0.15;
const QUIET_SHARE = 0.06;
/** One such world takes as long as fifteen others. */
const RUSH_SHARE = 0.01;
/** Faults go on for so long, or until nobody works any more and nothing is open. */
export const FAULTY_MS = 15 * MINUTE;
/** When most people are at work: misfortune comes while it can hurt. */
export const BUSY_MS = 150 * SECOND;

export function makeSwarm(draw: Stream): Swarm {
  const loud = makeLoud(draw);
  const swarm = draw.chance(QUIET_SHARE) ? quietened(loud) : loud;
  // Drawn last, so that a world without it lives as it did before there was such a thing.
  const otherNumber = !swarm.strict && draw.chance(0.12) ? 0.1 * draw.next() : 0;
  return { ...swarm, network: { ...swarm.network, otherNumber } };
}

const quietened = (swarm: Swarm): Swarm => ({
  ...swarm,
  ...{ quiet: true, rush: false, lenient: true, tablets: 1, salesOfTablet: 1 },
  notices: { ...NO_NOTICE_FAULTS, dropped: 1 },
});

function makeLoud(draw: Stream): Swarm {
  const strict = draw.chance(STRICT_SHARE);
  const some = (share: number, most: number): number =>
    !strict && draw.chance(share) ? most * draw.next() : 0;
  const count = (share: number, most: number): number =>
    !strict && draw.chance(share) ? draw.int(1, most) : 0;
  const rush = draw.chance(RUSH_SHARE);
  const servers = !strict && draw.chance(0.25) ? 2 : 1;
  return {
    strict,
    startAt: startOf(draw),
    servers,
    outlet: draw.chance(0.3) ? 'M10010001' : null,
    tablets: rush ? 24 : Number(draw.weighted({ 1: 45, 2: 32, 3: 14, 4: 9 })),
    network: strict ? NO_NETWORK_FAULTS : networkFaults(some),
    notices: strict ? NO_NOTICE_FAULTS : noticeFaults(some),
    latency: draw.pick([
      [5, 40],
      [20, 120],
      [50, 400],
    ] as const),
    limited: spells(draw, count(0.15, 3), 60 * SECOND),
    down: spells(draw, count(0.12, 2), 40 * SECOND),
    keyRotated: spells(draw, count(0.05, 1), 90 * SECOND),
    settings: settingsOf(draw, strict),
    pageCap: draw.chance(0.25) ? draw.pick(rush ? [10] : [1, 2, 10]) : null,
    hidesUnpaid: draw.chance(0.3),
    lenient: !strict && draw.chance(0.5),
    crash: some(0.5, 0.04),
    restarts: count(0.15, 2),
    powerLoss: draw.chance(0.4),
    restore: !strict && draw.chance(0.12),
    pauses: count(servers === 2 ? 0.6 : 0.1, 2),
    skewMs: strict ? 0 : skewOf(draw),
    clockJumps: count(0.15, 2),
    rush,
    quiet: false,
    salesOfTablet: rush ? 2 : Number(draw.weighted({ 1: 60, 2: 28, 3: 12 })),
  };
}

/** The same world without what a shop must not be hurt by for ever. */
export const healed = (swarm: Swarm): Swarm => ({
  ...swarm,
  network: NO_NETWORK_FAULTS,
  notices: swarm.quiet ? swarm.notices : NO_NOTICE_FAULTS,
  limited: [],
  down: [],
  keyRotated: [],
  crash: 0,
});

type Some = (share: number, most: number) => number;

const networkFaults = (some: Some): NetworkFaults => ({
  requestLost: some(0.3, 0.25),
  answerLost: some(0.35, 0.25),
  errorBefore: some(0.2, 0.15),
  errorAfter: some(0.25, 0.15),
  truncated: some(0.15, 0.1),
  wrongSignature: some(0.15, 0.1),
  swapped: some(0.2, 0.3),
  smallerAmount: some(0.12, 0.1),
  otherCurrency: some(0.12, 0.1),
  rewritten: some(0.22, 0.25),
  slow: some(0.25, 0.2),
  executedLater: some(0.2, 0.15),
  duplicated: some(0.15, 0.1),
  unreachable: some(0.2, 0.15),
  otherNumber: 0,
});

const noticeFaults = (some: Some): NoticeFaults => ({
  dropped: some(0.4, 1),
  duplicated: some(0.3, 0.5),
  delayed: some(0.3, 0.7),
  early: some(0.3, 0.7),
  attacks: some(0.4, 4),
});

function spells(draw: Stream, count: number, longest: number): Spell[] {
  return Array.from({ length: count }, () => {
    const from = draw.int(0, BUSY_MS);
    return { from, to: from + draw.int(SECOND, longest) };
  });
}

/** Times at which something about the calendar happens are more common than others. */
function startOf(draw: Stream): number {
  const kind = draw.weighted({
    plain: 50,
    month: 17,
    midnight: 8,
    evening: 10,
    night: 8,
    morning: 7,
  });
  const month = draw.int(0, 11);
  const year = draw.pick([2026, 2027, 2028]);
  const hours = 8 * HOUR;
  if (kind === 'month') {
    const ends = Date.UTC(year, month + 1, 1) - hours;
    return ends - draw.span(SECOND, draw.chance(0.2) ? 14 * MINUTE : 2 * MINUTE);
  }
  const midnight = Date.UTC(year, month, draw.int(2, 28)) - hours;
  const half = 30 * MINUTE;
  switch (kind) {
    case 'midnight':
      return midnight - draw.span(SECOND, 2 * MINUTE);
    case 'evening':
      return midnight - half - draw.int(-20 * SECOND, 90 * SECOND);
    case 'night':
      return midnight + draw.int(-half, half);
    case 'morning':
      return midnight + half + MINUTE - draw.int(-10 * SECOND, 100 * SECOND);
    default:
      return midnight - draw.int(3 * HOUR, 16 * HOUR);
  }
}

function skewOf(draw: Stream): number {
  const most = draw.weighted({ 500: 60, 60000: 25, 600000: 10, 7200000: 5 });
  return draw.int(-Number(most), Number(most));
}

const CANCEL: Readonly<Record<CancelMode | 'mixed', number>> = {
  works: 55,
  '1297': 12,
  '1150': 5,
  '1155': 5,
  lies: 8,
  mixed: 15,
};

function settingsOf(draw: Stream, strict: boolean): Partial<Settings> {
  const cancel = (): Readonly<Record<string, CancelMode>> => {
    const mode = strict ? 'works' : draw.weighted(CANCEL);
    if (mode === 'works') return {};
    return mode === 'mixed' ? { '800201': '1297', '800108': '1297' } : { '*': mode };
  };
  const signature = draw.weighted({ raw: 60, seed: 20, none: 20 });
  return {
    shape: draw.chance(0.3) ? 'envelope' : 'flat',
    rowState: draw.pick(['both', 'respcd', 'txstatus'] as const),
    responseSignature: signature,
    queryData: draw.chance(0.15) ? 'object' : 'array',
    expiredCode: draw.pick(['1181', '1142'] as const),
    expiryFor: draw.chance(0.3) ? 'wechat-alipay' : 'all',
    pendingCode: draw.pick(['1143', '1145'] as const),
    visibilityDelayMs: !strict && draw.chance(0.3) ? draw.int(200, 8_000) : 0,
    numberListChars: draw.chance(0.2) ? 16 : 128,
    reversal: cancel(),
    close: cancel(),
    cancelMinAgeMs:
      !strict && draw.chance(0.2) ? { '800201': 5 * MINUTE, '800101': 30 * SECOND } : {},
    lieMs: draw.pick([500, 5_000, 40_000]),
    reversalOfPaid: !strict && draw.chance(0.1) ? 'refund' : 'refuse',
    refundInProgress: draw.chance(0.4) ? draw.pick(['1143', '1145'] as const) : null,
    refundMs: draw.pick([2_000, 10_000, 90_000]),
    balance: draw.chance(0.2) ? 'takings' : 'unlimited',
    anyPort: 'always',
  };
}
