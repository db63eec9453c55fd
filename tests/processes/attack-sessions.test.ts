/**
 * Games with cookies, addresses and guesses at the built server, and what its log tells of them.
 * Guesses come from addresses of their own: they are counted by address.
 */
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everythingKept } from '../support/database';
import { enter, type StaffClient } from '../support/staff-client';
import { STAFF } from '../support/till';
import { type Try, tryPinAt } from '../support/try-pin';
import { openShop, type Shop } from './shop';

let shop: Shop;
let till = '';
beforeAll(async () => {
  shop = await openShop();
  till = shop.stack.till;
}, 300_000);
afterAll(() => shop.close());

const COOKIE = 'countertop.session';
const statusWith = async (cookie: string, where = '/api/session'): Promise<number> => {
  const answer = await fetch(till + where, { headers: { cookie }, redirect: 'manual' });
  await answer.arrayBuffer();
  return answer.status;
};
const cookieOf = ({ cookies }: StaffClient): string => cookies.get(COOKIE) ?? '';

const tryPin = (given: Try, more: object = {}) => tryPinAt(till, given, more);

test('S11 the cookie is read by no script, goes nowhere else, and the database cannot make it', async () => {
  const right = await tryPin(STAFF.manager);
  expect(right.status).toBe(200);
  const line = right.cookies.find((one) => one.startsWith(`${COOKIE}=`)) ?? '';
  expect(line).toMatch(/; Path=\/(;|$)/);
  expect(line).toMatch(/; HttpOnly/i);
  expect(line).toMatch(/; SameSite=Strict/i);
  // It is served in the clear here, whatever PUBLIC_URL says; https.test.ts has the other half.
  expect(line).not.toMatch(/; Secure/i);
  const kept = await everythingKept(shop.stack.databaseFile);
  const value = line.slice(COOKIE.length + 1).split(';')[0] ?? '';
  expect(value.length).toBeGreaterThan(100);
  expect(kept).not.toContain(value);
  const session = await shop.manager.send('/api/auth/session');
  expect(await session.text()).not.toMatch(/sid|idHash|token/i);
});

test('S12 nobody is given a session that somebody else chose, and a second sign-in is another one', async () => {
  const chosen = await enter(till);
  const theirs = cookieOf(chosen);
  const { csrfToken } = (await (await chosen.send('/api/auth/csrf')).json()) as {
    csrfToken: string;
  };
  const form = { csrfToken, staffCode: STAFF.manager.code, pin: STAFF.manager.pin, json: 'true' };
  const body = new URLSearchParams(form);
  expect((await chosen.send('/api/auth/callback/staff', { method: 'POST', body })).status).toBe(
    200,
  );
  expect(cookieOf(chosen)).not.toBe(theirs);
  expect(await statusWith(`${COOKIE}=${theirs}`)).toBe(401);
  expect((await chosen.call('GET', '/api/session')).body).toMatchObject({
    staff: { role: 'manager' },
  });
});

test('S14 S18 a signed-out, tampered, forged or borrowed session opens nothing, nor one in an address', async () => {
  const leaver = await enter(till);
  const cookie = cookieOf(leaver);
  expect(await statusWith(`${COOKIE}=${cookie}`)).toBe(200);
  for (const at of [10, Math.trunc(cookie.length / 2), cookie.length - 3]) {
    const other = cookie[at] === 'A' ? 'B' : 'A';
    const tampered = cookie.slice(0, at) + other + cookie.slice(at + 1);
    expect([at, await statusWith(`${COOKIE}=${tampered}`)]).toEqual([at, 401]);
  }
  const guessed = await encode({ token: { sid: 'x'.repeat(32) }, secret: 'change me please' });
  const none = 'eyJhbGciOiJub25lIn0.eyJzaWQiOiJ4In0.';
  for (const forged of [guessed, none, '', 'null', 'undefined', '../../x', cookie.slice(0, -20)]) {
    expect([forged, await statusWith(`${COOKIE}=${forged}`)]).toEqual([forged, 401]);
  }
  for (const name of ['__Host-countertop.session', '__Secure-next-auth.session-token', 'session']) {
    expect([name, await statusWith(`${name}=${cookie}`)]).toEqual([name, 401]);
  }
  // The cookie of a customer's screen, or of a device, is nobody's session.
  for (const name of ['countertop.display', 'countertop.device']) {
    expect([name, await statusWith(`${name}=${cookie}`, '/api/payments')]).toEqual([name, 401]);
  }
  const q = encodeURIComponent(cookie);
  for (const where of [`?session=${q}`, `?${COOKIE}=${q}`, `?token=${q}`, `?sid=${q}`]) {
    expect([where, await statusWith('', `/api/payments${where}`)]).toEqual([where, 401]);
  }
  const bearer = await fetch(`${till}/api/payments`, {
    headers: { authorization: `Bearer ${cookie}` },
  });
  expect(bearer.status).toBe(401);
  const { csrfToken } = (await (await leaver.send('/api/auth/csrf')).json()) as {
    csrfToken: string;
  };
  const body = new URLSearchParams({ csrfToken, json: 'true' });
  const left = await leaver.send('/api/auth/signout', { method: 'POST', body });
  expect(left.headers.get('clear-site-data')).toBe('"cache"');
  expect(await statusWith(`${COOKIE}=${cookie}`)).toBe(401);
});

