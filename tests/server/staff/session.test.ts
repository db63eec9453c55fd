import { describe, expect, test } from 'vitest';
import type { PaymentState } from '@/lib/payment';
import { acted, hashId, standing } from '@/server/staff/session';
import { NOON } from '../../support/payments';
import { aBackDoor, aPayment, paymentId, recordSale } from '../store/support';
import { type StaffRoom, staffRoom } from './shop';

const MINUTE = 60_000;
const PEOPLE = {
  '1000': 'owner',
  '2000': 'manager',
  '3000': 'cashier',
  '3001': 'cashier',
} as const;

const lockOf = async ({ desk }: StaffRoom, id: string) => {
  const found = await standing(desk, id);
  return found === null ? 'gone' : found.locked ? 'locked' : found.locksInMs;
};
const payment = (room: StaffRoom, n: number, state: PaymentState, facts: object = {}) =>
  recordSale(room.opened, aPayment(n, { state, staff: '3000', counter: '1', ...facts }));

describe('a screen that nobody touches', () => {
  test('S13 locks after five minutes, and a touch keeps it open', async () => {
    const room = await staffRoom(PEOPLE);
    const id = await room.enter('3000');
    expect(await lockOf(room, id)).toBe(5 * MINUTE);
    room.later(4 * MINUTE);
    expect(await lockOf(room, id)).toBe(MINUTE);
    const here = await standing(room.desk, id);
    if (here !== null) await acted(room.desk, here);
    room.later(4 * MINUTE);
    expect(await lockOf(room, id)).toBe(MINUTE);
    room.later(MINUTE);
    expect(await lockOf(room, id)).toBe('locked');
  });

  test('what it asks by itself is no touch, and a touch opens no lock', async () => {
    const room = await staffRoom(PEOPLE);
    const id = await room.enter('3000');
    for (let minute = 0; minute < 5; minute += 1) {
      room.later(MINUTE);
      await standing(room.desk, id);
    }
    expect(await lockOf(room, id)).toBe('locked');
    const here = await standing(room.desk, id);
    if (here !== null) await acted(room.desk, here);
    expect(await lockOf(room, id)).toBe('locked');
  });

  test.each([
    [0, '2000', 11 * 60, null],
    [15, '3000', 14, MINUTE],
    [15, '2000', 5, 'locked'],
    [1, '1000', 1, 'locked'],
  ] as const)('set to %i minutes, %s after %i minutes: %s', async (minutes, code, idle, then) => {
    const room = await staffRoom(PEOPLE);
    await room.set('idle-lock-minutes', minutes);
    const id = await room.enter(code);
    room.later(idle * MINUTE);
    expect(await lockOf(room, id)).toBe(then);
  });

  test('S13 is signed out after twelve hours, however busy', async () => {
    const room = await staffRoom(PEOPLE);
    const id = await room.enter('3000');
    for (let hour = 0; hour < 12; hour += 1) {
      room.later(60 * MINUTE);
      await room.desk.store.activate(hashId(id), room.desk.now());
    }
    expect(await lockOf(room, id)).toBe('gone');
  });
});

describe('a customer who is paying keeps the screen open', () => {
  test('while the payment is live, and until green was to be seen', async () => {
    const room = await staffRoom(PEOPLE);
    const id = await room.enter('3000');
    await payment(room, 1, 'awaiting');
    room.later(9 * MINUTE);
    expect(await lockOf(room, id)).toBe(5_000);
    const door = await aBackDoor(room.file);
    const paidAt = NOON + 9 * MINUTE;
    door.exec(`update payment set state = 'paid', rank = 4, paid_at = ${paidAt}`);
    door.close();
    room.later(MINUTE - 1);
    expect(await lockOf(room, id)).toBe(5_000);
    room.later(1);
    expect(await lockOf(room, id)).toBe('locked');
  });

  test.each([
    ['somebody else’s payment', { staff: '3001' }],
    ['one that a manager let go', { abandonedBy: '2000' }],
  ])('%s keeps it open no longer', async (_what, facts) => {
    const room = await staffRoom(PEOPLE);
    const id = await room.enter('3000');
    await payment(room, 1, 'awaiting', facts);
    room.later(5 * MINUTE);
    expect(await lockOf(room, id)).toBe('locked');
  });
});

describe('another person on the same screen', () => {
  const next = (before: string) => ({ before: { sessionId: before, counter: '1' } });

  test('goes on with the payment that runs there, and the session before ends', async () => {
    const room = await staffRoom(PEOPLE);
    const mei = await room.enter('3000');
    await payment(room, 1, 'awaiting');
    await payment(room, 2, 'awaiting', { counter: '2' });
    await payment(room, 3, 'paid');
    const ling = await room.enter('3001', next(mei));
    expect(await standing(room.desk, mei)).toBeNull();
    const here = await standing(room.desk, ling);
    expect(here?.person).toMatchObject({ code: '3001', carries: [paymentId(1)] });
    room.later(6 * MINUTE);
    expect(await lockOf(room, ling)).toBe(5_000);
  });

  test('hands on what was handed over, and it stays one’s own', async () => {
    const room = await staffRoom(PEOPLE);
    const mei = await room.enter('3000');
    await payment(room, 1, 'awaiting');
    const ling = await room.enter('3001', next(mei));
    const boss = await room.enter('1000', next(ling));
    expect((await standing(room.desk, boss))?.person.carries).toEqual([paymentId(1)]);
    const back = await room.enter('3000', next(boss));
    expect((await standing(room.desk, back))?.person.carries).toEqual([paymentId(1)]);
  });

  test('takes nothing over from a session that has ended', async () => {
    const room = await staffRoom(PEOPLE);
    const mei = await room.enter('3000');
    await payment(room, 1, 'awaiting');
    await room.desk.store.endSession(hashId(mei), NOON);
    const ling = await room.enter('3001', next(mei));
    expect((await standing(room.desk, ling))?.person).not.toHaveProperty('carries');
  });

  test('who enters a wrong PIN leaves everything as it was', async () => {
    const room = await staffRoom(PEOPLE);
    const mei = await room.enter('3000');
    const wrong = room.enter('3001', { ...next(mei), pin: '000000' });
    await expect(wrong).rejects.toThrow('wrong-pin');
    expect(await standing(room.desk, mei)).not.toBeNull();
  });
});

test('one sign-in is good for one sale', async () => {
  const { desk, enter } = await staffRoom(PEOPLE);
  const [one, two] = [hashId(await enter('3000')), hashId(await enter('3000'))];
  const tries = [one, one, two].map((id) => desk.store.spendSession(id, NOON));
  expect(await Promise.all(tries)).toEqual([true, false, true]);
});
