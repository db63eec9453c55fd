/**
 * One round of the watch: everything due is asked about, many with one call where it can be, and
 * what the gateway turns out not to show in a window is asked by lists of numbers, then singly. It
 * ends nothing by itself; it only asks.
 */
import { maySend } from '@/lib/advance-refund';
import { type Payment, type PaymentId, type QueryEvidence, RANK } from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import { ask, followUp } from './ask';
import { moment, record, type World } from './evidence';
import { type Gateway, MOST_ASKED } from './ports';
import { askRefund, sendRefund } from './refund';
import { giveUpOn } from './refund-evidence';
import { isForgotten } from './unsent';
import { keep, keepUnseen, sweepWindow } from './window';

const TURN_MS = 2_000;
/** Payments that come due this soon are taken along, so that they share one call. */
const AHEAD_MS = 5_000;
const BATCH = 100;
/** Calls by number in one round, after the window has shown what it shows. */
const SINGLES = 8;
const LISTS = 3;
/** Older than this is asked by number: a window over it would bring too many pages. */
const WINDOW_MS = 2 * 3_600_000;
/** Open ones older than this are few, mostly of customers who left; a busy shop lists them. */
const YOUNG_MS = 60_000;
/** What stands still earlier in their books is asked by its number. */
const MARGIN_MS = 10_000;
const PAGE_ROWS = 100;
/** How long a gateway that took no lists is not offered another. */
const LISTS_AGAIN_MS = 600_000;

export async function tick(world: World): Promise<void> {
  const now = world.clock.steady();
  const due = await world.store.read.due(now, BATCH);
  const refunds = await world.store.read.dueRefunds(now, BATCH);
  if (due.length === 0 && refunds.length === 0) return probe(world);
  await Promise.all([
    ...due.filter((payment) => RANK[payment.state] < 2).map((p) => giveUp(world, p)),
    ...refunds.slice(0, SINGLES).map((refund) => goOn(world, refund)),
    askOpen(world, due),
    askEnded(world, due),
  ]);
}

/** Nothing is due, but the breaker is open: a question finds out whether the gateway is back. */
async function probe(world: World): Promise<void> {
  if (!world.budget.wantsProbe()) return;
  const now = world.clock.wall();
  const [outlet = null] = await world.outlets();
  const answer = await sweepWindow(world, { from: now, to: now, outlet });
  if (answer !== null) await keep(world, answer, outlet);
}

/** A minute after the tap nobody goes on: unsent ends, sent becomes doubtful. */
async function giveUp(world: World, payment: Payment): Promise<void> {
  if (payment.state === 'created' && !(await isForgotten(world, payment))) return;
  const evidence = { source: 'charge', says: 'unclear', respcd: null, why: 'timeout' } as const;
  await record(world, payment.id, { evidence });
}

async function goOn(world: World, refund: Refund): Promise<void> {
  if (refund.state === 'sending') await giveUpOn(world, refund.id);
  else if (maySend(refund, moment(world.clock))) await sendRefund(world, refund.id);
  else await askRefund(world, refund);
}

const isWatched = (payment: Payment): boolean =>
  RANK[payment.state] === 2 || (payment.state === 'paid' && !payment.confirmed);

async function askOpen(world: World, due: readonly Payment[]): Promise<void> {
  const watched = due.filter(isWatched);
  if (watched.length === 0) return;
  const soon = await world.store.read.due(world.clock.steady() + AHEAD_MS, BATCH);
  const open = soon.filter(isWatched);
  if (open.length < 2) return askSingly(world, watched, 'query');
  const { seen } = await askByWindow(world, cheapestWindow(world, { watched, open }));
  await askByList(
    world,
    watched.filter(({ id }) => !seen.has(id)),
  );
}

type Asked = { readonly watched: readonly Payment[]; readonly open: readonly Payment[] };

/** A window over the old ones has pages full of others; their numbers fit into a list by eights. */
function cheapestWindow(world: World, { watched, open }: Asked): readonly Payment[] {
  const now = world.clock.wall();
  const isYoung = ({ createdAt }: Payment) => createdAt >= now - YOUNG_MS;
  const young = watched.some(isYoung) ? open.filter(isYoung) : [];
  const old = watched.filter((payment) => !isYoung(payment)).length;
  const rowsAMs = crowd.get(world.gateway) ?? 0;
  const pages = (payments: readonly Payment[]) =>
    Math.max(1, Math.ceil(((now - oldest(payments) + MARGIN_MS) * rowsAMs) / PAGE_ROWS));
  const apart = (young.length === 0 ? 0 : pages(young)) + Math.ceil(old / MOST_ASKED);
  return pages(open) <= apart ? open : young;
}

