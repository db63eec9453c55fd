/** Customers' screens: paired by the code they show, each for one counter, and revoked at once. */
import { expect, test } from 'vitest';
import { beginDisplay, displayOf, pairDisplay, revokeDisplay } from '@/server/staff/displays';
import { hashId } from '@/server/staff/session';
import { staffRoom } from './shop';

const BY = { by: '3000' };
const MINUTE = 60_000;
const room = () => staffRoom({ '1000': 'owner', '3000': 'cashier' });

test('a secret opens nothing until its code is typed at a till, and then that counter', async () => {
  const { desk, told } = await room();
  const { code, secret } = await beginDisplay(desk, undefined);
  expect(code).toMatch(/^[2-9A-Z]{6}$/);
  expect(await displayOf(desk, secret)).toBeNull();
  const typed = ` ${code.slice(0, 3).toLowerCase()} ${code.slice(3)}`;
  const paired = await pairDisplay(desk, { code: typed, counter: '2' }, BY);
  expect(paired).toMatchObject({ counter: '2' });
  expect(await displayOf(desk, secret)).toMatchObject({ counter: '2', pairedBy: '3000' });
  const again = await pairDisplay(desk, { code, counter: '3' }, BY);
  expect(again).toEqual({ refused: 'display-code-wrong' });
  const id = 'id' in paired ? paired.id : '';
  expect(await told()).toEqual([{ actor: '3000', did: 'display-paired', counter: '2', id }]);
});

test('a code is good for five minutes', async () => {
  const { desk, later } = await room();
  const { code, secret } = await beginDisplay(desk, undefined);
  later(5 * MINUTE);
  const late = await pairDisplay(desk, { code, counter: '2' }, BY);
  expect(late).toEqual({ refused: 'display-code-wrong' });
  expect(await displayOf(desk, secret)).toBeNull();
});

test('of one screen the newest code alone counts; others keep theirs', async () => {
  const { desk } = await room();
  const other = await beginDisplay(desk, undefined);
  const first = await beginDisplay(desk, undefined);
  const second = await beginDisplay(desk, first.secret);
  const old = await pairDisplay(desk, { code: first.code, counter: '2' }, BY);
  expect(old).toEqual({ refused: 'display-code-wrong' });
  for (const { code } of [second, other]) {
    expect(await pairDisplay(desk, { code, counter: '2' }, BY)).toMatchObject({ counter: '2' });
  }
  expect((await desk.store.displays()).length).toBe(2);
});

test('screens that ask without end push out the oldest, so that they fill nothing', async () => {
  const { desk, later } = await room();
  const taken: boolean[] = [];
  const codes: string[] = [];
  for (let each = 0; each < 25; each += 1) {
    codes.push((await beginDisplay(desk, undefined)).code);
    later(1);
  }
  for (const [place, code] of codes.entries()) {
    const by = { by: String(place) };
    taken.push('id' in (await pairDisplay(desk, { code, counter: '2' }, by)));
  }
  expect(taken).toEqual(codes.map((_code, place) => place >= 5));
});

test('guessing codes is slowed down for whoever guesses', async () => {
  const { desk } = await room();
  const { code } = await beginDisplay(desk, undefined);
  for (let tries = 0; tries < 5; tries += 1) {
    await pairDisplay(desk, { code: `22222${tries + 2}`, counter: '2' }, BY);
  }
  expect(await pairDisplay(desk, { code, counter: '2' }, BY)).toMatchObject({
    refused: 'too-many-tries',
  });
  expect(await pairDisplay(desk, { code, counter: '2' }, { by: '1000' })).toMatchObject({
    counter: '2',
  });
});

test('a revoked screen is nobody’s at once, once, and the audit says so', async () => {
  const { desk, told } = await room();
  const { code, secret } = await beginDisplay(desk, undefined);
  const paired = await pairDisplay(desk, { code, counter: '2' }, BY);
  const id = 'id' in paired ? paired.id : '';
  expect(await revokeDisplay(desk, id, { by: '1000' })).toEqual({ counter: '2' });
  expect(await revokeDisplay(desk, id, { by: '1000' })).toEqual({ refused: 'not-found' });
  expect(await displayOf(desk, secret)).toBeNull();
  expect(await desk.store.displays()).toEqual([]);
  expect((await told()).at(-1)).toEqual({
    ...{ actor: '1000', did: 'display-revoked', counter: '2', id },
  });
});

test('when it was last there is known to the minute; the database holds neither code nor secret', async () => {
  const { desk, later, opened } = await room();
  const { code, secret } = await beginDisplay(desk, undefined);
  await pairDisplay(desk, { code, counter: '2' }, BY);
  const [before] = await desk.store.displays();
  later(2 * MINUTE);
  await displayOf(desk, secret);
  const [after] = await desk.store.displays();
  expect((after?.lastSeenAt ?? 0) - (before?.lastSeenAt ?? 0)).toBe(2 * MINUTE);
  expect(after?.secretHash).toBe(hashId(secret));
  expect(JSON.stringify([after, await opened.verifyAudit()])).not.toContain(secret);
});
