/** A paid sale and its refunds, as a program of the shop's own makes them. Minor units of HKD. */
import { expect } from 'playwright/test';
import type { Stack } from './stack';
import { type Answer, enter, type StaffClient } from './staff-client';
import { gatewayWorld, STAFF } from './till';

export type Shop = {
  readonly stack: Stack;
  readonly cashier: StaffClient;
  readonly manager: StaffClient;
  readonly owner: StaffClient;
};

export async function openShop(stack: Stack): Promise<Shop> {
  const cashier = await enter(stack.till);
  const manager = await enter(stack.till, 'manager');
  return { stack, cashier, manager, owner: await enter(stack.till, 'owner') };
}

let keys = 0;
export const newKey = (): string => `test-${Date.now()}-${keys++}`;

/** A code of a wallet that gives money back again after three seconds. */
export async function alipayCode({ control }: Pick<Stack, 'control'>): Promise<string> {
  const { code } = (await control('issue-code', { wallet: 'alipay-hk' })) as { code: string };
  return code;
}

export async function paidSale({ stack, cashier }: Shop, amount = 10_000): Promise<string> {
  const body = { amount, authCode: await alipayCode(stack), counter: 'Refunds' };
  const { payment } = (await cashier.call('POST', '/api/payments', { body, key: newKey() }))
    .body as { payment: { id: string; state: string } };
  expect(payment.state).toBe('paid');
  return payment.id;
}

type Given = {
  readonly amount: number;
  readonly reason?: string;
  readonly pin?: string | null;
  readonly key?: string;
  readonly who?: 'manager' | 'owner' | 'cashier';
};

/** `pin` null leaves it out of the body. */
export function refund(shop: Shop, id: string, given: Given): Promise<Answer> {
  const { amount, reason = 'Wrong size', who = 'manager', key = newKey() } = given;
  const pin = given.pin === undefined ? STAFF[who].pin : given.pin;
  const body = { amount, reason, ...(pin === null ? {} : { pin }) };
  return shop[who].call('POST', `/api/payments/${id}/refunds`, { body, key });
}

export type Told = {
  readonly payment: Record<string, unknown>;
  readonly refunds: readonly {
    readonly id: string;
    readonly state: string;
    readonly amount: number;
    readonly failure: { readonly says: string } | null;
  }[];
};
export const told = async ({ manager }: Shop, id: string): Promise<Told> =>
  (await manager.call('GET', `/api/payments/${id}`)).body as Told;

/** Waits until every refund of the payment has come to an end, and answers them. */
export async function settled(shop: Shop, id: string, timeout = 30_000): Promise<Told> {
  const states = async () => (await told(shop, id)).refunds.map(({ state }) => state);
  await expect
    .poll(async () => (await states()).filter((state) => !['done', 'failed'].includes(state)), {
      timeout,
    })
    .toEqual([]);
  return told(shop, id);
}

/** What the gateway itself gave back, in all, and how often it was asked to. */
export async function givenBack(stack: Pick<Stack, 'control'>) {
  const { ledger, calls } = await gatewayWorld(stack);
  const back = ledger.filter(({ kind }) => kind === 'refund');
  const sum = back.reduce((total, { amount }) => total - amount, 0);
  return { asked: calls.counts.refund ?? 0, movements: back.length, sum };
}
