/** Default deny (security.md S31): who may go through which door, as the doors say themselves. */
import { describe, expect, test } from 'vitest';
import { CAPABILITIES, can } from '@/lib/capabilities';
import { STAFF_ROLES } from '@/lib/contract';
import { DISPLAY_DOORS, DOORS, doorsInSource, doorsOf, nameOf } from '../support/doors';

const doors = doorsInSource();

describe('S31 every door', () => {
  test('is listed in tests/support/doors.ts with who may go through it', () => {
    const told = Object.fromEntries(doors.map((door) => [nameOf(door), door.keeper]));
    expect(told).toEqual(DOORS);
  });

  test('that changes something wants our own pages as the origin', () => {
    const bare = doors.filter(({ method, keeper, guarded }) => {
      const changes = method !== 'GET' && method !== 'HEAD';
      return changes && keeper !== 'open' && !guarded;
    });
    expect(bare.map(nameOf)).toEqual([]);
  });

  test('that only reads asks for no origin, so that nothing hides behind it', () => {
    const reading = doors.filter(({ method, guarded }) => method === 'GET' && guarded);
    expect(reading.map(nameOf)).toEqual([]);
  });

  test('that a customer’s screen comes through is one of two, and changes nothing', () => {
    const theirs = doors.filter(({ forDisplays }) => forDisplays);
    expect(theirs.map(nameOf).sort()).toEqual(DISPLAY_DOORS);
    expect(theirs.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('with a session has a capability of the table', () => {
    expect(doors.filter(({ keeper }) => keeper === null).map(nameOf)).toEqual([]);
  });
});

describe('a planted door is seen:', () => {
  const made = (rule: string) => `export const POST = door(${rule}, async () => json({}));`;
  test.each([
    ['a capability', made("{ may: 'refund', changes: true }"), 'refund', true],
    ['over lines', made("{\n  may: 'refund',\n  changes: true,\n}"), 'refund', true],
    ['one that nobody knows', made("{ may: 'everything', changes: true }"), null, true],
    ['without a guard', made("{ may: 'refund' }"), 'refund', false],
    ['none at all', 'export async function POST() {}', 'open', false],
    ['another name', 'async function f() {}\nexport { f as POST };', 'open', false],
    ['a comment', `// door({ may: 'refund' })\nexport function POST() {}`, 'open', false],
  ])('%s', (_what, text, keeper, guarded) => {
    const seen = { method: 'POST', path: '/api/x', keeper, guarded, forDisplays: false };
    expect(doorsOf('/api/x', text)).toEqual([seen]);
  });
});

test('a planted door of a customer’s screen is seen', () => {
  const text = "export const GET = displayDoor({ may: 'charge' }, async () => json({}));";
  expect(doorsOf('/api/x', text)).toMatchObject([{ keeper: 'charge', forDisplays: true }]);
});

test('roles add up: whoever is more may all that the one before may', () => {
  for (const capability of CAPABILITIES) {
    const may = STAFF_ROLES.map((role) => can(role, capability));
    expect([capability, may]).toEqual([capability, [...may].sort()]);
    expect(may[2]).toBe(true);
  }
  expect(STAFF_ROLES.map((role) => can(role, 'manage-staff'))).toEqual([false, false, true]);
  expect(STAFF_ROLES.map((role) => can(role, 'refund'))).toEqual([false, true, true]);
  expect(STAFF_ROLES.map((role) => can(role, 'charge'))).toEqual([true, true, true]);
});
