/** What breaks while a door decides decides no (security.md S65): the handler is never reached. */
import { NextRequest } from 'next/server';
import { beforeEach, describe, expect, test } from 'vitest';
import { door, json, openDoor } from '@/app/api/http';
import { POST as notify } from '@/app/api/qfpay/notify/route';
import { verifyPin } from '@/server/staff/pin';

/** Where server/runtime keeps the one running app. */
const SHELF = Symbol.for('countertop.app');
const breaks = async (): Promise<never> => {
  throw new Error('it broke');
};
const PERSON = { code: '1000', name: 'Chan', role: 'owner' } as const;
const SESSION = {
  ...{ person: PERSON, idHash: 'x', device: null, touchedAt: 0, locked: false, locksInMs: null },
};
const good = {
  cookieName: 'who',
  sessionOf: async () => SESSION as unknown,
  acted: async () => {},
  lendsHands: async () => false,
  staffLanguage: async () => null,
  isStopping: () => false,
  mayNotify: () => true,
  notified: async () => 'accepted',
};

let reached = 0;
const handler = async () => {
  reached += 1;
  return json({});
};
const run = (app: object | null) => Object.assign(Object(Reflect.get(globalThis, SHELF)), { app });
beforeEach(() => {
  reached = 0;
  run(good);
});

const request = (headers: Record<string, string> = {}) =>
  new NextRequest('http://till.example/api/x', {
    method: 'POST',
    headers: { host: 'till.example', origin: 'http://till.example', cookie: 'who=x', ...headers },
  });
const context = { params: Promise.resolve({}) };
const refunds = door({ may: 'refund', changes: true }, handler);

describe('S65 a door', () => {
  test('lets through who may, when nothing is broken', async () => {
    expect([(await refunds(request(), context)).status, reached]).toEqual([200, 1]);
  });

  const cashier = { ...SESSION, person: { ...PERSON, role: 'cashier' } };
  const asCashier = { ...good, sessionOf: async () => cashier };
  test.each([
    ['the session cannot be read', { ...good, sessionOf: breaks }, 500],
    ['there is no session', { ...good, sessionOf: async () => null }, 401],
    ['the role is none that is known', roleOf('admin'), 403],
    ['the role is a word of every object', roleOf('constructor'), 403],
    ['the touch cannot be kept', { ...good, acted: breaks }, 500],
    ['nobody knows whether hands are lent', { ...asCashier, lendsHands: breaks }, 500],
    ['the one who lends a hand cannot be known', lent({ leave: breaks }), 500],
    ['the server starts', null, 503],
  ])('is shut while %s', async (_what, app, status) => {
    run(app);
    const leave = { 'x-leave-of': '2000:200200' };
    expect([(await refunds(request(leave), context)).status, reached]).toEqual([status, 0]);
  });

  function roleOf(role: string) {
    return { ...good, sessionOf: async () => ({ ...SESSION, person: { ...PERSON, role } }) };
  }
  function lent(more: object) {
    return { ...asCashier, lendsHands: async () => true, ...more };
  }

  test('is shut before a session, too, while anything else is not as it should be', async () => {
    const open = openDoor(handler);
    const foreign = request({ origin: 'https://evil.example' });
    expect((await open(foreign, context)).status).toBe(403);
    const broken = openDoor(breaks);
    const answer = await broken(request(), context);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('it broke');
    expect(reached).toBe(0);
  });
});

describe('S65 a notification', () => {
  test.each([
    ['the signature cannot be checked', { ...good, notified: breaks }, 500],
    ['it is refused', { ...good, notified: async () => 'refused' }, 401],
    ['its address may not knock', { ...good, mayNotify: () => false }, 401],
    ['the server starts', null, 503],
  ])('is thanked for by nobody while %s', async (_what, app, status) => {
    run(app);
    const answer = await notify(request({ 'x-qf-sign': 'x' }));
    expect([answer.status, await answer.text()]).toEqual([status, '']);
  });
});

test('S65 a PIN whose row cannot be read is wrong', async () => {
  const pepper = Buffer.alloc(32, 1);
  for (const row of [
    '',
    'x',
    'scrypt',
    'scrypt$2$1$1$00',
    'plain$2$1$1$00$300300',
    'scrypt$2$1$1$00$',
  ]) {
    expect([row, await verifyPin('300300', row, pepper)]).toEqual([row, false]);
  }
});
