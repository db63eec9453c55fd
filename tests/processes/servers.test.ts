/**
 * Three servers of one shop on one PostgreSQL, as real processes: what one does is done for all,
 * and when the one that watches stops or dies, another one watches.
 */

import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentView } from '@/lib/contract';
import { postgresBinaries } from '../support/postgres/binaries';
import { type PostgresServer, startPostgres } from '../support/postgres/server';
import { until } from '../support/processes';
import { type Stack, startStack } from '../support/stack';
import { enter, jarOf, type StaffClient } from '../support/staff-client';
import { STAFF } from '../support/till';
import { tryPinAt } from '../support/try-pin';
import { codeTap, openShop, type Shop } from './shop';

const binaries = postgresBinaries();
const why = 'missing' in binaries ? binaries.missing : '';

let postgres: PostgresServer;
let shop: Shop;
let others: Stack[];
let managers: StaffClient[];

async function asked(sql: string, values: string[] = [], database = 'shop') {
  const client = new pg.Client({ connectionString: postgres.url(database) });
  await client.connect();
  const { rows } = await client.query(sql, values);
  await client.end();
  return rows as Record<string, unknown>[];
}

async function openServers(): Promise<void> {
  if ('missing' in binaries) return;
  postgres = await startPostgres(binaries.folder);
  await asked('create database shop', [], 'postgres');
  const env = { DATABASE_URL: postgres.url('shop'), AUTH_SECRET: 'the same on every server' };
  shop = await openShop({ env });
  const { simulator } = shop.stack;
  const another = () => startStack({ simulator, env: { ...env, QFPAY_BASE_URL: shop.proxy.url } });
  others = [await another(), await another()];
  managers = await Promise.all(others.map(({ till }) => enter(till, 'manager')));
}

async function closeServers(): Promise<void> {
  if ('missing' in binaries) return;
  await Promise.all(others.map((other) => other.stop()));
  await shop.close();
  await postgres.stop();
}

const manager = (n: number): StaffClient => {
  const found = managers[n];
  if (found === undefined) throw new Error(`there is no server ${n}`);
  return found;
};
const seenBy = async (n: number, id: string): Promise<PaymentView> => {
  const { status, body } = await manager(n).call('GET', `/api/payments/${id}`);
  expect(status).toBe(200);
  return body.payment as PaymentView;
};
const quiet = () =>
  shop.stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });

describe.skipIf(why !== '')(
  `three servers of one shop${why && `, left out because ${why}`}`,
  () => {
    beforeAll(openServers, 400_000);
    afterAll(closeServers);
    beforeEach(() => shop.calm());
    afterEach(() => shop.booksAgree(), 20_000);

    test('are one: whoever signed in at one is known at the others, and health says on what', async () => {
      const jar = jarOf(shop.manager);
      for (const { till } of others) {
        const asked = await fetch(`${till}/api/payments`, { headers: { cookie: jar } });
        expect(asked.status).toBe(200);
        const health = await fetch(`${till}/api/health`);
        expect(await health.json()).toMatchObject({ database: 'ok', engine: 'postgresql' });
      }
    });

    test('S14 whoever signs out at one is out at the others at once', async () => {
      const [here] = others;
      const leaver = await enter(here?.till ?? '');
      const cookie = jarOf(leaver);
      const seen = () => fetch(`${shop.stack.till}/api/session`, { headers: { cookie } });
      expect((await seen()).status).toBe(200);
      const { csrfToken } = (await (await leaver.send('/api/auth/csrf')).json()) as {
        csrfToken: string;
      };
      const body = new URLSearchParams({ csrfToken, json: 'true' });
      await leaver.send('/api/auth/signout', { method: 'POST', body });
      expect((await seen()).status).toBe(401);
    });

    test('S23 guesses at all of them are counted together, and make all of them wait', async () => {
      const tills = [shop.stack, ...others].map(({ till }) => till);
      const guess = { pin: '000000', code: '7777', from: '127.0.0.41' };
      const tried = await Promise.all(
        [...tills, ...tills, ...tills].map((till) => tryPinAt(till, guess)),
      );
      expect(tried.map(({ status }) => status)).toEqual(tried.map(() => 401));
      // Whoever comes after the fifth may be told to wait, and is no guess then.
      const [row] = await asked('select failures from throttle where key = $1', ['staff:7777']);
      expect(Number(row?.failures)).toBeGreaterThanOrEqual(5);
      const right = { ...STAFF.cashier, from: guess.from };
      const after = await Promise.all(tills.map((till) => tryPinAt(till, right)));
      for (const { text } of after) expect(text).toContain('too-many-tries');
    });

    test('a sale at one is on the tablets of the others while it happens', async () => {
      const stream = await manager(1).send('/api/events');
      const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
      const tap = codeTap();
      const { id } = await shop.whatBecameOf(tap);
      let heard = '';
      const paid = new RegExp(`"id":"${id}"[^\n]*"state":"paid"`);
      await until(
        async () => {
          heard += (await reader?.read())?.value ?? '';
          return paid.test(heard);
        },
        { withinMs: 5_000 },
      );
      await reader?.cancel();
    });

    test('one tap that reaches all three at once is one payment and one charge', async () => {
      const { key, body } = codeTap();
      const everybody = [shop.manager, manager(0), manager(1)];
      const answers = await Promise.all(
        everybody.map((one) => one.call('POST', '/api/payments', { key, body })),
      );
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
      const ids = new Set(answers.map((it) => (it.body.payment as PaymentView).id));
      expect(ids.size).toBe(1);
      const [id = ''] = ids;
      await until(async () => (await seenBy(0, id)).state === 'paid', { withinMs: 15_000 });
      expect(await shop.arrived('payment', id)).toBe(1);
    });

    test('F86 all three together ask no more than one may', async () => {
      const everybody = [shop.manager, manager(0), manager(1)];
      const answers = await Promise.all(
        everybody.flatMap((one) =>
          Array.from({ length: 20 }, () => {
            const { key, body } = codeTap();
            return one.call('POST', '/api/payments', { key, body });
          }),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      const states = answers.map((it) => (it.body.payment as PaymentView).state);
      // The gateway counts for itself; and those for whom nothing was left in time sent nothing.
      const said = [shop.stack, ...others].map((it) => it.logs()).join('');
      expect(said).not.toMatch(/"status":429/);
      expect(states.filter((state) => state === 'paid').length).toBeGreaterThan(10);
    });

    test('F77 when the one that watches is killed, another one finds what was paid', async () => {
      await quiet();
      const { id } = await shop.shown();
      await shop.stack.kill9App();
      await shop.stack.control('pay', { number: id });
      await until(async () => (await seenBy(1, id)).state === 'paid', { withinMs: 15_000 });
      await shop.stack.restartApp();
    });

    test('F76 one that slept past its lease writes nothing, and the books are the same', async () => {
      await quiet();
      const sleepers = [shop.stack, ...others].map((it) => it.app());
      const { id } = await shop.shown();
      // Whoever watches is among them.
      for (const one of sleepers.slice(0, 2)) one.signal('SIGSTOP');
      await shop.stack.control('pay', { number: id });
      await until(async () => (await seenBy(1, id)).state === 'paid', { withinMs: 20_000 });
      const { version } = await seenBy(1, id);
      for (const one of sleepers.slice(0, 2)) one.signal('SIGCONT');
      const next = await shop.shown();
      await shop.stack.control('pay', { number: next.id });
      await until(async () => (await seenBy(0, next.id)).state === 'paid', { withinMs: 15_000 });
      expect((await seenBy(1, id)).version).toBe(version);
    });
  },
);
