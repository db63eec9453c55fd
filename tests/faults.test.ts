/** The map from everything that is known to go wrong to the tests that hold it. */
import { describe, expect, test } from 'vitest';
import { MATRIX } from './support/faults/matrix';
import { claims, titlesOf } from './support/faults/titles';
import { UNTESTABLE } from './support/faults/untestable';
import { projectSources } from './support/house/source';

const held = claims(projectSources());
const numbers = Object.keys(MATRIX);

describe('every known fault', () => {
  test('has its row: ninety-two, none left out', () => {
    const all = Array.from({ length: 92 }, (_, n) => `F${String(n + 1).padStart(2, '0')}`);
    expect(numbers).toEqual(all);
  });

  test('is named by a test, or it is said why none can hold it', () => {
    const gaps = numbers.filter((number) => !held.has(number) && !(number in UNTESTABLE));
    expect(gaps.map((number) => `${number} ${MATRIX[number]}`)).toEqual([]);
  });

  test('that a test holds is not called untestable', () => {
    expect(Object.keys(UNTESTABLE).filter((number) => held.has(number))).toEqual([]);
  });

  test('that is called untestable is one of them, and its reason is a sentence', () => {
    for (const [number, reason] of Object.entries(UNTESTABLE)) {
      expect(numbers).toContain(number);
      expect(reason).toMatch(/^[A-Z].{40,}\.$/);
    }
  });

  test('that a test claims to hold is one of them', () => {
    const unknown = [...held].filter(([number]) => !(number in MATRIX));
    expect(unknown).toEqual([]);
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
