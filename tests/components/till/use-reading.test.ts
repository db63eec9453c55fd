import { expect, test } from 'vitest';
import { isReadAgain } from '@/components/till/use-reading';

const CODE = '134567890123456789';
const read = (text: string, at: number) => ({ text, at });

test('the first code is read, and so is another one at any time', () => {
  expect(isReadAgain(null, read(CODE, 0), false)).toBe(false);
  expect(isReadAgain(read(CODE, 0), read('287654321098765432', 1), false)).toBe(false);
  expect(isReadAgain(read(CODE, 0), read('287654321098765432', 1), true)).toBe(false);
});

test('a trigger that is held reads nothing new; whoever waited for an answer scans again', () => {
  expect(isReadAgain(read(CODE, 0), read(CODE, 1_999), false)).toBe(true);
  expect(isReadAgain(read(CODE, 0), read(CODE, 2_000), false)).toBe(false);
});

test('while its payment stands there in green, the same code says nothing, however late', () => {
  expect(isReadAgain(read(CODE, 0), read(CODE, 60_000), true)).toBe(true);
});
