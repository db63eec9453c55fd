import { expect, test } from 'vitest';
import { createSetUp } from '@/server/staff/setup';
import { signIn } from '@/server/staff/sign-in';
import { staffRoom } from './shop';

const MINUTE = 60_000;
const CHAN = { name: 'Ms Chan', newPin: '739105', address: 'here' };

test('the code on the console makes owner 1000 once, and then it is closed for good', async () => {
  const room = await staffRoom({});
  const setUp = createSetUp(room.desk);
  expect(setUp.isOpen()).toBe(false);
  const code = setUp.begin();
  expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
  expect(setUp.isOpen()).toBe(true);
  expect(await setUp.finish({ ...CHAN, code })).toEqual({ staffCode: '1000' });
  expect(setUp.isOpen()).toBe(false);
  const second = { ...CHAN, code, name: 'Somebody else' };
  expect(await setUp.finish(second)).toEqual({ refused: 'not-found' });
  expect(await room.desk.store.people()).toMatchObject([
    { code: '1000', name: 'Ms Chan', role: 'owner' },
  ]);
  const given = { staffCode: '1000', pin: CHAN.newPin, address: 'here' };
  expect(await signIn(room.desk, given)).toHaveProperty('sessionId');
  expect(await room.told()).toEqual([
    { actor: '1000', did: 'staff-added', person: '1000', name: 'Ms Chan', role: 'owner' },
  ]);
});

test('two who have the code at once make one owner', async () => {
  const room = await staffRoom({});
  const setUp = createSetUp(room.desk);
  const code = setUp.begin();
  const both = await Promise.all([
    setUp.finish({ ...CHAN, code }),
    setUp.finish({ ...CHAN, code, name: 'Somebody else' }),
  ]);
  expect(both.filter((each) => 'staffCode' in each)).toHaveLength(1);
  expect(await room.desk.store.people()).toHaveLength(1);
});

test('the code lives a quarter of an hour; a restart prints another, and the old one is dead', async () => {
  const room = await staffRoom({});
  const old = createSetUp(room.desk).begin();
  const setUp = createSetUp(room.desk);
  const code = setUp.begin();
  const wrong = { refused: 'setup-code-wrong' };
  expect(await setUp.finish({ ...CHAN, code: old })).toEqual(wrong);
  room.later(15 * MINUTE);
  expect(await setUp.finish({ ...CHAN, code })).toEqual(wrong);
  expect(await room.desk.store.staffCount()).toBe(0);
});

test('a PIN that is too simple costs no code, and guesses of the code have to wait', async () => {
  const room = await staffRoom({});
  const setUp = createSetUp(room.desk);
  const code = setUp.begin();
  const simple = await setUp.finish({ ...CHAN, code, newPin: '111111' });
  expect(simple).toEqual({ refused: 'pin-too-simple', fault: 'same-digits' });
  for (let tries = 0; tries < 5; tries += 1) await setUp.finish({ ...CHAN, code: 'AAAA-AAAA' });
  const blocked = { refused: 'too-many-tries', seconds: 1 };
  expect(await setUp.finish({ ...CHAN, code })).toEqual(blocked);
  room.later(1_000);
  expect(await setUp.finish({ ...CHAN, code })).toEqual({ staffCode: '1000' });
});
