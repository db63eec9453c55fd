import { describe, expect, test } from 'vitest';
import { aBackDoor, aShop, NOON } from './support';

const chan = {
  code: '3000',
  name: 'Chan 小明',
  role: 'cashier',
  pinHash: 'scrypt$1',
  pinParams: 'N=131072',
  disabledAt: null,
  createdAt: NOON,
} as const;
const session = {
  idHash: 'h1',
  staffCode: '3000',
  createdAt: NOON,
  lastSeenAt: NOON,
  expiresAt: NOON + 1_000,
  endedAt: null,
  counter: 'Front',
  device: null,
  activeAt: null,
  carries: [],
} as const;

describe('people', () => {
  test('a code belongs to one person', async () => {
    const { staff } = await aShop();
    expect(await staff.staffCount()).toBe(0);
    expect(await staff.insertStaff(chan)).toBe(true);
    expect(await staff.insertStaff({ ...chan, name: 'Somebody else' })).toBe(false);
    expect(await staff.staffByCode('3000')).toEqual(chan);
    expect(await staff.staffByCode('3001')).toBeNull();
    expect(await staff.staffCount()).toBe(1);
  });

  test('a role is one of three', async () => {
    const shop = await aShop();
    await shop.staff.insertStaff(chan);
    const door = await aBackDoor(shop.file);
    expect(() => door.exec("update staff set role = 'admin'")).toThrow(/role/);
  });
});

describe('sessions', () => {
  test('a session is found, touched only forward, and ends once', async () => {
    const { staff } = await aShop();
    await staff.insertStaff(chan);
    await staff.insertSession(session);
    await staff.touchSession('h1', NOON + 50);
    await staff.touchSession('h1', NOON + 20);
    expect(await staff.session('h1')).toEqual({ ...session, lastSeenAt: NOON + 50 });
    await staff.endSession('h1', NOON + 60);
    await staff.endSession('h1', NOON + 70);
    expect(await staff.session('h1')).toMatchObject({ endedAt: NOON + 60 });
    expect(await staff.session('h2')).toBeNull();
  });

  test('all sessions of one person end at once, and nobody else is put out', async () => {
    const { staff } = await aShop();
    await staff.insertStaff(chan);
    await staff.insertStaff({ ...chan, code: '3001' });
    for (const idHash of ['a', 'b']) await staff.insertSession({ ...session, idHash });
    await staff.insertSession({ ...session, idHash: 'c', staffCode: '3001', counter: null });
    await staff.endSessionsOf('3000', NOON + 9);
    const ended = await Promise.all(['a', 'b', 'c'].map((id) => staff.session(id)));
    expect(ended.map((it) => it?.endedAt)).toEqual([NOON + 9, NOON + 9, null]);
  });

  test('nobody has a session who is not known', async () => {
    const { staff } = await aShop();
    await expect(staff.insertSession(session)).rejects.toThrow(/foreign key/i);
  });
});

test('failed tries are counted under their key, and forgotten on success', async () => {
  const { staff } = await aShop();
  const tries = { key: 'staff:3000', failures: 6, blockedUntil: NOON + 2_000, updatedAt: NOON };
  expect(await staff.throttle('staff:3000')).toBeNull();
  await staff.putThrottle(tries);
  await staff.putThrottle({ ...tries, failures: 7, updatedAt: NOON + 5 });
  expect(await staff.throttle('staff:3000')).toEqual({
    ...tries,
    failures: 7,
    updatedAt: NOON + 5,
  });
  await staff.clearThrottle('staff:3000');
  expect(await staff.throttle('staff:3000')).toBeNull();
});

test('an installation is given its prefix once, whoever asks first', async () => {
  const { meta } = await aShop();
  expect(await meta.get('installation-prefix')).toBeNull();
  const asked = ['K7', 'Q2', 'Z9'].map((prefix) => meta.installationPrefix(() => prefix));
  const [first, ...others] = await Promise.all(asked);
  expect(first).toBe('K7');
  expect(others).toEqual(['K7', 'K7']);
  expect(await meta.installationPrefix(() => 'never')).toBe('K7');
});

test("the owner's last choice counts", async () => {
  const { settings } = await aShop();
  expect(await settings.get('paired-only')).toBeNull();
  await settings.put({ key: 'paired-only', value: 'false', at: NOON, by: '1000' });
  await settings.put({ key: 'paired-only', value: 'true', at: NOON + 1, by: '1000' });
  expect(await settings.get('paired-only')).toBe('true');
});
