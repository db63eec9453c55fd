/**
 * A shop of real processes: the built app, the gateway simulator, and a line between them that a
 * test can break. After every scenario its books are held against the gateway's, to the cent.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import type { PaymentView } from '@/lib/contract';
import { buildIfChanged } from '@/server/commands/build.mjs';
import { differences, type TheirBooks, type TheirOrder } from '../support/books';
import { everyPayment } from '../support/every-payment';
import { type Program, until } from '../support/processes';
import { type FaultProxy, startProxy } from '../support/proxy/proxy';
import { type Stack, type StackOptions, startStack } from '../support/stack';
import { type Answer, enter, type StaffClient } from '../support/staff-client';
import { STAFF } from '../support/till';
import { oddClock, untilHongKong } from '../support/wrong-clock';

export const CHARGE = '/trade/v1/payment';
export const QUERY = '/trade/v1/query';
export const REFUND = '/trade/v1/refund';
export const CLOSE = '/trade/v1/close';

type World = TheirBooks & {
  readonly settings: Record<string, unknown>;
  readonly calls: {
    readonly counts: Readonly<Record<string, number>>;
    readonly log: readonly { endpoint: string; numbers: readonly string[] }[];
  };
  readonly notifications: readonly { number: string; body: string; signature: string }[];
};
export type Tap = {
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>> & { readonly amount: number };
};

/** What a notification is made of. */
type Knock = { readonly body: string; readonly signature: string };

export type Shop = Awaited<ReturnType<typeof openShop>>;
type Options = StackOptions & {
  /** How many seconds pass in the shop while one passes outside. */
  readonly rate?: number;
  /** What the clocks of Hong Kong say when it opens, such as `12:00:00`; now when left out. */
  readonly at?: string;
};