const oldest = (payments: readonly Payment[]): number =>
  Math.min(...payments.map(({ createdAt }) => createdAt));

/** How many rows a window lately had for each ms that it was wide. */
const crowd = new WeakMap<Gateway, number>();

/** T25: late money. Nobody waits for it, so a few are asked singly and many by their window. */
async function askEnded(world: World, due: readonly Payment[]): Promise<void> {
  const ended = due.filter((payment) => RANK[payment.state] === 3);
  if (ended.length <= 3) return askSingly(world, ended, 'tail');
  const { seen, covered } = await askByWindow(world, ended);
  const unseen = ended.filter(({ id }) => !seen.has(id));
  await keepUnseen(
    world,
    unseen.filter(({ id }) => covered.has(id)),
  );
  await askSingly(
    world,
    unseen.filter(({ id }) => !covered.has(id)),
    'tail',
  );
}

type Looked = {
  readonly seen: ReadonlySet<PaymentId>;
  /** Their window was answered in full, whether they were seen or not. */
  readonly covered: ReadonlySet<PaymentId>;
};

/** One call per outlet and hundred rows. */
async function askByWindow(world: World, payments: readonly Payment[]): Promise<Looked> {
  const wall = world.clock.wall();
  const young = payments.filter((payment) => wall - payment.createdAt < WINDOW_MS);
  const seen = new Set<PaymentId>();
  const covered = new Set<PaymentId>();
  for (const outlet of new Set(young.map((payment) => payment.outlet))) {
    const mine = young.filter((payment) => payment.outlet === outlet);
    const from = oldest(mine);
    const answer = await sweepWindow(world, { from, to: wall, outlet, earlierMs: MARGIN_MS });
    if (answer === null) continue;
    crowd.set(world.gateway, answer.rows.length / (wall - from + MARGIN_MS));
    const kept = await keep(world, answer, outlet);
    for (const payment of kept.payments) seen.add(payment.id);
    if (answer.complete) for (const { id } of mine) covered.add(id);
    await Promise.all(kept.payments.map((payment) => followUp(world, payment)));
  }
  return { seen, covered };
}

const noLists = new WeakMap<Gateway, number>();

/** What the window did not show: by lists of one outlet where the gateway takes them. */
async function askByList(world: World, payments: readonly Payment[]): Promise<void> {
  const refusedAt = noLists.get(world.gateway) ?? Number.NEGATIVE_INFINITY;
  const takesLists = world.clock.steady() - refusedAt > LISTS_AGAIN_MS;
  const [first] = payments;
  if (!takesLists || payments.length < 3 || first === undefined) {
    return askSingly(world, payments, 'query');
  }
  for (let round = 0, rest = [...payments]; round < LISTS && rest.length > 0; round += 1) {
    const { outlet } = rest[0] ?? first;
    const list = rest.filter((payment) => payment.outlet === outlet).slice(0, MOST_ASKED);
    rest = rest.filter((payment) => !list.includes(payment));
    if (!(await askList(world, list))) return;
  }
}

async function askList(world: World, list: readonly Payment[]): Promise<boolean> {
  if (!(await world.budget.take('query', TURN_MS))) return false;
  const orders = list.map(({ id, createdAt, outlet, currency }) => {
    return { id, createdAt, outlet, currency };
  });
  const answers = await world.gateway.askMany(orders);
  if (answers === null) {
    noLists.set(world.gateway, world.clock.steady());
    return false;
  }
  const hidden: Payment[] = [];
  for (const payment of list) {
    const evidence = answers.get(payment.id);
    if (evidence === undefined || evidence.says === 'none') hidden.push(payment);
    else await hear(world, payment.id, evidence);
  }
  // A gateway that takes a list for one strange number finds nothing: only a question about one
  // number may say that there is no such order.
  if (hidden.length === list.length) noLists.set(world.gateway, world.clock.steady());
  await askSingly(world, hidden, 'query');
  return true;
}

async function hear(world: World, id: PaymentId, evidence: QueryEvidence): Promise<void> {
  const after = await record(world, id, { evidence });
  if (after !== null) await followUp(world, after);
}

async function askSingly(
  world: World,
  payments: readonly Payment[],
  kind: 'query' | 'tail',
): Promise<void> {
  await Promise.all(payments.slice(0, SINGLES).map((payment) => ask(world, payment, kind)));
}
