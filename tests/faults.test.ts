/** The map from everything that is known to go wrong to the tests that hold it. */
import { describe, expect, test } from 'vitest';
import { FAULTS } from './support/faults/faults';
import { mistakesOf, type Rows } from './support/map';
import { titlesOf } from './support/titles';

test('every known fault is held by a test, or it is said why none can', () => {
  expect(mistakesOf(FAULTS)).toEqual([]);
});

const without = (rows: Rows, number: string): Rows =>
  Object.fromEntries(Object.entries(rows).filter(([one]) => one !== number));

describe('a map is not believed', () => {
  const { rows, untestable } = FAULTS;
  const because = 'Nothing of the kind is done by anything that stands in this project.';
  // Not in the brackets of each(): these numbers claim nothing.
  const wrongs = [
    ['without a row', { rows: without(rows, 'F07') }, 'F07 has no row'],
    ['with one too many', { rows: { ...rows, F93: 'x' } }, 'F93 is written down'],
    ['with one that nobody holds', { untestable: {} }, 'F92 is held by nothing'],
    ['with one that is both', { untestable: { ...untestable, F07: because } }, 'F07 is held by a'],
    ['with a reason of no row', { untestable: { ...untestable, F93: because } }, 'F93 is called'],
    ['without a reason', { untestable: { F92: 'Later.' } }, 'F92 is called what it is without'],
    ['that is shorter than what tests name', { count: 91 }, 'F92 is written down, and is no row'],
  ] as const;
  test.each(wrongs)('%s', (_how, wrong, says) => {
    expect(mistakesOf({ ...FAULTS, ...wrong }).join('\n')).toContain(says);
  });
});

describe('a claim', () => {
  const from = (text: string) => titlesOf({ file: 'tests/x.test.ts', text }).titles.join(' ');

  test.each([
    ['in a title', "test('F07 half an answer', () => {});"],
    ['in the title of a chapter', "describe('F07 half an answer', () => {});"],
    ['on a line of its own', "test(\n  'F07 half an answer',\n  () => {},\n);"],
    ['in a row that a title prints', "test.each([['F07 half', 1]])('%s: doubt', () => {});"],
    ['in a title over a table', "test.each([1, 2])('F07 after %i bytes', () => {});"],
    ['in a template', 'for (const one of all) test(`F07 after all`, () => {});'],
  ])('%s counts', (_where, text) => {
    expect(from(text)).toContain('F07');
  });

  test.each([
    ['in a comment', "// test('F07 half an answer')\ntest('an answer', () => {});"],
    ['in the body', "test('an answer', () => { expect('F07').toBe(1); });"],
    ['in a text that is no title', "expect('F07').toBe('F07');"],
  ])('%s does not', (_where, text) => {
    expect(from(text)).not.toContain('F07');
  });
});
