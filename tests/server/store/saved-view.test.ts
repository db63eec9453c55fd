import { expect, test } from 'vitest';
import { aShop, NOON, type Shop } from './support';

async function aStaffedShop(): Promise<Shop> {
  const shop = await aShop();
  for (const code of ['2000', '2001']) {
    const person = { code, name: code, role: 'manager', pinHash: 'x' } as const;
    await shop.staff.insertStaff({ ...person, disabledAt: null, createdAt: NOON });
  }
  return shop;
}
const view = (name: string, staff = '2000') => ({ staff, name, search: 'state=paid', at: NOON });

test('each person has their own views, by their own names', async () => {
  const shop = await aStaffedShop();
  await shop.savedViews.add(view('Today'));
  await shop.savedViews.add(view('Today', '2001'));
  await shop.savedViews.add(view('Late'));
  expect((await shop.savedViews.of('2000')).map(({ name }) => name)).toEqual(['Today', 'Late']);
  expect((await shop.savedViews.of('2001')).map(({ name }) => name)).toEqual(['Today']);
  expect(await shop.savedViews.add(view('Late'))).toBe('name-taken');
});

test('a view is renamed and deleted by its owner alone', async () => {
  const shop = await aStaffedShop();
  await shop.savedViews.add(view('Today'));
  await shop.savedViews.add(view('Late'));
  expect(await shop.savedViews.change(1, view('Mine', '2001'))).toBeNull();
  expect(await shop.savedViews.change(1, view('Late'))).toBe('name-taken');
  expect(await shop.savedViews.change(1, view('Today'))).toMatchObject({ name: 'Today' });
  expect(await shop.savedViews.change(1, view('Now'))).toMatchObject({ number: 1, name: 'Now' });
  expect(await shop.savedViews.remove('2001', 1)).toBe(false);
  expect(await shop.savedViews.remove('2000', 1)).toBe(true);
  expect((await shop.savedViews.of('2000')).map(({ name }) => name)).toEqual(['Late']);
});

test('there are fifty at most', async () => {
  const shop = await aStaffedShop();
  for (let n = 1; n <= 50; n += 1) await shop.savedViews.add(view(`View ${n}`));
  expect(await shop.savedViews.add(view('One more'))).toBe('too-many');
});
