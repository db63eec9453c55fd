import { describe, expect, test } from 'vitest';
import { addPerson, changeOwnPin, changePerson } from '@/server/staff/people';
import { hashId } from '@/server/staff/session';
import { personOfSession, signIn } from '@/server/staff/sign-in';
import { everythingKept } from '@/tests/support/database';
import { PIN, staffRoom } from './shop';

const BY = { by: '1000' };
const MEI = { code: '3000', name: 'Mei', role: 'cashier', newPin: '739105' } as const;

describe('somebody new', () => {
  test('comes in with their code and PIN, and the audit says who let them', async () => {
    const { desk, told } = await staffRoom({ '1000': 'owner' });
    expect(await addPerson(desk, MEI, BY)).toMatchObject({ code: '3000', role: 'cashier' });
    const given = { staffCode: '3000', pin: MEI.newPin, address: 'here' };
    expect(await signIn(desk, given)).toHaveProperty('sessionId');
    expect(await told()).toEqual([
      { actor: '1000', did: 'staff-added', person: '3000', name: 'Mei', role: 'cashier' },
    ]);
  });

  test('never gets the code of somebody who has left', async () => {
    const { desk, told } = await staffRoom({ '1000': 'owner', '3000': 'cashier' });
    await changePerson(desk, { code: '3000', change: { disabled: true } }, BY);
    expect(await addPerson(desk, MEI, BY)).toEqual({ refused: 'staff-code-taken' });
    expect(await told()).toHaveLength(1);
    expect((await desk.store.staffByCode('3000'))?.name).toBe('Person 3000');
  });

  test.each(['12345', '1234567', '12a456', '777777', '456789', '210987', ''])(
    'never gets the PIN “%s”',
    async (newPin) => {
      const { desk } = await staffRoom({ '1000': 'owner' });
      const added = await addPerson(desk, { ...MEI, newPin }, BY);
      expect(added).toMatchObject({ refused: 'pin-too-simple' });
      expect(await desk.store.people()).toHaveLength(1);
    },
  );

  test('never gets their own code as their PIN', async () => {
    const { desk } = await staffRoom({ '1000': 'owner' });
    const added = await addPerson(desk, { ...MEI, code: '284619', newPin: '284619' }, BY);
    expect(added).toEqual({ refused: 'pin-too-simple', fault: 'code' });
  });
});

describe('a change of rights bites at once', () => {
  test.each([
    ['another role', { role: 'manager' }],
    ['an end', { disabled: true }],
    ['a new PIN', { newPin: '739105' }],
  ] as const)('%s ends every session of that person and of nobody else', async (_what, change) => {
    const { desk, enter } = await staffRoom({ '1000': 'owner', '3000': 'cashier' });
    const [first, second, owner] = [await enter('3000'), await enter('3000'), await enter('1000')];
    await changePerson(desk, { code: '3000', change }, BY);
    expect(await personOfSession(desk, first)).toBeNull();
    expect(await personOfSession(desk, second)).toBeNull();
    expect(await personOfSession(desk, owner)).toMatchObject({ code: '1000' });
  });

  test('a new name ends nothing', async () => {
    const { desk, enter } = await staffRoom({ '1000': 'owner', '3000': 'cashier' });
    const session = await enter('3000');
    await changePerson(desk, { code: '3000', change: { name: 'Mei Ling' } }, BY);
    expect(await personOfSession(desk, session)).toMatchObject({ name: 'Mei Ling' });
  });

  test('whoever comes back enters with the PIN they had', async () => {
    const { desk, enter } = await staffRoom({ '1000': 'owner', '3000': 'cashier' });
    await changePerson(desk, { code: '3000', change: { disabled: true } }, BY);
    await expect(enter('3000')).rejects.toThrow('wrong-pin');
    await changePerson(desk, { code: '3000', change: { disabled: false } }, BY);
    expect(await personOfSession(desk, await enter('3000'))).toMatchObject({ code: '3000' });
  });

  test('what was before and after stands in the audit; no PIN stands anywhere', async () => {
    const { desk, told, opened, file } = await staffRoom({ '1000': 'owner', '3000': 'cashier' });
    const change = { name: 'Mei', role: 'manager', newPin: '739105', disabled: true } as const;
    await changePerson(desk, { code: '3000', change }, BY);
    const of = { actor: '1000', did: 'staff-changed', person: '3000' };
    expect(await told()).toEqual([
      { ...of, what: 'name', before: 'Person 3000', after: 'Mei' },
      { ...of, what: 'role', before: 'cashier', after: 'manager' },
      { ...of, what: 'pin' },
      { ...of, what: 'disabled' },
    ]);
    expect(await opened.verifyAudit()).toEqual({ ok: true, rows: 4 });
    expect(await everythingKept(file)).not.toContain('739105');
  });
});

describe('a shop is never without an owner', () => {
  test.each([{ role: 'manager' }, { disabled: true }] as const)(
    'the last one stays: %o',
    async (change) => {
      const { desk, told } = await staffRoom({ '1000': 'owner', '1001': 'owner' });
      expect(await changePerson(desk, { code: '1001', change }, BY)).not.toHaveProperty('refused');
      const last = await changePerson(desk, { code: '1000', change }, BY);
      expect(last).toEqual({ refused: 'last-owner' });
      expect(await desk.store.staffByCode('1000')).toMatchObject({
        role: 'owner',
        disabledAt: null,
      });
      expect(await told()).toHaveLength(1);
    },
  );

  test('of two owners who put each other out at once, one stays', async () => {
    const { desk } = await staffRoom({ '1000': 'owner', '1001': 'owner' });
    const answers = await Promise.all([
      changePerson(desk, { code: '1000', change: { disabled: true } }, { by: '1001' }),
      changePerson(desk, { code: '1001', change: { disabled: true } }, { by: '1000' }),
    ]);
    expect(answers.filter((each) => 'refused' in each)).toHaveLength(1);
  });

  test('the last owner may get another name and PIN', async () => {
    const { desk } = await staffRoom({ '1000': 'owner' });
    const change = { name: 'Ms Chan', newPin: '739105' };
    expect(await changePerson(desk, { code: '1000', change }, BY)).toHaveProperty('code', '1000');
  });
});

test('somebody’s own new PIN keeps this screen and ends their other ones', async () => {
  const { desk, enter, told } = await staffRoom({ '3000': 'cashier' });
  const [here, elsewhere] = [await enter('3000'), await enter('3000')];
  const person = { code: '3000', name: 'Mei', role: 'cashier' } as const;
  const made = await changeOwnPin(desk, { person, newPin: '739105', here: hashId(here) });
  expect(made).not.toHaveProperty('refused');
  expect(await personOfSession(desk, here)).not.toBeNull();
  expect(await personOfSession(desk, elsewhere)).toBeNull();
  await expect(enter('3000', { pin: PIN })).rejects.toThrow('wrong-pin');
  expect(await told()).toEqual([
    { actor: '3000', did: 'staff-changed', person: '3000', what: 'own-pin' },
  ]);
});

test('nobody is changed whom nobody knows', async () => {
  const { desk } = await staffRoom({ '1000': 'owner' });
  const change = { name: 'Nobody' };
  expect(await changePerson(desk, { code: '9999', change }, BY)).toEqual({ refused: 'not-found' });
});
