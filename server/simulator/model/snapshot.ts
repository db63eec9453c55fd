/**
 * The world as plain data and back, so that a demo finds yesterday's sales again after it was
 * stopped. Settings, faults and accounts are not part of it, and no key is.
 */
import { accountOf, keep } from './records';
import type { IssuedCode, Movement, Notice, Order, Refund, World } from './state';

type KeptOrder = Omit<Order, 'account' | 'refunds'> & { readonly appCode: string };
type KeptRefund = Omit<Refund, 'account' | 'original'> & {
  readonly appCode: string;
  readonly origSyssn: string;
};
export type Snapshot = {
  readonly version: 1;
  readonly serial: number;
  readonly orders: readonly KeptOrder[];
  readonly refunds: readonly KeptRefund[];
  readonly ledger: readonly Movement[];
  readonly takings: readonly (readonly [string, number])[];
  readonly codes: readonly IssuedCode[];
  readonly notices: readonly Notice[];
};

export const takeSnapshot = (world: World): Snapshot => ({
  version: 1,
  serial: world.serial,
  orders: world.orders.map(({ account, refunds: _refunds, ...order }) => ({
    ...order,
    appCode: account.appCode,
  })),
  refunds: world.refunds.map(({ account, original, ...refund }) => ({
    ...refund,
    appCode: account.appCode,
    origSyssn: original.syssn,
  })),
  ledger: world.ledger,
  takings: [...world.takings],
  codes: [...world.codes.values()],
  notices: world.notices,
});

/** Whether a file holds one; its insides are taken on trust, for nobody else writes it. */
export function isSnapshot(value: unknown): value is Snapshot {
  if (typeof value !== 'object' || value === null || !('version' in value)) return false;
  const lists = ['orders', 'refunds', 'ledger', 'takings', 'codes', 'notices'];
  return (
    value.version === 1 &&
    lists.every((name) => Array.isArray(Object.getOwnPropertyDescriptor(value, name)?.value))
  );
}

/** Puts a snapshot into an empty world. Records of accounts that are gone stay behind. */
export function putBack(world: World, snapshot: Snapshot): void {
  world.serial = snapshot.serial;
  for (const { appCode, ...kept } of snapshot.orders) {
    const account = accountOf(world, appCode);
    if (account === null) continue;
    const order: Order = { ...kept, account, refunds: [] };
    keep(world, order);
    if (order.state === 'open' || order.state === 'asking' || order.plan !== null) {
      world.live.add(order);
    }
  }
  for (const { appCode, origSyssn, ...kept } of snapshot.refunds) {
    const account = accountOf(world, appCode);
    const original = world.bySyssn.get(origSyssn);
    if (account === null || original?.kind !== 'payment') continue;
    const refund: Refund = { ...kept, account, original };
    keep(world, refund);
    if (refund.state === 'working') world.working.add(refund);
  }
  world.ledger.push(...snapshot.ledger);
  for (const [key, amount] of snapshot.takings) world.takings.set(key, amount);
  for (const code of snapshot.codes) world.codes.set(code.code, code);
  for (const notice of snapshot.notices) {
    world.notices.push(notice);
    // One that was on its way when the program ended was never answered: it goes out again.
    if (notice.state === 'sending') notice.state = 'waiting';
    if (notice.state === 'waiting') world.waiting.add(notice);
  }
}
