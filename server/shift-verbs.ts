/**
 * What may be asked about shifts. A manager sees every counter's; whoever is not one says at which
 * counter they stand and sees that counter's alone: another one's does not exist for them.
 */
import { startOfBusinessDay } from '@/lib/business-day';
import { can } from '@/lib/capabilities';
import { holdsCardNumber } from '@/lib/card-number';
import type {
  CloseAnswer,
  CloseShift,
  ShiftAnswer,
  ShiftPage,
  ShiftView,
} from '@/lib/contract-shift';
import type { Shift } from '@/lib/shift';
import { shiftView } from '@/lib/shift-view';
import { isShopDay } from '@/lib/time';
import type { Parts as All, Asker, Refusal } from './answers';
import { dayRule } from './day-rule';

const PAGE = 20;
/** What of the whole is needed here. */
export type ShiftParts = {
  readonly env: { readonly shop: Pick<All['env']['shop'], 'timeZone' | 'currency'> };
  readonly opened: Pick<All['opened'], 'shifts' | 'settings'>;
  readonly desk: Pick<All['desk'], 'now'>;
};
type Invalid = { readonly refused: 'invalid'; readonly fields: readonly string[] };

export function createShiftVerbs(parts: ShiftParts) {
  const { shifts } = parts.opened;
  /** The shift, when this person may see it. */
  const seen = async (id: string, counter: string | null, who: Asker): Promise<Shift | null> => {
    const shift = ID.test(id) ? await shifts.shift(Number(id)) : null;
    if (shift === null || seesAll(who) || shift.counter === counter) return shift;
    return null;
  };
  return {
    shifts: (params: URLSearchParams, who: Asker) => list(parts, params, who),
    shift: async (
      { id, counter }: { id: string; counter: string | null },
      who: Asker,
    ): Promise<ShiftAnswer | Refusal> => {
      const shift = await seen(id, counter, who);
      return shift === null ? { refused: 'not-found' } : { shift: await shown(parts, shift) };
    },
    openShift: async (
      { counter }: { counter: string },
      { person }: Asker,
    ): Promise<ShiftAnswer> => {
      const at = parts.desk.now();
      const shift = await shifts.open({ counter, staff: person.code, at });
      return { shift: await shown(parts, shift) };
    },
    closeShift: async (
      { id, key, body }: { id: string; key: string; body: CloseShift },
      who: Asker,
    ): Promise<CloseAnswer | Refusal> => {
      const known = await seen(id, body.counter ?? null, who);
      if (known === null) return { refused: 'not-found' };
      const { currency } = parts.env.shop;
      const closing = { id: known.id, key, staff: who.person.code, at: parts.desk.now(), currency };
      const closed = await shifts.close(closing);
      if ('refused' in closed) return closed;
      return { shift: await shown(parts, closed.shift), yours: closed.yours };
    },
    correctShift: async (
      { id, reason }: { id: string; reason: string },
      who: Asker,
    ): Promise<ShiftAnswer | Refusal> => {
      if (holdsCardNumber(reason)) return { refused: 'card-number' };
      const known = await seen(id, null, who);
      if (known === null) return { refused: 'not-found' };
      const at = parts.desk.now();
      const isKept = await shifts.correct({ id: known.id, staff: who.person.code, reason, at });
      return isKept ? { shift: await shown(parts, known) } : { refused: 'shift-open' };
    },
  };
}

const ID = /^[1-9]\d{0,14}$/;
/** Whoever is limited to outlets names a counter, as a cashier does. */
const seesAll = ({ person }: Asker): boolean =>
  can(person.role, 'see-all-shifts') && person.outlets === undefined;

async function shown(parts: ShiftParts, shift: Shift): Promise<ShiftView> {
  const { opened, env, desk } = parts;
  const figures = await opened.shifts.figures(shift, env.shop.currency);
  const corrections = await opened.shifts.corrections(shift.id);
  const rule = await dayRule(parts);
  return shiftView(shift, { figures, corrections }, { rule, now: desk.now() });
}

async function list(
  parts: ShiftParts,
  params: URLSearchParams,
  who: Asker,
): Promise<ShiftPage | Invalid> {
  const text = (name: string) => params.get(name)?.trim() || null;
  const [counter, day, cursor] = [text('counter'), text('from'), text('cursor')];
  const after = cursor === null ? null : readCursor(cursor);
  const wrong = [
    ...(counter === null && !seesAll(who) ? ['counter'] : []),
    ...(day === null || isShopDay(day) ? [] : ['from']),
    ...(cursor !== null && after === null ? ['cursor'] : []),
  ];
  if (wrong.length > 0) return { refused: 'invalid', fields: wrong };
  const from = day === null ? null : startOfBusinessDay(day, await dayRule(parts));
  const { shifts, next } = await parts.opened.shifts.page({ counter, from, after, limit: PAGE });
  const views: ShiftView[] = [];
  for (const shift of shifts) views.push(await shown(parts, shift));
  return { shifts: views, next: next === null ? null : `${next.openedAt}.${next.id}` };
}

function readCursor(given: string): { openedAt: number; id: number } | null {
  const [, openedAt, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(given) ?? [];
  return id === undefined ? null : { openedAt: Number(openedAt), id: Number(id) };
}
