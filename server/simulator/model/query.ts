/**
 * The only authority on a payment (protocol.md §5.4). An answered question says nothing about an
 * order that is not among its rows.
 */
import { hkMonth, monthBounds, readStamp } from '../hong-kong';
import { QUERY_DONE } from '../result-texts';
import type { Params } from '../signature';
import { type Answer, codeOf, refusal, rowOf } from './answers';
import type { Checked } from './charge';
import { askedOnce } from './payer';
import { scatter } from './random';
import { belongsTo, underNumber } from './records';
import type { Entry, World } from './state';

type Window = { readonly from: number; readonly to: number };
const LARGEST_PAGE = 100;

/** Null when it is malformed or spans two months (DOCU, MK). */
function windowOf(params: Params, now: number): Window | null {
  const start = params.get('start_time');
  const end = params.get('end_time');
  if (start === undefined && end === undefined) return monthBounds(hkMonth(now));
  const from = start === undefined ? null : readStamp(start);
  const to = end === undefined ? null : readStamp(end);
  if ((start !== undefined && from === null) || (end !== undefined && to === null)) return null;
  const month = hkMonth(from ?? to ?? now);
  const whole = monthBounds(month);
  const window = { from: from ?? whole.from, to: to === null ? whole.to : to + 999 };
  return hkMonth(window.to) === month ? window : null;
}

const listOf = (params: Params, name: string): readonly string[] | null =>
  params.get(name)?.split(',') ?? null;

function wholeNumber(text: string | undefined, absent: number): number | null {
  if (text === undefined) return absent;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return value >= 1 ? value : null;
}

/** The records that could be meant, before the window is laid over them. */
function candidates(world: World, request: Checked, window: Window): readonly Entry[] {
  const syssns = listOf(request.params, 'syssn');
  const numbers = listOf(request.params, 'out_trade_no');
  if (syssns !== null) {
    const found = [...new Set(syssns)].flatMap((syssn) => world.bySyssn.get(syssn) ?? []);
    return numbers === null ? found : found.filter((entry) => numbers.includes(entry.number));
  }
  if (numbers !== null) {
    return [...new Set(numbers)].flatMap((one) => underNumber(world, request.account, one));
  }
  return world.byMonth.get(hkMonth(window.from)) ?? [];
}

function isMeant(
  world: World,
  request: Checked,
  at: { readonly window: Window; readonly now: number },
): (entry: Entry) => boolean {
  const { params, account, mchid } = request;
  const payTypes = listOf(params, 'pay_type');
  const respcd = params.get('respcd');
  const byNumber = params.has('syssn') || params.has('out_trade_no');
  const { visibilityDelayMs } = world.settings;
  const windowBites = !byNumber || world.settings.monthPartition;
  return (entry) => {
    const order = entry.kind === 'refund' ? entry.original : entry;
    return (
      belongsTo(entry, account, mchid) &&
      // Without a delay even a record from before the clock was set back is seen.
      (visibilityDelayMs === 0 || entry.sysAt + visibilityDelayMs <= at.now) &&
      (!windowBites || (entry.sysAt >= at.window.from && entry.sysAt <= at.window.to)) &&
      (payTypes === null || payTypes.includes(order.usedPayType)) &&
      (respcd === undefined || codeOf(entry) === respcd)
    );
  };
}

/** No meaningful order, yet the same one for every page of a question. */
const byChance = (a: Entry, b: Entry): number =>
  scatter(a.syssn) - scatter(b.syssn) || a.serial - b.serial;
const byAge = (a: Entry, b: Entry): number => b.serial - a.serial;

export type Found = { readonly answer: Answer; readonly entries: readonly Entry[] };

export function query(world: World, request: Checked, now: number): Found {
  const { params } = request;
  const no = (note: string): Found => ({ answer: refusal('1104', { note }), entries: [] });
  const longest = world.settings.numberListChars;
  for (const name of ['syssn', 'out_trade_no']) {
    const given = params.get(name) ?? '';
    if (longest !== null && given.length > longest) return no(`${name} too long`);
  }
  const window = windowOf(params, now);
  if (window === null) return no('start_time and end_time must lie in one month');
  const page = wholeNumber(params.get('page'), 1);
  const asked = wholeNumber(params.get('page_size'), 10);
  if (page === null || asked === null) return no('page or page_size invalid');
  const pageSize = Math.min(asked, LARGEST_PAGE);
  const found = candidates(world, request, window)
    .filter(isMeant(world, request, { window, now }))
    .sort(world.settings.shuffle ? byChance : byAge);
  const entries = found.slice((page - 1) * pageSize, page * pageSize);
  const answer: Answer = {
    ...refusal('0000', { text: QUERY_DONE }),
    rows: { data: entries.map(rowOf), page, pageSize },
  };
  return { answer, entries };
}

/** After the answer is made: payers and refunds that count their questions. */
export function countQuestions(
  world: World,
  entries: readonly Entry[],
  hooks: { readonly now: number; readonly refundAsked: (entry: Entry) => void },
): void {
  for (const entry of entries) {
    if (entry.kind === 'payment') askedOnce(world, entry, hooks.now);
    else hooks.refundAsked(entry);
  }
}
