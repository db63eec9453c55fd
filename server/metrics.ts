/**
 * `GET /api/metrics`: how the shop and this server fare, for a program that watches. It reads what
 * the rooms keep and counts nothing of its own; when the database fails it still tells of the rest.
 * What is called today is the shop's business day: such figures begin anew with it.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { businessDay, dayAfter, startOfBusinessDay } from '@/lib/business-day';
import { isLive, PAYMENT_STATES } from '@/lib/payment';
import { REFUND_RANK, REFUND_STATES } from '@/lib/refund';
import { groupedBy, walletKey } from '@/lib/takings';
import { COUNTER_WALLETS } from '@/lib/wallets';
import type { Parts as All } from './answers';
import { dayRule } from './day-rule';
import { counter, EXPOSITION_TYPE, gauge, histogram, type Sample } from './exposition';
import type { Clock } from './payments/ports';
import { draw, FRESH, leastNow } from './qfpay/bucket';

export type MetricsParts = {
  readonly env: Pick<All['env'], 'metricsToken' | 'environment' | 'build' | 'shop' | 'database'>;
  readonly opened: Pick<All['opened'], 'gauges' | 'reports' | 'matters' | 'store' | 'settings'>;
  readonly hub: Pick<All['hub'], 'count'>;
  readonly clock: Pick<Clock, 'wall' | 'steady'>;
  readonly version: string;
  /** Under which name this server takes the watch. */
  readonly server: string;
  readonly budget: { readonly name: string; readonly isCut: () => boolean };
  readonly onFault: (fault: unknown) => void;
};

export type Scrape = 'no-door' | 'wrong-token' | { readonly text: string; readonly type: string };

/** Upper ends in whole seconds: a scanned code, a shown QR, a customer who looks for the phone. */
const BUCKETS = [2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600];
/** An inbox so full says nothing more by its number. */
const MOST_COUNTED = 100_000;
/** More than the limiter ever gives out at once. */
const PLENTY = 1_000;

export function createMetrics(parts: MetricsParts) {
  const { metricsToken } = parts.env;
  return async (authorization: string | null): Promise<Scrape> => {
    if (metricsToken === null) return 'no-door';
    if (!isSame(authorization ?? '', `Bearer ${metricsToken}`)) return 'wrong-token';
    const facts = await ofDatabase(parts).catch((fault) => {
      parts.onFault(fault);
      return null;
    });
    const up = gauge('countertop_database_up', 'Whether the database answered just now.', [
      { value: facts === null ? 0 : 1 },
    ]);
    return { text: ofProcess(parts) + up + (facts ?? ''), type: EXPOSITION_TYPE };
  };
}

/** In the same time whatever was sent, its length included. */
const isSame = (given: string, wanted: string): boolean =>
  timingSafeEqual(digest(given), digest(wanted));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

function ofProcess({ env, hub, version, budget }: MetricsParts): string {
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const build = { version, build: env.build ?? '', environment: env.environment };
  const labels = { ...build, database: env.database.kind, node: process.version };
  const one = (name: string, help: string, value: number) => gauge(name, help, [{ value }]);
  return [
    gauge('countertop_build_info', 'What runs here; always 1.', [{ labels, value: 1 }]),
    one('countertop_open_streams', 'Screens that are told of every change.', hub.count()),
    one(
      'countertop_qfpay_breaker_open',
      'Whether this server sends no charges because QFPay cannot be reached.',
      budget.isCut() ? 1 : 0,
    ),
    one('process_resident_memory_bytes', 'Memory that this process holds.', rss),
    one('nodejs_heap_size_used_bytes', 'Memory in use by JavaScript.', heapUsed),
    one(
      'process_start_time_seconds',
      'When this process began, seconds since 1970.',
      performance.timeOrigin / 1_000,
    ),
    counter('process_cpu_seconds_total', 'Processor time used.', (user + system) / 1e6),
  ].join('');
}

async function ofDatabase(parts: MetricsParts): Promise<string> {
  const { clock } = parts;
  const rule = await dayRule(parts);
  const day = businessDay(clock.wall(), rule);
  const today = {
    from: startOfBusinessDay(day, rule),
    to: startOfBusinessDay(dayAfter(day), rule),
  };
  return [
    await paymentsOf(parts, today),
    await unresolvedOf(parts),
    await refundsOf(parts, today),
    await rateOf(parts),
    await watchOf(parts),
  ].join('');
}

type Span = { readonly from: number; readonly to: number };

