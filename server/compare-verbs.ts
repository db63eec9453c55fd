/**
 * Comparing a day with QFPay, and deciding what came of it. A comparison proposes; whoever settles
 * a difference is asked who they are, says why, and changes no payment by it.
 */
import { holdsCardNumber } from '@/lib/card-number';
import type {
  ComparisonAnswer,
  ComparisonList,
  ComparisonView,
  DifferenceAnswer,
  DifferencePage,
  DifferenceView,
  NewComparison,
  OutletName,
  Settle,
  SideView,
} from '@/lib/contract-compare';
import type { SideFacts } from '@/lib/difference';
import type { PaymentId } from '@/lib/payment';
import { isoWithOffset } from '@/lib/time';
import { type Asker, type Parts, type Refusal, readerOf } from './answers';
import type { Comparison } from './payments/ports';
import { recognised } from './refund-verbs';
import { maySeeOutlet } from './staff/sign-in';
import type { Difference, Outlet } from './store';

/** Two months of days. */
const MOST_LISTED = 62;
const PAGE = 50;
/** QFPay Hong Kong took its first payment later than this. */
const FIRST_DAY = '2012-01-01';

export function createCompareVerbs(parts: Parts) {
  return {
    startComparison: (body: NewComparison, who: Asker) => begin(parts, body, who),
    comparison: async (id: string, who: Asker): Promise<ComparisonAnswer | null> => {
      const found = await comparisonOf(parts, id, who);
      return found === null ? null : { comparison: await viewOf(parts, found) };
    },
    stopComparison: async (id: string, who: Asker): Promise<ComparisonAnswer | null> => {
      const found = await comparisonOf(parts, id, who);
      if (found === null) return null;
      const stopped = await parts.payments.comparisons.stop(id);
      return { comparison: await viewOf(parts, stopped ?? found) };
    },
    comparisons: (who: Asker) => listed(parts, who),
    differences: (params: URLSearchParams, who: Asker) => page(parts, params, who),
    settleDifference: (given: { id: string; body: Settle }, who: Asker) =>
      settle(parts, given, who),
  };
}

type Invalid = { readonly refused: 'invalid'; readonly fields: readonly string[] };

/** Those that this person may see; all of them have a name on the screen once there are two. */
async function outletsFor({ opened }: Parts, { person }: Pick<Asker, 'person'>): Promise<Outlet[]> {
  return (await opened.outlets.list()).filter(({ mchid }) => maySeeOutlet(person, mchid));
}

async function begin(
  parts: Parts,
  { day, outlet: id }: NewComparison,
  who: Asker,
): Promise<ComparisonAnswer | Refusal | Invalid> {
  const { comparisons } = parts.payments;
  if (day < FIRST_DAY || day > comparisons.today()) return { refused: 'invalid', fields: ['day'] };
  const mine = await outletsFor(parts, who);
  const outlet = id === undefined && mine.length === 1 ? mine[0] : mine.find((it) => it.id === id);
  if (outlet === undefined) return { refused: 'invalid', fields: ['outlet'] };
  const request = { day, outlet: outlet.mchid, by: who.person.code };
  const begun = await comparisons.start(request);
  if ('refused' in begun) return { refused: 'comparison-running' };
  return { comparison: await viewOf(parts, begun.comparison) };
}

async function comparisonOf(parts: Parts, id: string, who: Asker): Promise<Comparison | null> {
  const { payments, opened } = parts;
  const found = payments.comparisons.running(id) ?? (await opened.comparisons.byId(id));
  return found !== null && maySeeOutlet(who.person, found.outlet) ? found : null;
}

async function listed(parts: Parts, who: Asker): Promise<ComparisonList> {
  const { opened, payments } = parts;
  const outlets = await outletsFor(parts, who);
  const kept = await Promise.all(
    outlets.map(({ mchid }) => opened.differences.comparisons(mchid, MOST_LISTED)),
  );
  const now = kept.flat().map((it) => payments.comparisons.running(it.id) ?? it);
  const newest = now.sort((a, b) =>
    a.day === b.day ? b.startedAt - a.startedAt : a.day < b.day ? 1 : -1,
  );
  const views = newest.slice(0, MOST_LISTED).map((it) => viewOf(parts, it));
  return {
    today: payments.comparisons.today(),
    outlets: outlets.length > 1 ? outlets.map(nameOf) : [],
    comparisons: await Promise.all(views),
  };
}

const nameOf = ({ id, name }: Outlet): OutletName => ({ id, name });

