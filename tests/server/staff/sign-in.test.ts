import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPace } from '@/server/staff/pace';
import { hashPin } from '@/server/staff/pin';
import { keysOf, secretBeside } from '@/server/staff/secret';
import { addStaff, type Desk, personOfSession, signIn, signOut } from '@/server/staff/sign-in';
import { type OpenedStore, openStore } from '@/server/store';
import { everythingKept } from '@/tests/support/database';
import { NOON } from '../../support/payments';

let folder: string;
let opened: OpenedStore;
let now: number;
let desk: Desk;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countertop-'));
  opened = await openStore({ file: join(folder, 'till.db') });
  now = NOON;
  desk = { store: opened.staff, pinPepper: Buffer.alloc(32, 1), now: () => now };
  await addStaff(desk, { code: '3000', name: 'Mei', role: 'cashier', pin: '300300' });
});
afterEach(() => {
  opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const MEI = { staffCode: '3000', pin: '300300', address: '127.0.0.1' };
const enter = async () => {
  const result = await signIn(desk, MEI);
  if ('refused' in result) throw new Error(result.refused);
  return result.sessionId;
};

describe('signing in', () => {
  test('with code and PIN opens a session that the row decides about', async () => {
    const sessionId = await enter();
    expect(await personOfSession(desk, sessionId)).toEqual({
      code: '3000',
      name: 'Mei',
      role: 'cashier',
    });
    await signOut(desk, sessionId);
    expect(await personOfSession(desk, sessionId)).toBeNull();
  });

  test('ends after a shift of twelve hours', async () => {
    const sessionId = await enter();
    now += 12 * 3_600_000;
    expect(await personOfSession(desk, sessionId)).toBeNull();
  });

  test('S11 never stores the session id or the PIN', async () => {
    const sessionId = await enter();
    opened.close();
    const bytes = await everythingKept(join(folder, 'till.db'));
    expect(bytes).not.toContain(sessionId);
    expect(bytes).not.toContain('300300');
    opened = await openStore({ file: join(folder, 'till.db') });
  });

  test('S21 a row says how its PIN was hashed, and one of another recipe is made anew', async () => {
    const kept = async () => (await opened.staff.staffByCode('3000'))?.pinHash ?? '';
    // OWASP's recipe for 32 MiB: three passes, a salt of 16 bytes and a key of 32.
    const now = /^scrypt\$32768\$8\$3\$[0-9a-f]{32}\$[0-9a-f]{64}$/;
    expect(await kept()).toMatch(now);
    const mei = await opened.staff.staffByCode('3000');
    if (mei === null) throw new Error('no Mei');
    const old = await hashPin(MEI.pin, desk.pinPepper, { N: 2, r: 1, p: 1 });
    await opened.staff.change((rights) => rights.updateStaff({ ...mei, pinHash: old }));
    expect(await signIn(desk, { ...MEI, pin: '000000' })).toEqual({ refused: 'wrong-pin' });
    expect(await kept()).toBe(old);
    await enter();
    expect(await kept()).toMatch(now);
    const renewed = await kept();
    await enter();
    expect(await kept()).toBe(renewed);
  });

  test('S22 a stolen database verifies no PIN without the pepper', async () => {
    const thief = { ...desk, pinPepper: Buffer.alloc(32, 2) };
    expect(await signIn(thief, MEI)).toEqual({ refused: 'wrong-pin' });
  });

  test('a wrong PIN and an unknown code get the same answer', async () => {
    expect(await signIn(desk, { ...MEI, pin: '000000' })).toEqual({ refused: 'wrong-pin' });
    expect(await signIn(desk, { ...MEI, staffCode: '9999' })).toEqual({ refused: 'wrong-pin' });
  });

  test('five free tries, then waits that double and survive a restart', async () => {
    for (let tries = 0; tries < 5; tries += 1) await signIn(desk, { ...MEI, pin: '000000' });
    expect(await signIn(desk, MEI)).toEqual({ refused: 'too-many-tries', seconds: 1 });
    now += 1_000;
    await signIn(desk, { ...MEI, pin: '000000' });
    opened.close();
    opened = await openStore({ file: join(folder, 'till.db') });
    desk = { ...desk, store: opened.staff };
    expect(await signIn(desk, MEI)).toEqual({ refused: 'too-many-tries', seconds: 2 });
    now += 2_000;
    expect(await signIn(desk, MEI)).toHaveProperty('sessionId');
  });

  test('guesses made side by side are all counted', async () => {
    const guesses = ['1', '2', '3', '4', '5', '6'].map((pin) => signIn(desk, { ...MEI, pin }));
    await Promise.all(guesses);
    expect((await opened.staff.throttle('staff:3000'))?.failures).toBe(6);
  });

  test('S24 a flood of sign-ins is turned away instead of starving the till', async () => {
    const flood = Array.from({ length: 40 }, (_each, place) =>
      signIn(desk, { staffCode: `8${place}`, pin: '1', address: `10.0.0.${place}` }),
    );
    const answers = await Promise.all(flood);
    const turnedAway = answers.filter(
      (each) => 'refused' in each && each.refused === 'too-many-tries',
    );
    expect(turnedAway.length).toBeGreaterThanOrEqual(15);
  }, 90_000);
});

test('the secret is made once, for its owner alone, and everything is derived from it', () => {
  const secret = secretBeside(folder);
  expect(secretBeside(folder)).toBe(secret);
  expect(statSync(join(folder, 'auth-secret')).mode & 0o777).toBe(0o600);
  const keys = keysOf(secret);
  const all = [
    keys.sessionKey,
    keys.pinPepper.toString('hex'),
    keys.fingerprintKey.toString('hex'),
  ];
  expect(new Set([...all, secret]).size).toBe(4);
});

test('S39 one person starts at most 120 sales a minute; others are not held up', () => {
  const mayStart = createPace(() => now);
  const first = Array.from({ length: 121 }, () => mayStart('3000'));
  expect(first.filter(Boolean)).toHaveLength(120);
  expect(mayStart('2000')).toBe(true);
  now += 60_000;
  expect(mayStart('3000')).toBe(true);
});