test('S23 S46 guesses are counted by the connection’s address, whatever headers claim', async () => {
  const from = '127.0.0.21';
  // Each at another person, each from elsewhere as its headers say.
  for (let guess = 0; guess < 5; guess += 1) {
    const claims = {
      'x-forwarded-for': `203.0.113.${guess}`,
      'x-real-ip': `203.0.113.${guess}`,
      forwarded: `for=203.0.113.${guess}`,
    };
    const { status } = await tryPin({ pin: '000000', code: `77${guess}0`, from }, claims);
    expect([guess, status]).toEqual([guess, 401]);
  }
  const sixth = await tryPin({ ...STAFF.owner, from }, { 'x-forwarded-for': '203.0.113.9' });
  expect([sixth.status, sixth.text]).toEqual([401, expect.stringContaining('too-many-tries')]);
  expect((await tryPin({ ...STAFF.owner, from: '127.0.0.22' })).status).toBe(200);
  expect(shop.stack.logs()).not.toContain('203.0.113');
});

test('S24 two hundred sign-ins at once hold up no sale, and most are sent away', async () => {
  const flood = Array.from({ length: 200 }, (_, n) =>
    tryPin({ pin: '000000', code: String(8000 + n), from: `127.0.1.${n + 1}` }),
  );
  const { id } = await shop.shown();
  await shop.stack.control('pay', { number: id });
  await shop.comes(id, 'paid', 15_000);
  const answers = await Promise.all(flood);
  const sentAway = answers.filter(({ text }) => text.includes('too-many-tries'));
  expect(sentAway.length).toBeGreaterThan(50);
  expect(answers.filter(({ status }) => status !== 401)).toEqual([]);
});

test('S68 the log tells who came, who was denied and what was changed, by whom and from where', async () => {
  const from = '127.0.0.31';
  await tryPin({ pin: '999999', code: '2000', from });
  await tryPin({ ...STAFF.cashier, from });
  expect((await shop.cashier.call('GET', '/api/staff')).status).toBe(403);
  const owner = await enter(till, 'owner');
  const body = { 'idle-lock-minutes': 5, pin: STAFF.owner.pin };
  expect((await owner.call('PUT', '/api/settings', { body })).status).toBe(200);
  expect(await shop.knock({ body: '{}', signature: '0'.repeat(32) })).toMatchObject({
    status: 401,
  });
  const lines = shop.stack
    .logs()
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []));
  const told = (wanted: object) =>
    expect(lines).toContainEqual(
      expect.objectContaining({ at: expect.stringMatching(/^\d{4}-.*Z$/), ...wanted }),
    );
  told({ event: 'sign-in-refused', says: 'wrong-pin', staff: '2000', address: from });
  told({ event: 'signed-in', staff: '3000', address: from });
  told({ event: 'denied', code: 'not-allowed', staff: '3000', route: '/api/staff' });
  told({ event: 'act', method: 'PUT', route: '/api/settings', staff: '1000', status: 200 });
  told({ event: 'notice-refused', says: 'signature', address: '127.0.0.1' });
  expect(JSON.stringify(lines)).not.toMatch(/999999|300300|100100/);
});
