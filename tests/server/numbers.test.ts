import { expect, test } from 'vitest';
import { createIds, newPrefix } from '@/server/numbers';

const ids = createIds('ABC', { key: Buffer.alloc(32, 3), wall: () => 1_767_585_600_000 });
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

test('a payment number is short, has the prefix, no comma and never comes twice', () => {
  const numbers = Array.from({ length: 10_000 }, () => ids.paymentNumber());
  for (const number of numbers) expect(number).toMatch(/^ABC[0-9A-HJKMNP-TV-Z]{11}$/);
  expect(new Set(numbers).size).toBe(10_000);
  expect(newPrefix()).toMatch(/^[0-9A-HJKMNP-TV-Z]{3}$/);
});

test('its check character finds every single wrong character', () => {
  const number = ids.paymentNumber();
  const holds = (text: string) => {
    const body = [...text.slice(0, -1)];
    const sum = body.reduce((t, c, i) => t + CROCKFORD.indexOf(c) * (2 * i + 1), 0);
    return CROCKFORD.charAt(sum % 32) === text.at(-1);
  };
  expect(holds(number)).toBe(true);
  for (let place = 0; place < number.length - 1; place += 1) {
    for (const other of CROCKFORD) {
      if (other === number.charAt(place)) continue;
      expect(holds(number.slice(0, place) + other + number.slice(place + 1))).toBe(false);
    }
  }
});

test('a refund number is of the same kind as a payment number', () => {
  const numbers = Array.from({ length: 1_000 }, () => ids.refundNumber());
  for (const number of numbers) expect(number).toMatch(/^ABC[0-9A-HJKMNP-TV-Z]{11}$/);
  expect(new Set(numbers).size).toBe(1_000);
});

test('a shop knows its own numbers, and nobody else’s', () => {
  const number = ids.paymentNumber();
  expect(ids.isOurs(number)).toBe(true);
  expect(ids.isOurs(ids.refundNumber())).toBe(true);
  const wall = () => 0;
  const stranger = createIds('ABD', { key: Buffer.alloc(32, 3), wall }).paymentNumber();
  const longer = createIds('ABCD', { key: Buffer.alloc(32, 3), wall }).paymentNumber();
  const wrong = number.slice(0, -1) + (number.endsWith('0') ? '1' : '0');
  const swapped = 'ABC10000000000'; // The sum of ABC1 is 10*1 + 11*3 + 12*5 + 1*7 = 110 = E.
  expect(ids.isOurs('ABC1000000000E')).toBe(true);
  for (const other of [
    ...[stranger, longer, wrong, swapped, '', 'ABC', `${number} `, number.toLowerCase()],
    'ABCU00000000000',
    'ABC-0000000000',
    'S01T02-20260105',
  ]) {
    expect(ids.isOurs(other)).toBe(false);
  }
});

test('a sale id sorts by its time', () => {
  expect(ids.saleId().slice(0, 10)).toBe('01KE64ZMG0');
});

test('a fingerprint tells texts apart and cannot be made without the key', () => {
  const other = createIds('ABC', { key: Buffer.alloc(32, 4), wall: () => 0 });
  expect(ids.fingerprint('130123456789012345')).not.toBe(ids.fingerprint('130123456789012346'));
  expect(ids.fingerprint('x')).not.toBe(other.fingerprint('x'));
});
