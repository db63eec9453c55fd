import { expect, test } from 'vitest';
import { aBackDoor, aPayment, aShop, NOON, paymentId, recordSale } from './support';

const paid = (n: number) => aPayment(n, { state: 'paid', paidAt: NOON, confirmed: true });
const press = (key: string, n = 1) => ({
  ...{ paymentId: paymentId(n), at: NOON, staff: '3000', key },
  ...({ way: 'browser', paper: 80 } as const),
});

test('prints are counted in order, with who and how, and stand in the audit chain', async () => {
  const shop = await aShop();
  await recordSale(shop, paid(1));
  expect(await shop.receiptPrints.add(press('a'))).toMatchObject({ number: 1 });
  expect(await shop.receiptPrints.add({ ...press('b'), way: 'usb', paper: 58 })).toMatchObject({
    number: 2,
  });
  expect(await shop.receiptPrints.ofPayment(paymentId(1))).toEqual([
    { number: 1, at: NOON, staff: '3000', way: 'browser', paper: 80 },
    { number: 2, at: NOON, staff: '3000', way: 'usb', paper: 58 },
  ]);
  const story = await shop.store.read.timeline(paymentId(1));
  expect(story.map(({ kind, actor, detail }) => [kind, actor, detail])).toEqual([
    ['person', '3000', { did: 'receipt', number: 1, way: 'browser', paper: 80 }],
    ['person', '3000', { did: 'receipt', number: 2, way: 'usb', paper: 58 }],
  ]);
  expect(await shop.verifyAudit()).toMatchObject({ ok: true });
});

test('one press is one print, however often it is sent and however fast', async () => {
  const shop = await aShop();
  await recordSale(shop, paid(1));
  await recordSale(shop, paid(2));
  const all = await Promise.all(
    ['a', 'a', 'b', 'a'].map((key) => shop.receiptPrints.add(press(key))),
  );
  expect(all.map((one) => (typeof one === 'string' ? one : one.number))).toEqual([1, 1, 2, 1]);
  expect(await shop.receiptPrints.ofPayment(paymentId(1))).toHaveLength(2);
  expect(await shop.receiptPrints.add(press('a', 2))).toBe('key-reused');
});

test('what is not paid, or is in doubt, has no receipt to print', async () => {
  const shop = await aShop();
  await recordSale(shop, aPayment(1));
  await recordSale(shop, { ...paid(2), review: 'paid-then-denied' });
  expect(await shop.receiptPrints.add(press('a', 1))).toBe('not-paid');
  expect(await shop.receiptPrints.add(press('b', 2))).toBe('not-paid');
  expect(await shop.receiptPrints.add(press('c', 9))).toBe('not-paid');
  expect(await shop.store.read.timeline(paymentId(2))).toEqual([]);
});

test('there is an end to paper, and no SQL makes a print undone', async () => {
  const shop = await aShop();
  await recordSale(shop, paid(1));
  for (let n = 1; n <= 50; n += 1) await shop.receiptPrints.add(press(`press ${n}`));
  expect(await shop.receiptPrints.add(press('one more'))).toBe('too-many');
  const door = await aBackDoor(shop.file);
  expect(() => door.exec('update receipt_print set number = 99 where number = 1')).toThrow(
    /never changes/,
  );
  expect(() => door.exec('delete from receipt_print')).toThrow(/never deleted/);
});
