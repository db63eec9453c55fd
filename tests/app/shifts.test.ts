/** The doors of shifts and reports: who may come in, and what a bad call is told. */
import { join } from 'node:path';
import { NextRequest } from 'next/server';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import * as dayDoor from '@/app/api/reports/day/route';
import * as rangeDoor from '@/app/api/reports/range/route';
import * as closeDoor from '@/app/api/shifts/[id]/close/route';
import * as correctDoor from '@/app/api/shifts/[id]/correct/route';
import * as shiftDoor from '@/app/api/shifts/[id]/route';
import * as shiftsDoor from '@/app/api/shifts/route';
import { createReportVerbs } from '@/server/report-verbs';
import { createShiftVerbs } from '@/server/shift-verbs';
import { openStore } from '@/server/store';
import { aFolder, aPayment, NOON, recordSale } from '../server/store/support';

type Door = (request: NextRequest, context: Context) => Promise<Response>;
type Context = { params: Promise<Record<string, string>> };
type Given = { id?: string; body?: unknown; key?: string; as?: string; origin?: string };

/** Where server/runtime keeps the one running app. */
const SHELF = Symbol.for('countertop.app');

beforeEach(async () => {
  const opened = await openStore({ file: join(aFolder(), 'till.db'), now: () => NOON });
  onTestFinished(() => opened.close());
  await recordSale(opened, aPayment(1, { state: 'paid', paidAt: NOON, counter: 'Front' }));
  const env = { shop: { timeZone: 'Asia/Hong_Kong', currency: 'HKD' } } as const;
  const parts = { env, opened, desk: { now: () => NOON + 60_000 } };
  const app = {
    ...createShiftVerbs(parts),
    ...createReportVerbs(parts),
    cookieName: 'who',
    sessionOf: async (role: string | undefined) =>
      role === undefined
        ? null
        : {
            person: { code: role === 'cashier' ? '3000' : '2000', name: role, role },
            ...{ idHash: role, device: null, touchedAt: NOON, locked: false, locksInMs: null },
          },
    acted: async () => {},
    lendsHands: async () => false,
    staffLanguage: async () => null,
    isStopping: () => false,
  };
  Object.assign(Object(Reflect.get(globalThis, SHELF)), { app });
});

async function call(door: Door, path: string, given: Given = {}) {
  const { id, body, key, as = 'cashier', origin = 'http://till.example' } = given;
  const request = new NextRequest(`http://till.example${path}`, {
    headers: {
      ...{ host: 'till.example', origin },
      ...(as === 'nobody' ? {} : { cookie: `who=${as}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  const answer = await door(request, { params: Promise.resolve(id === undefined ? {} : { id }) });
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return { status: answer.status, body: await answer.json() };
}

test('a shift is read, closed once with its key, and corrected by a manager', async () => {
  const x = await call(shiftDoor.GET, '/api/shifts/1?counter=Front', { id: '1' });
  expect(x).toMatchObject({
    status: 200,
    body: { shift: { state: 'open', figures: { takings: { count: 1, net: 8_800 } } } },
  });
  const close = { id: '1', body: { counter: 'Front' } };
  expect(await call(closeDoor.POST, '/', close)).toMatchObject({ status: 400 });
  const sealed = await call(closeDoor.POST, '/', { ...close, key: 'k-1' });
  expect(sealed).toMatchObject({ status: 201, body: { yours: true, shift: { number: 1 } } });
  expect(await call(closeDoor.POST, '/', { ...close, key: 'k-1' })).toEqual(sealed);
  const other = await call(closeDoor.POST, '/', { ...close, key: 'k-2', as: 'manager' });
  expect(other).toEqual({ status: 201, body: { ...sealed.body, yours: false } });
  const correct = { id: '1', body: { reason: 'Wrong counter' } };
  expect(await call(correctDoor.POST, '/', correct)).toMatchObject({ status: 403 });
  expect(await call(correctDoor.POST, '/', { ...correct, as: 'manager' })).toMatchObject({
    status: 201,
    body: { shift: { number: 1, corrections: [{ staff: '2000', reason: 'Wrong counter' }] } },
  });
});

test('what is not asked rightly is refused by name, in the reader’s words', async () => {
  expect(await call(shiftsDoor.GET, '/api/shifts')).toMatchObject({
    status: 422,
    body: { code: 'invalid', fields: ['counter'] },
  });
  expect(await call(shiftDoor.GET, '/api/shifts/1', { id: '1' })).toMatchObject({ status: 404 });
  expect(await call(shiftDoor.GET, '/', { id: '1 or 1=1' })).toMatchObject({ status: 404 });
  const open = { body: { counter: 'Front', extra: 1 } };
  expect(await call(shiftsDoor.POST, '/', open)).toMatchObject({
    status: 422,
    body: { fields: ['extra'] },
  });
  const early = { id: '1', body: { reason: 'r' }, as: 'manager' };
  const told = await call(correctDoor.POST, '/', early);
  expect(told).toMatchObject({ status: 409, body: { code: 'shift-open' } });
  expect(told.body.says).toContain('Close it first');
  const reason = { ...early, body: { reason: ' ' } };
  expect(await call(correctDoor.POST, '/', reason)).toMatchObject({ body: { fields: ['reason'] } });
});

test('the doors keep out whoever has no business there', async () => {
  const elsewhere = { id: '1', body: {}, key: 'k', origin: 'https://elsewhere.example' };
  for (const door of [shiftsDoor.POST, closeDoor.POST, correctDoor.POST]) {
    const answer = await call(door, '/', { ...elsewhere, as: 'manager' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'foreign-origin' } });
  }
  for (const door of [shiftsDoor.GET, shiftDoor.GET, dayDoor.GET, rangeDoor.GET]) {
    expect(await call(door, '/?counter=Front', { id: '1', as: 'nobody' })).toMatchObject({
      status: 401,
    });
  }
  for (const door of [dayDoor.GET, rangeDoor.GET]) {
    expect(await call(door, '/')).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
  }
});

test('a report is of today where no day is named, and a range of what is asked', async () => {
  const day = await call(dayDoor.GET, '/api/reports/day', { as: 'manager' });
  expect(day).toMatchObject({
    status: 200,
    body: { from: '2026-11-22', to: '2026-11-22', takings: { count: 1, amount: 8_800 } },
  });
  const range = '/api/reports/range?from=2026-11-22&to=2026-11-22';
  expect(await call(rangeDoor.GET, range, { as: 'manager' })).toEqual(day);
  const wrong = await call(dayDoor.GET, '/?date=22.11.2026', { as: 'manager' });
  expect(wrong).toMatchObject({ status: 422, body: { code: 'invalid', fields: ['date'] } });
});
