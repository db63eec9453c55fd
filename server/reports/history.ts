/**
 * Reads what was: the list of payments and the story of one. It changes nothing, and a page far
 * down costs what the first one costs.
 */
import { can } from '@/lib/capabilities';
import type { PaymentDetail, PaymentPage, RefundView, Role, TimelineView } from '@/lib/contract';
import type { HistoryChoices, HistoryCount, NoteView } from '@/lib/contract-history';
import {
  cursorOf,
  type HistoryFilter,
  type PageKey,
  readHistoryFilter,
} from '@/lib/history-filter';
import type { Currency } from '@/lib/money';
import { amountDue, type Payment, type PaymentId, type SaleId } from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import type { Settlement } from '@/lib/settlement';
import { isoWithOffset } from '@/lib/time';
import { paymentView, type Reader, refundView, saleView, settlementView } from '@/lib/view';
import { type CallRow, withDurations } from './calls';

export type { HistoryFilter } from '@/lib/history-filter';

/** What this room needs of the store. Times are wall ms UTC; amounts minor units. */
export interface HistoryStore {
  payment(id: PaymentId): Promise<Payment | null>;
  paymentsOfSale(id: SaleId): Promise<Payment[]>;
  refundsOf(id: PaymentId): Promise<Refund[]>;
  settlementsOf(id: PaymentId): Promise<Settlement[]>;
  sale(id: SaleId): Promise<SaleRow | null>;
  timeline(id: PaymentId): Promise<readonly TimelineRow[]>;
  /** What was asked of QFPay about a payment and its refunds. */
  calls(numbers: readonly string[]): Promise<readonly CallRow[]>;
  notes(id: PaymentId): Promise<readonly NoteRow[]>;
  names(codes: readonly string[]): Promise<ReadonlyMap<string, string>>;
  page(filter: HistoryFilter): Promise<Page>;
  countPart(filter: HistoryFilter): Promise<{ count: number; next: PageKey | null }>;
  staffSeen(): Promise<HistoryChoices['staff']>;
  countersSeen(): Promise<readonly string[]>;
}
type Page = { payments: Payment[]; next: PageKey | null; reached: PageKey | null };
type SaleRow = Parameters<typeof saleView>[0];
type TimelineRow = Omit<TimelineView, 'at'> & { readonly at: number };
type NoteRow = Omit<NoteView, 'at'> & { readonly at: number };

export type Viewer = {
  readonly code: string;
  readonly role: Role;
  /** Payments of whoever had the screen before: this person goes on with them. */
  readonly carries?: readonly string[];
  /** The mchids of the outlets to which they are limited; left out: everywhere. */
  readonly outlets?: readonly (string | null)[];
};
export type HistoryRefusal = { readonly refused: 'invalid'; readonly fields: readonly string[] };
export type Looker = {
  readonly viewer: Viewer;
  readonly reader: Reader;
  readonly currency: Currency;
};

export async function list(
  store: HistoryStore,
  params: URLSearchParams,
  who: Looker,
): Promise<PaymentPage | HistoryRefusal> {
  const filter = readFilter(params, who);
  if ('refused' in filter) return filter;
  const { payments, next, reached } = await store.page(filter);
  return {
    payments: payments.map((payment) => paymentView(payment, who.reader)),
    next: next === null ? null : cursorOf(next),
    reached: reached === null ? null : isoWithOffset(reached.createdAt, who.reader.timeZone),
  };
}

/** Every payment of a filter, part by part, so that whoever sells meanwhile is not kept waiting. */
export async function count(
  store: HistoryStore,
  params: URLSearchParams,
  who: Looker & { readonly isGone: () => boolean },
): Promise<HistoryCount | HistoryRefusal> {
  const filter = readFilter(params, who);
  if ('refused' in filter) return filter;
  let sum = 0;
  let after: PageKey | null = null;
  do {
    const part: Awaited<ReturnType<HistoryStore['countPart']>> = await store.countPart({
      ...filter,
      after,
    });
    sum += part.count;
    after = part.next;
    await nextTurn();
  } while (after !== null && !who.isGone());
  return { count: sum };
}

