import { expect, test } from 'vitest';
import { holdsCardNumber } from '@/lib/card-number';

// Published test numbers of the card schemes; none belongs to anybody.
test.each([
  ...['4111111111111111', '4111 1111 1111 1111', 'ref 5555-5555-5555-4444 ok'],
  ...['table 5 4111 1111 1111 1111', '4111-1111-1111-1111 12', '3782 822463 10005'],
])('S60 a card number is found in "%s"', (text) => expect(holdsCardNumber(text)).toBe(true));
// Of the longest, the first nineteen digits would pass for a card.
test.each([
  ...['4111111111111112', 'table 12', '20260105180500020000000042', '98765432', ''],
  '20260105180500020070000042',
])('S60 and none in "%s"', (text) => expect(holdsCardNumber(text)).toBe(false));
