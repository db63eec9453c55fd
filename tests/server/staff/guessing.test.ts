/** Guessing PINs: what it costs, how long it is held up, and that nothing is learned by it. */
import { expect, test } from 'vitest';
import { COST, hashPin } from '@/server/staff/pin';
import { signIn } from '@/server/staff/sign-in';
import { openStore } from '@/server/store';
import { PIN, staffRoom } from './shop';

const FROM = (place: number) => ({ address: `10.0.${Math.trunc(place / 250)}.${place % 250}` });

test('S25 an unknown code takes as long as a known one', async () => {
  const room = await staffRoom({ '1000': 'owner' });
  const desk = { ...room.desk, pinCost: COST };
  const slow = await hashPin(PIN, desk.pinPepper);
  const owner = await room.desk.store.staffByCode('1000');
  if (owner !== null) await room.opened.staff.updateStaff({ ...owner, pinHash: slow });
  const took = async (staffCode: string, place: number) => {
    const began = process.cpuUsage();
    const given = { staffCode, pin: '000000', ...FROM(place) };
    expect(await signIn(desk, given)).toEqual({ refused: 'wrong-pin' });
    room.later(300_000);
    const { user, system } = process.cpuUsage(began);
    return user + system;
  };
  // The first one makes what all unknown codes are held against.
  await took('9999', 99);
  const times: Record<string, number[]> = { '1000': [], '9999': [] };
  for (let round = 0; round < 5; round += 1) {
    for (const code of ['1000', '9999']) times[code]?.push(await took(code, round));
  }
  const middle = (of: number[] = []) => [...of].sort((a, b) => a - b)[2] ?? 0;
  const ratio = middle(times['9999']) / middle(times['1000']);
  expect(ratio).toBeGreaterThan(0.6);
  expect(ratio).toBeLessThan(1.6);
}, 60_000);

test('S23 twenty wrong tries across a restart wait as if there had been none', async () => {
  const room = await staffRoom({ '1000': 'owner' });
  const wrong = { staffCode: '1000', pin: '000000', address: 'here' };
  let waited = 0;
  const guess = async (desk: typeof room.desk) => {
    const first = await signIn(desk, wrong);
    if (!('refused' in first) || first.refused !== 'too-many-tries') return;
    waited += first.seconds;
    room.later(first.seconds * 1_000);
    expect(await signIn(desk, wrong)).toEqual({ refused: 'wrong-pin' });
  };
  for (let tries = 0; tries < 10; tries += 1) await guess(room.desk);
  room.opened.close();
  const opened = await openStore({ file: room.file });
  const again = { ...room.desk, store: opened.staff, settings: opened.settings };
  for (let tries = 0; tries < 10; tries += 1) await guess(again);
  opened.close();
  // 1 + 2 + … + 256 s, and 300 s from then on.
  expect(waited).toBe(511 + 6 * 300);
});

test('a stranger holds nobody up for ever: the right PIN is let in after the wait', async () => {
  const room = await staffRoom({ '1000': 'owner' });
  for (let place = 0; place < 12; place += 1) {
    const given = { staffCode: '1000', pin: '000000', ...FROM(place) };
    await signIn(room.desk, given);
    room.later(300_000);
  }
  expect(await room.enter('1000')).toMatch(/^[\w-]{32}$/);
});
