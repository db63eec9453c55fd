import { expect, test } from 'vitest';
import type { PaymentId } from '@/lib/payment';
import { numberInScan } from '@/lib/scanned-number';
import { createReceiptTokens } from '@/server/receipt-token';

const ID = 'H80KF930KTZYPK' as PaymentId;
const mine = createReceiptTokens(Buffer.alloc(32, 1));
const other = createReceiptTokens(Buffer.alloc(32, 2));

test('an address is the number and a seal that only this installation can make', () => {
  const token = mine.tokenOf(ID);
  expect(token).toMatch(/^H80KF930KTZYPK[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(mine.tokenOf(ID)).toBe(token);
  expect(other.tokenOf(ID)).not.toBe(token);
  expect(mine.paymentOf(token)).toBe(ID);
  expect(other.paymentOf(token)).toBeNull();
});

test('every changed character, and every other payment’s number, breaks the seal', () => {
  const token = mine.tokenOf(ID);
  for (let place = 0; place < token.length; place += 1) {
    const character = token[place] === '0' ? '1' : '0';
    const changed = token.slice(0, place) + character + token.slice(place + 1);
    expect([place, mine.paymentOf(changed)]).toEqual([place, null]);
  }
  for (const wrong of ['', ID, token.slice(1), `${token}0`, token.slice(14), token.toLowerCase()]) {
    expect(mine.paymentOf(wrong)).toBeNull();
  }
  expect(mine.paymentOf('多'.repeat(40))).toBeNull();
});

test('a hand scanner on the refund screen finds the sale by the customer’s page as well', () => {
  expect(numberInScan(`https://pay.example/r/${mine.tokenOf(ID)}`)).toBe(ID);
  expect(numberInScan(`https://pay.example/r/${ID}`)).toBe(ID);
  expect(numberInScan(ID)).toBe(ID);
});
