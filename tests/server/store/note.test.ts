import { expect, test } from 'vitest';
import { aBackDoor, aPayment, aShop, NOON, paymentId, recordSale } from './support';

const aNewNote = (says: string) => ({ paymentId: paymentId(1), at: NOON, staff: '2000', says });

test('a note is kept with who wrote it and when, in order, and in the audit chain', async () => {
  const shop = await aShop();
  await recordSale(shop, aPayment(1));
  expect(await shop.notes.add(aNewNote('Called the customer'))).toMatchObject({ number: 1 });
  expect(await shop.notes.add(aNewNote('枱 5'))).toMatchObject({ number: 2 });
  expect(await shop.notes.ofPayment(paymentId(1))).toEqual([
    { number: 1, at: NOON, staff: '2000', says: 'Called the customer' },
    { number: 2, at: NOON, staff: '2000', says: '枱 5' },
  ]);
  const story = await shop.store.read.timeline(paymentId(1));
  expect(story.map(({ kind, actor, detail }) => [kind, actor, detail.did, detail.says])).toEqual([
    ['person', '2000', 'note', 'Called the customer'],
    ['person', '2000', 'note', '枱 5'],
  ]);
  expect(await shop.verifyAudit()).toMatchObject({ ok: true, rows: 2 });
});

test('no note is ever changed or taken away, by any SQL', async () => {
  const shop = await aShop();
  await recordSale(shop, aPayment(1));
  await shop.notes.add(aNewNote('first'));
  const door = await aBackDoor(shop.file);
  expect(() => door.exec("update payment_note set says = 'x'")).toThrow(/never changes/);
  expect(() => door.exec('delete from payment_note')).toThrow(/never deleted/);
});

test('a note on no payment, and one too many, leave nothing behind', async () => {
  const shop = await aShop();
  await recordSale(shop, aPayment(1));
  await expect(shop.notes.add({ ...aNewNote('x'), paymentId: paymentId(9) })).rejects.toThrow();
  for (let n = 1; n <= 100; n += 1) await shop.notes.add(aNewNote(`note ${n}`));
  expect(await shop.notes.add(aNewNote('one more'))).toBeNull();
  expect(await shop.notes.ofPayment(paymentId(1))).toHaveLength(100);
  expect(await shop.store.read.timeline(paymentId(1))).toHaveLength(100);
});

test('an export takes the notes along, and a search finds payments by the sale and the refund', async () => {
  const shop = await aShop();
  await recordSale(shop, aPayment(1));
  await recordSale(shop, aPayment(2));
  await shop.notes.add(aNewNote('one'));
  await shop.notes.add(aNewNote('two'));
  const { rows } = await shop.reads.exportPart({ limit: 10 });
  expect(rows.map(({ id, notes }) => [id, notes])).toEqual([
    [paymentId(2), null],
    [paymentId(1), 'one\ntwo'],
  ]);
  const found = await shop.reads.page({ q: aPayment(2).saleId, limit: 10 });
  expect(found.payments.map(({ id }) => id)).toEqual([paymentId(2)]);
});
