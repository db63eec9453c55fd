import { describe, expect, test } from 'vitest';
import { changeSettings } from '@/server/staff/choices';
import {
  beginPairing,
  endSession,
  endSessionsOf,
  pair,
  revokeDevice,
} from '@/server/staff/devices';
import { hashId, standing } from '@/server/staff/session';
import { personOfSession, signIn } from '@/server/staff/sign-in';
import { everythingKept } from '@/tests/support/database';
import { PIN, type StaffRoom, staffRoom } from './shop';

const BY = { by: '1000' };
const MINUTE = 60_000;

async function paired({ desk }: StaffRoom, name = 'Counter 1') {
  const { code } = await beginPairing(desk, name, BY);
  const made = await pair(desk, { code, address: 'tablet' });
  if ('refused' in made) throw new Error(made.refused);
  return made.secret;
}

describe('pairing a tablet', () => {
  test('takes a code of eight characters once, however it is typed', async () => {
    const room = await staffRoom({ '1000': 'owner' });
    const { code } = await beginPairing(room.desk, 'Counter 2', BY);
    expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/);
    const typed = `${code.slice(0, 4).toLowerCase()} - ${code.slice(4)}`;
    const made = await pair(room.desk, { code: typed, address: 'tablet' });
    expect(made).toMatchObject({ name: 'Counter 2' });
    const again = await pair(room.desk, { code, address: 'tablet' });
    expect(again).toEqual({ refused: 'pairing-code-wrong' });
    expect(await room.desk.store.devices()).toMatchObject([{ name: 'Counter 2' }]);
  });

  test('is too late after five minutes', async () => {
    const room = await staffRoom({ '1000': 'owner' });
    const { code } = await beginPairing(room.desk, 'Counter 2', BY);
    room.later(5 * MINUTE);
    const late = await pair(room.desk, { code, address: 'tablet' });
    expect(late).toEqual({ refused: 'pairing-code-wrong' });
    expect(await room.desk.store.devices()).toEqual([]);
  });

  test('knows the newest code alone', async () => {
    const room = await staffRoom({ '1000': 'owner' });
    const { code: old } = await beginPairing(room.desk, 'Counter 1', BY);
    const { code } = await beginPairing(room.desk, 'Counter 2', BY);
    expect(await pair(room.desk, { code: old, address: 'a' })).toHaveProperty('refused');
    expect(await pair(room.desk, { code, address: 'b' })).toHaveProperty('secret');
  });

  test('lets nobody guess for long', async () => {
    const { desk } = await staffRoom({ '1000': 'owner' });
    for (let tries = 0; tries < 5; tries += 1) await pair(desk, { code: 'WRONG', address: 'x' });
    const { code } = await beginPairing(desk, 'Counter 1', BY);
    const blocked = { refused: 'too-many-tries', seconds: 1 };
    expect(await pair(desk, { code, address: 'x' })).toEqual(blocked);
    expect(await pair(desk, { code, address: 'y' })).toHaveProperty('secret');
  });

  test('keeps neither the code nor the cookie', async () => {
    const room = await staffRoom({ '1000': 'owner' });
    const { code } = await beginPairing(room.desk, 'Counter 1', BY);
    const bytes = () => everythingKept(room.file);
    expect(await bytes()).not.toContain(code);
    const made = await pair(room.desk, { code, address: 'tablet' });
    expect(await bytes()).not.toContain('secret' in made ? made.secret : '?');
  });
});

