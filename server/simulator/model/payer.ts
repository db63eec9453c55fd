/**
 * What the customer does with a phone, and what time does to an order nobody pays. The only place
 * where money comes in.
 */
import type { Settings } from '../settings';
import { announcePayment } from './notices';
import { move, walletNumber } from './records';
import type { Order, World } from './state';

export type Acted = { readonly ok: true } | { readonly ok: false; readonly why: string };
const DONE: Acted = { ok: true };

export const isWaiting = (order: Order): boolean =>
  order.state === 'open' || order.state === 'asking';

const maybeLate = (world: World, order: Order): boolean =>
  (order.state === 'expired' || order.state === 'closed') &&
  (order.late ?? world.settings.latePayment);

/** `force` lets money through whatever the order's state is, as wallets sometimes do. */
export type Payment = { readonly at: number; readonly force: boolean };

export function pay(world: World, order: Order, { at, force }: Payment): Acted {
  if (order.state === 'paid' || order.paidAt !== null) return { ok: false, why: 'already-paid' };
  if (!isWaiting(order) && !maybeLate(world, order) && !force) {
    return { ok: false, why: order.state };
  }
  order.state = 'paid';
  order.cancel = '0';
  order.paidAt = at;
  order.plan = null;
  order.prompt = false;
  order.chnlsn = walletNumber(order.wallet, order.syssn);
  order.cardcd = `2088${order.syssn.slice(-12)}`;
  world.live.delete(order);
  move(world, order, { kind: 'payment', amount: order.amount, at });
  announcePayment(world, order, at);
  return DONE;
}

export function refuse(world: World, order: Order, code: string): Acted {
  if (!isWaiting(order)) return { ok: false, why: order.state };
  order.state = 'refused';
  order.endCode = code;
  order.plan = null;
  order.prompt = false;
  world.live.delete(order);
  return DONE;
}

export function expire(world: World, order: Order): Acted {
  if (order.state !== 'open') return { ok: false, why: order.state };
  order.state = 'expired';
  order.endCode = world.settings.expiredCode;
  if (order.plan?.at == null) world.live.delete(order);
  return DONE;
}

/** Ends an unpaid order on the shop's wish. A plan with a time outlives it and may be too late. */
export function stop(world: World, order: Order, cancel: '1' | '2'): void {
  order.state = cancel === '2' ? 'closed' : 'reversed';
  order.endCode = '1142';
  order.cancel = cancel;
  order.prompt = false;
  if (order.plan?.at == null) {
    order.plan = null;
    world.live.delete(order);
  }
}

/** How long an order lives, in ms; `minutes` is null when the shop named none. */
export function lifeOf(
  settings: Settings,
  wallet: Order['wallet'],
  minutes: number | null,
): number {
  const honoured = settings.expiryFor === 'all' || wallet === 'wechat' || wallet === 'alipay';
  return (honoured && minutes !== null ? minutes : settings.defaultMinutes) * 60_000;
}

/** When something happens to this order by itself; null when nothing will. */
export function dueOf(order: Order): number | null {
  const expiry = order.state === 'open' ? order.expiresAt : null;
  const planned = order.plan?.at ?? null;
  if (expiry === null || planned === null) return expiry ?? planned;
  return Math.min(expiry, planned);
}

/** Does what is due at `at`. Who pays at the very moment of expiry has paid. */
export function fallDue(world: World, order: Order, at: number): void {
  const plan = order.plan;
  if (plan !== null && plan.at !== null && plan.at <= at) {
    order.plan = null;
    if (plan.act.kind === 'pay') pay(world, order, { at: plan.at, force: plan.force });
    else refuse(world, order, plan.act.code);
    if (!isWaiting(order)) world.live.delete(order);
  }
  if (order.state === 'open' && order.expiresAt !== null && order.expiresAt <= at) {
    expire(world, order);
  }
}

/** An answer said that it is still waiting: a payer who counts decides after the last of them. */
export function askedOnce(world: World, order: Order, now: number): void {
  const plan = order.plan;
  if (plan === null || plan.polls === null || !isWaiting(order)) return;
  const left = plan.polls - 1;
  if (left > 0) {
    order.plan = { ...plan, polls: left };
    return;
  }
  order.plan = null;
  if (plan.act.kind === 'pay') pay(world, order, { at: now, force: false });
  else refuse(world, order, plan.act.code);
}
