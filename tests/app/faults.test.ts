/** What no door foresaw: one line in the log, and the same reference before the person. */
import { NextRequest } from 'next/server';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import * as authDoor from '@/app/api/auth/[...nextauth]/route';
import * as displayDoor from '@/app/api/display/route';
import * as paymentDoor from '@/app/api/payments/[id]/route';
import * as noticeDoor from '@/app/api/qfpay/notify/route';
import * as receiptDoor from '@/app/api/receipts/[token]/route';
import { onRequestError } from '../../instrumentation';

/** Where server/runtime keeps the one running app. */
const SHELF = Symbol.for('countertop.app');
const TOKEN = 'K7secretofareceipt';
const ID = 'K7ABCDEFGHJKM5';

const breaks = async () => {
  throw new Error('the disk is away');
};
const person = { code: '2000', name: 'Ka Ming', role: 'manager' };
let lines: Record<string, unknown>[] = [];
beforeEach(() => {
  lines = [];
  const keep = (text: string | Uint8Array) => {
    lines.push(JSON.parse(String(text)));
    return true;
  };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation(keep),
  );
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
  });
  const standing = { person, idHash: 'x', device: null, touchedAt: 0, locked: false };
  const app = {
    ...{ cookieName: 'who', displayCookie: { name: 'display' }, staffLanguage: async () => null },
    ...{ sessionOf: async () => ({ ...standing, locksInMs: null }), displayWatch: breaks },
    // It answers at once: what breaks later would break behind the back of the test.
    mayNotify: () => true,
  };
  const broken = new Proxy(app, { get: (known, name) => Reflect.get(known, name) ?? breaks });
  Object.assign(Object(Reflect.get(globalThis, SHELF)), { app: broken });
});

type Context = { params: Promise<Record<string, string>> };
type Door = (request: NextRequest, context: Context) => Promise<Response>;

async function knock(door: Door, path: string, params: Record<string, string> = {}) {
  const request = new NextRequest(`http://till.example${path}`);
  const answer = await door(request, { params: Promise.resolve(params) });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

test('a door that breaks says the reference under which its one line stands', async () => {
  const { status, body } = await knock(paymentDoor.GET, `/api/payments/${ID}`, { id: ID });
  expect([status, body.code]).toEqual([500, 'fault']);
  expect(body.reference).toMatch(/^[0-9a-f]{8}$/);
  expect(body.says).toBe(
    'Something broke. Do not charge again before you have looked at the last sales. ' +
      `Reference: ${body.reference}`,
  );
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    ...{ level: 'error', event: 'door', reference: body.reference, method: 'GET' },
    ...{ route: '/api/payments/[id]', paymentId: ID, error: 'Error: the disk is away' },
  });
  const again = await knock(paymentDoor.GET, `/api/payments/${ID}`, { id: ID });
  expect(again.body.reference).not.toBe(body.reference);
});

test('the address of a receipt opens it, and stands in no line', async () => {
  const { status } = await knock(receiptDoor.GET, `/api/receipts/${TOKEN}`, { token: TOKEN });
  expect(status).toBe(500);
  expect(lines).toMatchObject([{ route: '/api/receipts/[token]' }]);
  expect(JSON.stringify(lines)).not.toContain(TOKEN);
});

test('so does the door of a customer’s screen', async () => {
  const { body } = await knock(displayDoor.GET, '/api/display');
  expect(lines).toMatchObject([{ route: '/api/display', reference: body.reference }]);
});

test('a notification that could not be kept is logged; QFPay is told nothing but to come again', async () => {
  const post = { method: 'POST', body: '{}', headers: { 'x-qf-sign': 'x' } };
  const answer = await noticeDoor.POST(
    new NextRequest('http://till.example/api/qfpay/notify', post),
  );
  expect([answer.status, await answer.text()]).toEqual([500, '']);
  expect(lines).toMatchObject([{ event: 'door', route: '/api/qfpay/notify', method: 'POST' }]);
});

test('a sign-in that breaks is a fault like any other', async () => {
  const params = Promise.resolve({ nextauth: ['session'] });
  const request = new NextRequest('http://till.example/api/auth/session');
  const answer = await authDoor.GET(request, { params });
  const { reference } = (await answer.json()) as { reference: string };
  expect(answer.status).toBe(500);
  expect(lines).toMatchObject([{ route: '/api/auth/session', reference }]);
});

test('a screen that breaks is logged under what the person sees of it', async () => {
  vi.stubEnv('NEXT_RUNTIME', 'nodejs');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const thrown = Object.assign(new Error('the disk is away'), { digest: '2983471' });
  const request = { path: `/r/${TOKEN}`, method: 'GET', headers: {} };
  const context: Parameters<typeof onRequestError>[2] = {
    routerKind: 'App Router',
    routePath: '/(desk)/history/[id]',
    routeType: 'render',
    renderSource: 'react-server-components',
    revalidateReason: undefined,
  };
  await onRequestError(thrown, request, context);
  expect(lines).toMatchObject([{ event: 'screen', reference: '2983471', route: '/history/[id]' }]);
  expect(JSON.stringify(lines)).not.toContain(TOKEN);
});
