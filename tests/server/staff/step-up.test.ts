import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addStaff, type Desk, signIn, stepUp } from '@/server/staff/sign-in';
import { type OpenedStore, openStore } from '@/server/store';
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
  await addStaff(desk, { code: '2000', name: 'Kwok', role: 'manager', pin: '200200' });
});
afterEach(() => {
  opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const KWOK = { staffCode: '2000', pin: '200200', address: '127.0.0.1' };
const guess = (times: number) =>
  Array.from({ length: times }).reduce<Promise<unknown>>(
    (before) => before.then(() => stepUp(desk, { ...KWOK, pin: '000000' })),
    Promise.resolve(),
  );
const failures = async (key: string) => (await opened.staff.throttle(key))?.failures ?? 0;

test('a manager’s code and PIN say who stands there, and open no session', async () => {
  const inserted: string[] = [];
  const watched: Desk = {
    ...desk,
    store: {
      ...desk.store,
      insertSession: async ({ staffCode }) => {
        inserted.push(staffCode);
      },
    },
  };
  const person = { code: '2000', name: 'Kwok', role: 'manager' };
  expect(await stepUp(watched, KWOK)).toEqual({ person });
  expect(inserted).toEqual([]);
});

test('a wrong PIN and an unknown code get the same answer and cost the same try', async () => {
  const refused = { refused: 'step-up-required' };
  expect(await stepUp(desk, { ...KWOK, pin: '200201' })).toEqual(refused);
  expect(await stepUp(desk, { ...KWOK, staffCode: '9999' })).toEqual(refused);
  expect(await failures('staff:2000')).toBe(1);
  expect(await failures('staff:9999')).toBe(1);
  expect(await failures('address:127.0.0.1')).toBe(2);
});

test('after five guesses even the right PIN waits, here and at the door', async () => {
  await guess(5);
  const blocked = { refused: 'too-many-tries', seconds: 1 };
  expect(await stepUp(desk, KWOK)).toEqual(blocked);
  expect(await signIn(desk, KWOK)).toEqual(blocked);
  now += 1_000;
  expect(await stepUp(desk, KWOK)).toHaveProperty('person.code', '2000');
});

test('guesses at the door count here', async () => {
  const wrong = { ...KWOK, pin: '000000', address: '10.0.0.9' };
  for (let tries = 0; tries < 5; tries += 1) await signIn(desk, wrong);
  expect(await stepUp(desk, KWOK)).toMatchObject({ refused: 'too-many-tries' });
});

test('the right PIN forgives the guesses before it, but not those from this tablet', async () => {
  await guess(3);
  await stepUp(desk, KWOK);
  expect(await failures('staff:2000')).toBe(0);
  expect(await failures('address:127.0.0.1')).toBe(3);
});

test('guesses made side by side are all counted', async () => {
  const pins = ['1', '2', '3', '4', '5', '6'];
  await Promise.all(pins.map((pin) => stepUp(desk, { ...KWOK, pin })));
  expect(await failures('staff:2000')).toBe(6);
});

test('somebody who was disabled is refused with the right PIN', async () => {
  const kwok = await opened.staff.staffByCode('2000');
  if (kwok === null) throw new Error('no Kwok');
  const gone = { ...kwok, code: '2001', disabledAt: NOON };
  await opened.staff.insertStaff(gone);
  const refused = { refused: 'step-up-required' };
  expect(await stepUp(desk, { ...KWOK, staffCode: '2001' })).toEqual(refused);
});

test('no PIN at all is asked for, and is no guess', async () => {
  expect(await stepUp(desk, { ...KWOK, pin: '' })).toEqual({ refused: 'step-up-required' });
  expect(await failures('staff:2000')).toBe(0);
});
