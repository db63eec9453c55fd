/**
 * Giving money back (protocol.md §5.5, §7.7). A refund is a record of its own; the original keeps
 * 0000 and only its `cancel` moves. Refused refunds stay on record with their code.
 */
import { DAY, hkDay, hkSecondOfDay } from '../hong-kong';
import { textOf } from '../result-texts';
import { type Answer, refundAnswer, refusal } from './answers';
import type { Checked } from './charge';
import { announceRefund } from './notices';
import { findOrder, keep, move, nextSyssn, type Outlet, takingsKey, underNumber } from './records';
import type { Order, Refund, World } from './state';

const FROM = 23 * 3600 + 30 * 60;
/** Up to and with 00:30:59. */
const TO = 31 * 60;
function inBlackout(at: number): boolean {
  const second = hkSecondOfDay(at);
  return second >= FROM || second < TO;
}

/** Today's unsettled takings of an outlet, in minor units. */
const takingsOf = (world: World, outlet: Outlet, now: number): number =>
  world.takings.get(takingsKey(outlet, now)) ?? 0;

const sumOf = (order: Order, state: Refund['state']): number =>
  order.refunds.reduce((sum, one) => sum + (one.state === state ? one.amount : 0), 0);

type Refused = { readonly code: string; readonly text?: string };

/** How long after payment each wallet gives money back, and what it says after that (§7.7). */
function tooOld(world: World, order: Order, now: number): Refused | null {
  const age = now - (order.paidAt ?? now);
  switch (order.wallet) {
    case 'fps':
      if (world.settings.fpsRefunds === 'none') return { code: '1155' };
      return age > 29 * DAY ? { code: '1265', text: 'beyond the refundable period (1265)' } : null;
    case 'payme':
      return age > 90 * DAY ? { code: '1250' } : null;
    case 'alipay':
    case 'wechat':
    case 'card':
      return age > 365 * DAY ? { code: '1297' } : null;
    default:
      return null;
  }
}

function partRefused(world: World, order: Order, given: { amount: number; now: number }) {
  if (given.amount === order.amount) return null;
  const { fullOnlyCurrencies, fullOnlyPayTypes } = world.settings;
  if (fullOnlyCurrencies.includes(order.currency)) return { code: '1270' };
  if (fullOnlyPayTypes.includes(order.usedPayType)) return { code: '1271' };
  const sameDay = hkDay(order.paidAt ?? given.now) === hkDay(given.now);
  return order.wallet === 'card' && sameDay ? { code: '1124' } : null;
}

function whyNot(
  world: World,
  order: Order,
  given: { amount: number; now: number },
): Refused | null {
  const { settings } = world;
  if (order.state === 'reversed' && order.paidAt !== null) return { code: '1263' };
  if (order.paidAt === null) return { code: '1261' };
  const left = order.amount - sumOf(order, 'done');
  if (left === 0) return { code: settings.refundedCode };
  if (given.amount > left) return { code: '1272' };
  const old = tooOld(world, order, given.now);
  if (old !== null) return old;
  const judged = settings.blackoutBy === 'payment' ? order.paidAt : given.now;
  if (settings.blackoutBy !== 'off' && inBlackout(judged)) return { code: '1265' };
  const part = partRefused(world, order, given);
  if (part !== null) return part;
  const short = settings.balance === 'takings' && takingsOf(world, order, given.now) < given.amount;
  return short ? { code: '1269' } : null;
}

function settleCancelFlag(order: Order): void {
  const back = sumOf(order, 'done');
  if (back === 0) return;
  const whole = order.mode === 'CPM' ? '1' : '3';
  order.cancel = back >= order.amount ? whole : '5';
}

export function finishRefund(world: World, refund: Refund, now: number): void {
  refund.state = 'done';
  refund.doneAt = now;
  world.working.delete(refund);
  settleCancelFlag(refund.original);
  move(world, refund, { kind: 'refund', amount: -refund.amount, at: now });
  announceRefund(world, refund, now);
}

export function refundAskedOnce(world: World, refund: Refund, now: number): void {
  if (refund.state !== 'working' || refund.pollsLeft === null) return;
  refund.pollsLeft -= 1;
  if (refund.pollsLeft <= 0) finishRefund(world, refund, now);
}

type Named = { readonly order: Order | null; readonly seedStyle: boolean; readonly bare: boolean };

/** Which sale is meant: by `syssn`, by its alias, or in the specification's bare way (§10.9). */
function named(world: World, request: Checked): Named {
  const { account, mchid, params } = request;
  const number = params.get('out_trade_no');
  const syssn = params.get('syssn') ?? params.get('qf_trade_no');
  const own = findOrder(world, { account, mchid, number });
  if (syssn === undefined) return { order: own, seedStyle: own !== null, bare: true };
  const order = findOrder(world, { account, mchid, syssn });
  return { order, seedStyle: !params.has('syssn') && order !== null && own === order, bare: false };
}

function makeRefund(world: World, request: Checked, at: { original: Order; now: number }): Refund {
  const { params } = request;
  const { serial, syssn } = nextSyssn(world, at.now);
  const { refundMs, refundPolls, refundInProgress } = world.settings;
  return {
    kind: 'refund',
    account: request.account,
    mchid: request.mchid,
    syssn,
    serial,
    number: params.get('out_trade_no') ?? '',
    amount: Number(params.get('txamt')),
    currency: at.original.currency,
    txdtm: params.get('txdtm') ?? '',
    sysAt: at.now,
    udid: params.get('udid') ?? 'qiantai2',
    original: at.original,
    state: 'working',
    endCode: '',
    pendingCode: refundInProgress ?? '1143',
    doneAt: null,
    dueAt: refundMs === null ? null : at.now + refundMs,
    pollsLeft: refundPolls,
  };
}

function numberUsed(world: World, request: Checked, seedStyle: boolean): boolean {
  const number = request.params.get('out_trade_no') ?? '';
  return underNumber(world, request.account, number).some((entry) => {
    if (seedStyle) return false;
    const freed = !world.settings.refusedRefundKeepsNumber;
    return !(freed && entry.kind === 'refund' && entry.state === 'refused');
  });
}

export function refund(world: World, request: Checked, now: number): Answer {
  const { order, seedStyle, bare } = named(world, request);
  const number = request.params.get('out_trade_no') ?? '';
  const echo = { out_trade_no: number };
  const seedRefused = world.settings.seedRefunds === 'refuse';
  if (bare && (order === null || seedRefused)) {
    return refusal('1104', { note: 'syssn missing', fields: echo });
  }
  if (numberUsed(world, request, seedStyle && !seedRefused)) {
    return refusal('1251', { note: 'out_trade_no is used', fields: echo });
  }
  if (order === null) return refusal('1268', { fields: echo });
  if (order.refunds.some((one) => one.state === 'working')) {
    const text = `still have processing requests (${world.settings.busyRefundCode})`;
    return refusal(world.settings.busyRefundCode, { text, fields: echo });
  }
  const made = makeRefund(world, request, { original: order, now });
  keep(world, made);
  const refused = whyNot(world, order, { amount: made.amount, now });
  if (refused !== null) {
    made.state = 'refused';
    made.endCode = refused.code;
    return { ...refundAnswer(made), text: refused.text ?? textOf(refused.code) };
  }
  if (world.settings.refundInProgress === null) finishRefund(world, made, now);
  else world.working.add(made);
  return refundAnswer(made);
}
