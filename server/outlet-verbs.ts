/**
 * The outlets of the shop: made, named, given to counters and to staff, by the owner alone and
 * never without a line in the audit. An mchid with which money was taken never changes.
 */
import type { ProblemCode } from '@/lib/contract';
import type {
  ChangeOutlet,
  LimitStaff,
  NewOutlet,
  OutletList,
  PlaceCounter,
} from '@/lib/contract-outlets';
import type { Asker, Parts, Refusal } from './answers';
import type { NewTimelineEntry } from './payments/ports';
import type { OpenedStore, Outlet } from './store';

/** What it takes of all the parts. */
type OutletParts = Pick<Parts, 'newId'> & {
  readonly opened: Pick<OpenedStore, 'outlets' | 'staffOutlets'>;
  readonly hub: Pick<Parts['hub'], 'refresh'>;
  readonly desk: Pick<Parts['desk'], 'now'>;
};

export function createOutletVerbs(parts: OutletParts) {
  return {
    outlets: (): Promise<OutletList> => everything(parts),
    addOutlet: (body: NewOutlet, who: Asker) => add(parts, body, who),
    changeOutlet: (given: { id: string; body: ChangeOutlet }, who: Asker) =>
      change(parts, given, who),
    placeCounter: (body: PlaceCounter, who: Asker) => placeCounter(parts, body, who),
    limitStaff: (body: LimitStaff, who: Asker) => limitStaff(parts, body, who),
  };
}

type Answer = OutletList | Refusal;

async function everything({ opened }: OutletParts): Promise<OutletList> {
  const { outlets, staffOutlets } = opened;
  const [all, counters, staff] = await Promise.all([
    outlets.list(),
    outlets.counters(),
    staffOutlets.staff(),
  ]);
  const views = all.map(async (outlet) => ({
    ...{ id: outlet.id, name: outlet.name, mchid: outlet.mchid, active: outlet.active },
    used: await outlets.hasPayments(outlet),
    counters: counters.filter((it) => it.outletId === outlet.id).map(({ counter }) => counter),
  }));
  return {
    outlets: await Promise.all(views),
    staff: staff.map(({ code, name, role, outletIds }) => ({
      ...{ code, name, role, outlets: outletIds },
    })),
  };
}

async function add(parts: OutletParts, { name, mchid }: NewOutlet, who: Asker): Promise<Answer> {
  const { opened, desk } = parts;
  const known = await opened.outlets.list();
  const clash = clashOf(known, { id: null, name, mchid });
  if (clash !== null) return { refused: clash };
  const outlet: Outlet = {
    ...{ id: parts.newId(), name, mchid, active: true, createdAt: desk.now() },
  };
  const detail = { did: 'outlet-add', name, mchid };
  if (!(await opened.outlets.insert(outlet, noteOf(parts, who, detail)))) {
    return { refused: 'outlet-mchid-taken' };
  }
  return everything(parts);
}

type Wish = Pick<Outlet, 'name' | 'mchid'> & { readonly id: string | null };

/** A name or an mchid that another outlet has. */
function clashOf(known: readonly Outlet[], wish: Wish): ProblemCode | null {
  const others = known.filter(({ id }) => id !== wish.id);
  if (others.some(({ mchid }) => mchid === wish.mchid)) return 'outlet-mchid-taken';
  return others.some(({ name }) => name === wish.name) ? 'outlet-name-taken' : null;
}

async function change(
  parts: OutletParts,
  { id, body }: { id: string; body: ChangeOutlet },
  who: Asker,
): Promise<Answer> {
  const { outlets } = parts.opened;
  const known = await outlets.list();
  const before = known.find((outlet) => outlet.id === id);
  if (before === undefined) return { refused: 'not-found' };
  const after: Outlet = {
    ...before,
    name: body.name ?? before.name,
    mchid: body.mchid === undefined ? before.mchid : body.mchid,
    active: body.active ?? before.active,
  };
  const clash = clashOf(known, after);
  if (clash !== null) return { refused: clash };
  const moves = after.mchid !== before.mchid;
  if (moves && (await outlets.hasPayments(before))) return { refused: 'outlet-has-payments' };
  const open = known.filter((outlet) => outlet.active && outlet.id !== id);
  if (!after.active && open.length === 0) return { refused: 'outlet-last' };
  const { name, mchid, active } = after;
  await outlets.change(
    after,
    noteOf(parts, who, { did: 'outlet-change', id, name, mchid, active }),
  );
  parts.hub.refresh();
  return everything(parts);
}

async function placeCounter(
  parts: OutletParts,
  { counter, outlet }: PlaceCounter,
  who: Asker,
): Promise<Answer> {
  const { outlets } = parts.opened;
  const known = await outlets.list();
  if (outlet !== null && !known.some(({ id }) => id === outlet)) return { refused: 'not-found' };
  const note = noteOf(parts, who, { did: 'counter-outlet', counter, outlet });
  await outlets.putCounter(counter, outlet, note);
  // Another outlet may show other wallets.
  parts.hub.refresh();
  return everything(parts);
}

async function limitStaff(parts: OutletParts, given: LimitStaff, who: Asker): Promise<Answer> {
  const { outlets, staffOutlets } = parts.opened;
  const ids = (await outlets.list()).map(({ id }) => id);
  const person = (await staffOutlets.staff()).find(({ code }) => code === given.staffCode);
  if (person === undefined || !given.outlets.every((id) => ids.includes(id))) {
    return { refused: 'not-found' };
  }
  // Whoever may change the outlets is limited to none of them.
  if (person.role === 'owner' && given.outlets.length > 0) return { refused: 'outlet-owner' };
  const detail = { did: 'staff-outlets', staff: person.code, outlets: given.outlets.join(' ') };
  await staffOutlets.putStaff(person.code, given.outlets, noteOf(parts, who, detail));
  parts.hub.refresh();
  return everything(parts);
}

const noteOf = (
  { desk }: OutletParts,
  { person }: Asker,
  detail: NewTimelineEntry['detail'],
): NewTimelineEntry => ({
  ...{ at: desk.now(), paymentId: null, saleId: null, kind: 'person', actor: person.code },
  ...{ state: null, detail },
});