/** Lets everybody else have their turn first. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What this person may filter by; a cashier has only themselves. */
export async function choices(store: HistoryStore, viewer: Viewer): Promise<HistoryChoices> {
  const [staff, counters] = await Promise.all([store.staffSeen(), store.countersSeen()]);
  return { counters, staff: staff.filter(({ code }) => seesAll(viewer) || code === viewer.code) };
}

/** A cashier sees their own payments; anybody else's does not exist for them. */
export async function detail(
  store: HistoryStore,
  id: PaymentId,
  { viewer, reader }: { viewer: Viewer; reader: Reader },
): Promise<PaymentDetail | null> {
  const payment = await store.payment(id);
  if (payment === null || !maySee(viewer, payment)) return null;
  const sale = await store.sale(payment.saleId);
  if (sale === null) throw new Error(`payment ${id} has no sale`);
  const [payments, refunds, settlements, rows, notes] = await Promise.all([
    store.paymentsOfSale(payment.saleId),
    store.refundsOf(id),
    store.settlementsOf(id),
    store.timeline(id),
    store.notes(id),
  ]);
  const calls = await store.calls([id, ...refunds.map((refund) => refund.id)]);
  const timeline = withDurations(rows, calls, id).map((entry) => ({
    ...{ seq: entry.seq, kind: entry.kind, actor: entry.actor, state: entry.state },
    at: isoWithOffset(entry.at, reader.timeZone),
    detail: entry.detail,
  }));
  const told = {
    payment: paymentView(payment, reader),
    sale: saleView(sale, amountDue(sale.amount, payments), reader),
    refunds: refunds.map((refund) => refundView(refund, reader)),
    settlements: settlements.map((settlement) => settlementView(settlement, reader)),
    timeline,
    notes: notes.map((note) => noteView(note, reader)),
  };
  return { ...told, people: Object.fromEntries(await store.names(codesIn(told))) };
}

export const noteView = ({ at, number, says, staff }: NoteRow, reader: Reader): NoteView => ({
  ...{ number, says, staff },
  at: isoWithOffset(at, reader.timeZone),
});

type Told = Omit<PaymentDetail, 'people'>;

/** Everybody who stands anywhere in the story. */
function codesIn({ payment, sale, refunds, timeline, notes }: Told): string[] {
  const behind = (refund: RefundView) => [refund.staff, refund.approver ?? ''];
  const asked = timeline.flatMap(({ actor, detail: facts }) => [
    actor,
    ...[facts.manager, facts.approver].filter((code) => typeof code === 'string'),
  ]);
  const all = [payment.staff, sale.staff, ...refunds.flatMap(behind), ...asked];
  return [...new Set([...all, ...notes.map(({ staff }) => staff)])].filter((code) => code !== '');
}

const seesAll = ({ role }: Viewer): boolean => can(role, 'see-all-sales');

type Seen = Pick<Payment, 'id' | 'staff' | 'outlet'>;

/** Another outlet's payment does not exist for who is limited to other ones (security.md S33). */
export const maySee = (viewer: Viewer, { id, staff, outlet }: Seen): boolean =>
  (seesAll(viewer) || staff === viewer.code || (viewer.carries?.includes(id) ?? false)) &&
  (viewer.outlets === undefined || viewer.outlets.includes(outlet));

export function readFilter(
  params: URLSearchParams,
  { viewer, reader, currency }: Looker,
): HistoryFilter | HistoryRefusal {
  const filter = readHistoryFilter(params, { timeZone: reader.timeZone, currency });
  if ('wrong' in filter) return { refused: 'invalid', fields: filter.wrong };
  const here = { ...filter, outlets: viewer.outlets ?? null };
  return seesAll(viewer) ? here : { ...here, staff: viewer.code };
}