async function paymentsOf({ opened }: MetricsParts, today: Span): Promise<string> {
  const begun = groupedBy(await opened.gauges.begun(today), walletKey);
  const waits = groupedBy(await opened.reports.waits(today), walletKey);
  const named = (groups: ReadonlyMap<string, unknown>) => [
    ...new Set([...COUNTER_WALLETS, ...groups.keys()]),
  ];
  const samples = named(begun).flatMap((wallet) =>
    PAYMENT_STATES.map((state): Sample => {
      const mine = (begun.get(wallet) ?? []).filter((cell) => cell.state === state);
      return { labels: { wallet, state }, value: sumOf(mine) };
    }),
  );
  return (
    gauge('countertop_payments', 'Payments begun today, by what they are now.', samples) +
    histogram({
      name: 'countertop_payment_seconds',
      help: 'Whole seconds from begun to paid, of payments that were paid today.',
      buckets: BUCKETS,
      series: named(waits).map((wallet) => ({
        labels: { wallet },
        waits: waits.get(wallet) ?? [],
      })),
    })
  );
}

async function unresolvedOf({ opened, clock }: MetricsParts): Promise<string> {
  const open = await opened.gauges.open();
  const reviews = await opened.matters.openCount(MOST_COUNTED);
  return [
    gauge(
      'countertop_unresolved_payments',
      'Payments of any day whose end is not known.',
      byState(PAYMENT_STATES.filter(isLive), open),
    ),
    gauge('countertop_oldest_unresolved_payment_seconds', 'Age of the oldest of them; 0 if none.', [
      { value: ageOf(open, clock.wall()) },
    ]),
    gauge('countertop_payments_in_review', 'Payments that a manager has to look at.', [
      { value: reviews },
    ]),
  ].join('');
}

async function refundsOf({ opened, clock }: MetricsParts, today: Span): Promise<string> {
  const begun = await opened.gauges.refundsBegun(today);
  const open = await opened.gauges.openRefunds();
  const live = REFUND_STATES.filter((state) => REFUND_RANK[state] < 3);
  return [
    gauge(
      'countertop_refunds',
      'Refunds begun today, by what they are now.',
      byState(REFUND_STATES, begun),
    ),
    gauge(
      'countertop_unresolved_refunds',
      'Refunds of any day whose end is not known.',
      byState(live, open),
    ),
    gauge('countertop_oldest_unresolved_refund_seconds', 'Age of the oldest of them; 0 if none.', [
      { value: ageOf(open, clock.wall()) },
    ]),
  ].join('');
}

/** What would be granted now: the row tells it without a call being spent. */
async function rateOf({ opened, clock, budget }: MetricsParts): Promise<string> {
  const kept = await opened.gauges.bucket(budget.name);
  const bucket = kept ?? FRESH;
  const now = Math.max(clock.steady(), leastNow(bucket));
  const all = (row: typeof FRESH) => draw(row, { money: PLENTY, questions: 0 }, now).drawn.money;
  const asked = (row: typeof FRESH) =>
    draw(row, { money: 0, questions: PLENTY }, now).drawn.questions;
  const calls = (value: (count: (row: typeof FRESH) => number) => number): Sample[] => [
    { labels: { calls: 'all' }, value: value(all) },
    { labels: { calls: 'questions' }, value: value(asked) },
  ];
  return [
    gauge(
      'countertop_qfpay_rate_left',
      'Calls to QFPay that all servers together could make at once.',
      calls((count) => count(bucket)),
    ),
    gauge(
      'countertop_qfpay_rate_used',
      'Calls that are used up of what an idle shop could make at once.',
      calls((count) => count(FRESH) - count(bucket)),
    ),
    gauge('countertop_qfpay_rate_held', 'Whether QFPay said 429 and everybody waits.', [
      { value: now < bucket.heldUntil ? 1 : 0 },
    ]),
  ].join('');
}

async function watchOf({ opened, clock, server }: MetricsParts): Promise<string> {
  const { read } = opened.store;
  const due = await read.nextDue();
  const lease = await read.lease('watch');
  const holds = lease !== null && lease.expiresAt > clock.wall();
  return [
    gauge('countertop_watch_lag_seconds', 'How long the most overdue question to QFPay waits.', [
      { value: due === null ? 0 : Math.max(0, clock.steady() - due) / 1_000 },
    ]),
    gauge('countertop_watch_held', 'Whether any server watches over open payments.', [
      { value: holds ? 1 : 0 },
    ]),
    gauge('countertop_watch_held_here', 'Whether it is this server.', [
      { value: holds && lease.holder === server ? 1 : 0 },
    ]),
  ].join('');
}

type Cell<S> = { readonly state: S; readonly count: number };

const sumOf = (cells: readonly { readonly count: number }[]): number =>
  cells.reduce((sum, { count }) => sum + count, 0);

/** Each state has its line, so that a reader sees a 0 and not a gap. */
const byState = <S extends string>(states: readonly S[], cells: readonly Cell<S>[]): Sample[] =>
  states.map((state) => ({
    labels: { state },
    value: sumOf(cells.filter((cell) => cell.state === state)),
  }));

const ageOf = (cells: readonly { readonly since: number }[], now: number): number =>
  cells.length === 0 ? 0 : Math.max(0, now - Math.min(...cells.map(({ since }) => since))) / 1_000;