/** Null while there is only one: nobody needs to be told which. */
async function outletName({ opened }: Parts, mchid: string | null): Promise<OutletName | null> {
  const all = await opened.outlets.list();
  const found = all.find((outlet) => outlet.mchid === mchid);
  return all.length > 1 && found !== undefined ? nameOf(found) : null;
}

async function viewOf(parts: Parts, it: Comparison): Promise<ComparisonView> {
  const { timeZone, currency } = parts.env.shop;
  const { id, day, state, startedBy, pages, rows, ours, theirs, found, explained } = it;
  return {
    ...{ id, day, state, startedBy, pages, rows, ours, theirs, currency, found, explained },
    open: found === 0 ? 0 : await parts.opened.comparisons.openOf(it),
    outlet: await outletName(parts, it.outlet),
    startedAt: isoWithOffset(it.startedAt, timeZone),
    endedAt: it.endedAt === null ? null : isoWithOffset(it.endedAt, timeZone),
  };
}

/** `open=1`: of all days. Else `comparison`: what one that is done has found. */
async function page(
  parts: Parts,
  params: URLSearchParams,
  who: Asker,
): Promise<DifferencePage | Refusal | Invalid> {
  const limit = Number(params.get('limit') ?? PAGE);
  const cursor = params.get('cursor') ?? '';
  const after = keyOf(cursor);
  const name = params.get('comparison');
  const wrong = [
    ...(Number.isInteger(limit) && limit > 0 ? [] : ['limit']),
    ...(cursor !== '' && after === null ? ['cursor'] : []),
    ...(params.get('open') === '1' || name !== null ? [] : ['open']),
  ];
  if (wrong.length > 0) return { refused: 'invalid', fields: wrong };
  const comparison = name === null ? null : await comparisonOf(parts, name, who);
  if (name !== null && comparison === null) return { refused: 'not-found' };
  const found = await parts.opened.differences.page({
    wanted: comparison === null ? 'open' : { comparison },
    outlets: who.person.outlets ?? null,
    after,
    limit,
  });
  const { next } = found;
  return {
    differences: await Promise.all(found.differences.map((it) => differenceView(parts, it, who))),
    next: next === null ? null : `${next.foundAt}.${next.id}`,
  };
}

function keyOf(cursor: string) {
  const match = /^(\d{1,15})\.([A-Z0-9]{1,32})$/.exec(cursor);
  const [, foundAt, id] = match ?? [];
  return id === undefined ? null : { foundAt: Number(foundAt), id };
}

async function differenceView(
  parts: Parts,
  it: Difference,
  who: Pick<Asker, 'language'>,
): Promise<DifferenceView> {
  const { timeZone } = readerOf(parts, who);
  const iso = (ms: number | null) => (ms === null ? null : isoWithOffset(ms, timeZone));
  const side = (facts: SideFacts | null): SideView | null =>
    facts === null ? null : { ...facts, at: iso(facts.at) };
  const { id, day, number, kind, explained, paymentId, settledBy, reason } = it;
  return {
    ...{ id, day, number, kind, explained, paymentId, settledBy, reason },
    outlet: await outletName(parts, it.outlet),
    ours: side(it.ours),
    theirs: side(it.theirs),
    foundAt: isoWithOffset(it.foundAt, timeZone),
    settledAt: iso(it.settledAt),
  };
}

async function settle(
  parts: Parts,
  { id, body: { reason, pin } }: { id: string; body: Settle },
  who: Asker,
): Promise<DifferenceAnswer | Refusal> {
  const { opened, desk } = parts;
  const known = await opened.differences.byId(id);
  if (known === null || !maySeeOutlet(who.person, known.outlet)) return { refused: 'not-found' };
  if (holdsCardNumber(reason)) return { refused: 'card-number' };
  const caller = await recognised(parts, who, { staffCode: who.person.code, pin });
  if ('refused' in caller) return caller;
  const [at, by] = [desk.now(), caller.code];
  const about = await paymentOf(parts, known);
  const done = await opened.differences.settle(
    { id, at, by, reason },
    {
      ...{ at, ...about, kind: 'person', actor: by },
      detail: { did: 'difference', number: known.number, is: known.kind, day: known.day, reason },
    },
  );
  if (!done) return { refused: 'difference-settled' };
  const settled = { ...known, settledAt: at, settledBy: by, reason };
  return { difference: await differenceView(parts, settled, who) };
}

/** The payment in whose story it is told; a number of nobody's is told in nobody's. */
async function paymentOf({ opened }: Parts, { paymentId }: Difference) {
  const payment =
    paymentId === null ? null : await opened.store.read.payment(paymentId as PaymentId);
  return {
    paymentId: payment?.id ?? null,
    saleId: payment?.saleId ?? null,
    state: payment?.state ?? null,
  };
}