describe('paired devices only', () => {
  test('refuses any other device before it looks at the PIN', async () => {
    const room = await staffRoom({ '1000': 'owner' });
    const secret = await paired(room);
    await room.set('paired-devices-only', true);
    for (const pin of [PIN, '000000']) {
      const given = { staffCode: '1000', pin, address: 'afar' };
      expect(await signIn(room.desk, given)).toEqual({ refused: 'not-paired' });
      const forged = { ...given, device: 'x'.repeat(32) };
      expect(await signIn(room.desk, forged)).toEqual({ refused: 'not-paired' });
    }
    expect(await room.opened.staff.throttle('staff:1000')).toBeNull();
    const session = await room.enter('1000', { device: secret });
    expect(await personOfSession(room.desk, session)).toMatchObject({ code: '1000' });
  });

  test('is switched on from a paired device alone, and puts the others out', async () => {
    const room = await staffRoom({ '1000': 'owner', '3000': 'cashier' });
    const secret = await paired(room);
    const bare = await room.enter('3000');
    const change = { 'paired-devices-only': true };
    const from = (device: string | null) => changeSettings(room.desk, change, { ...BY, device });
    expect(await from(null)).toEqual({ refused: 'pair-first' });
    expect(await personOfSession(room.desk, bare)).not.toBeNull();
    const own = await room.enter('1000', { device: secret });
    const device = (await standing(room.desk, own))?.device ?? null;
    expect(await from(device)).toBe('changed');
    expect(await personOfSession(room.desk, bare)).toBeNull();
    expect(await personOfSession(room.desk, own)).not.toBeNull();
  });

  test('keeps the last device, or nobody could ever sign in again', async () => {
    const room = await staffRoom({ '1000': 'owner' });
    await paired(room, 'Counter 1');
    await paired(room, 'Counter 2');
    await room.set('paired-devices-only', true);
    const [first, second] = await room.desk.store.devices();
    expect(await revokeDevice(room.desk, first?.id ?? '', BY)).toHaveProperty('name');
    const last = await revokeDevice(room.desk, second?.id ?? '', BY);
    expect(last).toEqual({ refused: 'last-device' });
  });
});

test('a revoked device is out at once and its cookie opens nothing any more', async () => {
  const room = await staffRoom({ '1000': 'owner', '3000': 'cashier' });
  const secret = await paired(room);
  const [on, off] = [await room.enter('3000', { device: secret }), await room.enter('3000')];
  const [device] = await room.desk.store.devices();
  await revokeDevice(room.desk, device?.id ?? '', BY);
  expect(await personOfSession(room.desk, on)).toBeNull();
  expect(await personOfSession(room.desk, off)).not.toBeNull();
  expect(await room.desk.store.deviceBySecret(hashId(secret))).toBeNull();
  expect((await room.told()).map((act) => Reflect.get(act, 'did'))).toEqual([
    'pairing-begun',
    'device-paired',
    'device-revoked',
  ]);
});

test('an owner ends one session, or all of a person, and the audit says so', async () => {
  const room = await staffRoom({ '1000': 'owner', '3000': 'cashier' });
  const ids = [await room.enter('3000'), await room.enter('3000'), await room.enter('3000')];
  const people = () => Promise.all(ids.map((id) => personOfSession(room.desk, id)));
  expect(await endSession(room.desk, hashId(ids[1] ?? ''), BY)).toBe(true);
  expect(await endSession(room.desk, hashId(ids[1] ?? ''), BY)).toBe(false);
  expect((await people()).map((person) => person !== null)).toEqual([true, false, true]);
  expect(await endSessionsOf(room.desk, '3000', BY)).toBe(true);
  expect(await people()).toEqual([null, null, null]);
  expect(await room.told()).toEqual([
    { actor: '1000', did: 'session-ended', person: '3000' },
    { actor: '1000', did: 'sessions-ended', person: '3000' },
  ]);
});

test('guesses on one paired tablet hold up no other one, although they share an address', async () => {
  const room = await staffRoom({ '1000': 'owner', '3000': 'cashier' });
  const [one, two] = [await paired(room, 'Counter 1'), await paired(room, 'Counter 2')];
  const wrong = { pin: '000000', address: 'shop' };
  for (let tries = 0; tries < 5; tries += 1) {
    await signIn(room.desk, { ...wrong, staffCode: `800${tries}`, device: one });
  }
  await expect(room.enter('3000', { device: one, address: 'shop' })).rejects.toThrow('too-many');
  expect(await room.enter('3000', { device: two, address: 'shop' })).toHaveLength(32);
});
