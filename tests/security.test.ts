/** The map from every check of the shop's security to the tests that hold it. */
import { expect, test } from 'vitest';
import { mistakesOf } from './support/map';
import { SECURITY } from './support/security/security';

test('every check is held by a test, or it is said why none can', () => {
  expect(mistakesOf(SECURITY)).toEqual([]);
});