export async function openShop({ rate = 1, at, env = {}, ...options }: Options = {}) {
  await built();
  const folder = mkdtempSync(path.join(tmpdir(), 'countertop-shop-'));
  const clock = oddClock(folder, rate, at === undefined ? 0 : untilHongKong(at));
  const stateFile = path.join(folder, 'gateway.json');
  const line: { proxy: FaultProxy | null } = { proxy: null };
  const stack = await startStack({
    ...options,
    env: { ...clock.env, ...env },
    simulatorEnv: { SIMULATOR_STATE: stateFile },
    through: async (url) => {
      line.proxy = await startProxy(url);
      return line.proxy.url;
    },
  });
  const proxy = given(line.proxy);
  // A fast shop asks more in a real minute than QFPay allows in one of its own.
  const usual = { ...(await world(stack)).settings, rateLimits: rate === 1 };
  await stack.control('clock', { now: clock.now(), speed: rate });
  await stack.control('config', usual);
  const staff = {
    cashier: await enter(stack.till),
    manager: await enter(stack.till, 'manager'),
  };
  // In a fast shop a screen would lock before a test has drawn breath.
  if (rate !== 1) await neverLock(stack);
  const others: Program[] = [];
  const strange = new Set<string>();
  return {
    ...{ stack, proxy, clock, stateFile, ...staff },
    ...deeds(stack, staff, strange),
    ...knocking(stack),
    /** From here on the two books may say different things of this number. */
    differsAt: (number: string) => {
      strange.add(number);
    },
    world: () => world(stack),
    /** Before a scenario: nothing is broken and nothing waits. */
    calm: async () => {
      await proxy.heal();
      await fetch(`${stack.simulator.url}/control/fault`, { method: 'DELETE' });
      await stack.control('config', usual);
      if (stack.app().exit() !== null) await stack.restartApp();
    },
    /** Ends with the shop. */
    alsoEnds: (program: Program) => {
      others.push(program);
    },
    close: async () => {
      await Promise.all([stack.stop(), ...others.map((other) => other.end('SIGKILL'))]);
      await proxy.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function neverLock({ till }: Stack): Promise<void> {
  const owner = await enter(till, 'owner');
  const body = { 'idle-lock-minutes': 0, pin: STAFF.owner.pin };
  expect((await owner.call('PUT', '/api/settings', { body })).status).toBe(200);
}

/** Two test files may want it at once, and Next.js builds for one of them only. */
async function built(): Promise<void> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const done = async () => {
    try {
      await buildIfChanged({ say });
      return true;
    } catch (error) {
      if (/another next build/i.test(String(error))) return false;
      throw error;
    }
  };
  await until(done, { withinMs: 180_000 });
}

/** What people do in the shop, and what can be seen of it. */
function deeds(
  stack: Stack,
  { cashier, manager }: Record<'cashier' | 'manager', StaffClient>,
  strange: ReadonlySet<string>,
) {
  const payment = async (id: string): Promise<PaymentView> => {
    const { status, body } = await manager.call('GET', `/api/payments/${id}`);
    expect(status).toBe(200);
    return body.payment as PaymentView;
  };
  const comes = async (id: string, state: PaymentView['state'], withinMs = 15_000) => {
    let now = await payment(id);
    const is = async () => {
      now = await payment(id);
      return now.state === state;
    };
    await until(is, { withinMs }).catch(() => expect(now.state, JSON.stringify(now)).toBe(state));
    return now;
  };
  const tap = ({ key, body }: Tap): Promise<Answer> =>
    cashier.call('POST', '/api/payments', { key, body });
  return {
    payment,
    /** Waits until the payment is in this state and answers it. */
    comes,
    tap,
    /** A QR on the screen. On a busy machine a fast shop's answer may be late: then another one. */
    shown: async (payType?: string): Promise<PaymentView> => {
      for (let tries = 0; tries < 5; tries += 1) {
        const { status, body } = await tap(qrTap(payType));
        expect(status, JSON.stringify(body)).toBe(201);
        const payment = body.payment as PaymentView;
        if (payment.state === 'awaiting') return payment;
      }
      throw new Error('no QR came up');
    },
    /** A tap of which nobody waits for the answer: the server may die under it. */
    tapAndGo: (given: Tap): Promise<Answer | null> => tap(given).catch(() => null),
    /** The payment that a tap's key has made, as a tablet finds out: by the same tap again. */
    whatBecameOf: async (given: Tap): Promise<PaymentView> => {
      const { status, body } = await tap(given);
      expect(status, JSON.stringify(body)).toBe(201);
      return body.payment as PaymentView;
    },
    order: async (id: string): Promise<TheirOrder | null> =>
      (await world(stack)).orders.find(({ number }) => number === id) ?? null,
    /** How often such a call has reached the gateway; about this number, or at all. */
    arrived: async (call: string, id?: string): Promise<number> => {
      const { calls } = await world(stack);
      if (id === undefined) return calls.counts[call] ?? 0;
      const same = calls.log.filter((one) => one.endpoint === call && one.numbers.includes(id));
      return same.length;
    },
    /** Every payment that the till knows. */
    payments: () => everyPayment(manager),
    booksAgree: () => booksAgree(stack, manager, strange),
  };
}

function knocking(stack: Stack) {
  return {
    /** What the gateway wants to tell of this payment, kept from the till or told already. */
    notice: async (id: string): Promise<Knock> => {
      const { notifications } = await world(stack);
      return given(notifications.find(({ number }) => number === id) ?? null);
    },
    /** Somebody calls himself QFPay. */
    knock: async ({ body, signature }: Knock): Promise<{ status: number; text: string }> => {
      const headers = { 'content-type': 'application/json', 'x-qf-sign': signature };
      const post = { method: 'POST', headers, body };
      const answer = await fetch(`${stack.till}/api/qfpay/notify`, post);
      return { status: answer.status, text: await answer.text() };
    },
  };
}

async function world(stack: Stack): Promise<World> {
  return (await stack.control('state')) as World;
}

/** Late news may still be on its way: the books have some seconds to come together. */
async function booksAgree(
  stack: Stack,
  manager: StaffClient,
  strange: ReadonlySet<string>,
): Promise<void> {
  let found: string[] = [];
  const agree = async () => {
    const theirs = await world(stack);
    const all = differences(await everyPayment(manager), theirs);
    found = all.filter((said) => ![...strange].some((number) => said.startsWith(number)));
    return found.length === 0;
  };
  await until(agree, { withinMs: 10_000 }).catch(() => expect(found).toEqual([]));
}

function given<T>(value: T | null): T {
  if (value === null) throw new Error('it was never made');
  return value;
}

/** The moment of a kill is the scenario; nothing is waited for by this. */
export const passed = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));

let taps = 0;
/** A customer with a code that pays at once; every tap has an amount and a code of its own. */
export function codeTap(amount?: number): Tap {
  taps += 1;
  const authCode = `13${String(Date.now()).slice(-8)}${String(taps).padStart(8, '0')}`;
  return { key: `tap-${Date.now()}-${taps}`, body: { amount: amount ?? 1_000 + taps, authCode } };
}
/** A customer who will scan our QR. */
export function qrTap(payType = '800201'): Tap {
  taps += 1;
  return { key: `tap-${Date.now()}-${taps}`, body: { amount: 1_000 + taps, payType } };
}
