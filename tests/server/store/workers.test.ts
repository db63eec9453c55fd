import { expect, test } from 'vitest';
import type { DayClose, Lease } from '@/server/payments/ports';
import { aNote, aShop, NOON, opening, type Shop } from './support';

const putLease = (shop: Shop, lease: Lease) =>
  shop.store.transaction((records) => records.putLease('watch', lease));

test('a lease is taken over with a higher epoch only, and renewed by its holder', async () => {
  const shop = await aShop();
  const first: Lease = { holder: 'a', epoch: 1, expiresAt: NOON };
  expect(await shop.store.read.lease('watch')).toBeNull();
  expect(await putLease(shop, first)).toBe(true);
  expect(await putLease(shop, { ...first, expiresAt: NOON + 5_000 })).toBe(true);
  expect(await putLease(shop, { ...first, holder: 'b' })).toBe(false);
  expect(await putLease(shop, { ...first, holder: 'b', epoch: 2 })).toBe(true);
  expect(await putLease(shop, { ...first, expiresAt: NOON + 9_000 })).toBe(false);
  expect(await putLease(shop, { holder: 'b', epoch: 1, expiresAt: NOON + 9_000 })).toBe(false);
  expect(await shop.store.read.lease('watch')).toEqual({ holder: 'b', epoch: 2, expiresAt: NOON });
});

test('the allowance of calls is kept to the fraction, one row for each credential', async () => {
  const shop = await aShop();
  const half = {
    arrival: NOON + 166.666_666_666_666_66,
    questions: NOON - 0.25,
    heldUntil: Number.NEGATIVE_INFINITY,
    slowed: 0.5,
    holdMs: 2_000,
  };
  const full = { arrival: 0, questions: 0, heldUntil: 0, slowed: 1, holdMs: 1_000 };
  const kept = await shop.store.transaction(async (records) => {
    expect(await records.bucket('app-1')).toBeNull();
    await records.putBucket('app-1', full);
    await records.putBucket('app-2', full);
    await records.putBucket('app-1', half);
    return [await records.bucket('app-1'), await records.bucket('app-2')];
  });
  expect(kept).toEqual([half, full]);
});

const aDay = (day: string, more: Partial<DayClose> = {}): DayClose => ({
  day,
  outlet: null,
  at: NOON,
  ours: { paid: 3, paidSum: 26_400, refunds: 1, refundSum: 1_000 },
  theirs: { paid: 4, paidSum: 35_200, refunds: 0, refundSum: 0 },
  differences: 4,
  ...more,
});

test('the last day closed is known for each outlet, however late an older one came', async () => {
  const shop = await aShop();
  const days = [
    aDay('2026-11-21'),
    aDay('2026-11-19', { differences: 0 }),
    aDay('2026-11-20', { outlet: 'M100' }),
  ];
  await shop.store.transaction(async (records) => {
    for (const day of days) await records.putDayClose(day);
  });
  const { read } = shop.store;
  expect(await read.lastDayClose(null)).toEqual(days[0]);
  expect(await read.lastDayClose('M100')).toEqual(days[2]);
  expect(await read.lastDayClose('M200')).toBeNull();
});

test('a day that is closed again is as it was found the last time', async () => {
  const shop = await aShop();
  const again = aDay('2026-11-21', { at: NOON + 9, differences: 0 });
  await shop.store.transaction(async (records) => {
    await records.putDayClose(aDay('2026-11-21'));
    await records.putDayClose(again);
  });
  expect(await shop.store.read.lastDayClose(null)).toEqual(again);
});

test('when something was last written down is known after a restart', async () => {
  const shop = await aShop();
  expect(await shop.store.read.lastNoteAt()).toBeNull();
  await shop.store.transaction(async (records) => {
    await records.note(aNote(9));
    // The clock was set back: the last line counts, not the latest time.
    await records.note(aNote(2));
  });
  shop.close();
  expect(await (await opening(shop.file)).store.read.lastNoteAt()).toBe(NOON + 2);
});
