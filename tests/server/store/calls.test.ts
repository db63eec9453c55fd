import { describe, expect, test } from 'vitest';
import { aBackDoor, aNote, aSale, aShop, NOON, paymentId, saleId } from './support';

describe('keys, calls and notices', () => {
  test('a key points to what it made, in the whole installation', async () => {
    const shop = await aShop();
    const target = { kind: 'payment', bodyFingerprint: 'b1', targetId: paymentId(1) } as const;
    await shop.store.transaction(async (records) => {
      expect(await records.key('tap-1')).toBeNull();
      await records.insertKey('tap-1', target);
      expect(await records.key('tap-1')).toEqual(target);
    });
    const again = shop.store.transaction(async (records) => {
      await records.insertSale(aSale(5));
      await records.insertKey('tap-1', { ...target, targetId: paymentId(2) });
    });
    await expect(again).rejects.toThrow(/unique/i);
    expect(await shop.store.read.sale(saleId(5))).toBeNull();
  });

  test('one intent for each call: the same charge cannot be claimed twice', async () => {
    const shop = await aShop();
    const charge = { kind: 'charge', number: paymentId(1), seq: 1, at: NOON } as const;
    const close = { kind: 'close', number: paymentId(1), seq: 1, at: NOON + 5 } as const;
    await shop.store.transaction(async (records) => {
      const id = await records.insertCall(charge);
      expect(await records.insertCall(close)).not.toBe(id);
      await records.insertCall({ ...charge, number: paymentId(2) });
    });
    const again = shop.store.transaction((records) => records.insertCall(charge));
    await expect(again).rejects.toThrow(/unique/i);
    const calls = await shop.store.transaction((records) => records.callsOf(paymentId(1)));
    expect(calls).toEqual([charge, close]);
  });

  test('the first answer to a call stays, and a call nobody made has none', async () => {
    const shop = await aShop();
    const id = await shop.store.transaction((records) =>
      records.insertCall({ kind: 'charge', number: 'K7A', seq: 1, at: NOON }),
    );
    await shop.store.transaction((records) =>
      records.answerCall(id, { says: 'paid', respcd: '0000', ms: 321 }),
    );
    await shop.store.transaction((records) =>
      records.answerCall(id, { says: 'unclear', respcd: null, ms: 9 }),
    );
    const rows = (await aBackDoor(shop.file))
      .prepare('select says, respcd, ms from gateway_call')
      .all();
    expect(rows).toEqual([{ says: 'paid', respcd: '0000', ms: 321 }]);
    const unknown = shop.store.transaction((records) =>
      records.answerCall(99, { says: 'paid', respcd: null, ms: 1 }),
    );
    await expect(unknown).rejects.toThrow(/never made/);
  });

  test('the very same notification is kept once', async () => {
    const shop = await aShop();
    const notice = {
      sha256: 'a'.repeat(64),
      raw: '{"respcd":"0000"}',
      at: NOON,
      verdict: 'applied',
      number: paymentId(1),
    } as const;
    const kept = await shop.store.transaction(async (records) => [
      await records.insertNotice(notice),
      await records.insertNotice({ ...notice, at: NOON + 1 }),
      await records.insertNotice({ ...notice, sha256: 'b'.repeat(64), number: null }),
    ]);
    expect(kept).toEqual([true, false, true]);
  });

  test('text that a database cannot hold is kept as near as it can be', async () => {
    const shop = await aShop();
    await shop.store.transaction(async (records) => {
      await records.insertSale(aSale(1, { note: 'tea\0; two \uD83Ccups' }));
      await records.note(aNote(1, { actor: '30\u000000', detail: { said: 'a\0b' } }));
    });
    expect((await shop.store.read.sale(saleId(1)))?.note).toBe('tea\uFFFD; two \uFFFDcups');
    const [entry] = await shop.store.read.timeline(paymentId(1));
    expect(entry).toMatchObject({ actor: '30\uFFFD00', detail: { said: 'a\0b' } });
    expect(await shop.verifyAudit()).toEqual({ ok: true, rows: 1 });
  });
});
