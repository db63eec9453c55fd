import { describe, expect, test } from 'vitest';
import { can } from '@/lib/capabilities';
import type { Role } from '@/lib/contract';
import { createHub } from '@/server/hub';
import { createOutletVerbs } from '@/server/outlet-verbs';
import { openOutlets, outletOfCounter, placed } from '@/server/outlets';
import type { Person } from '@/server/staff/sign-in';
import { aPayment, aShop, NOON, recordSale, type Shop } from './store/support';

const owner: Person = { code: '1000', name: 'Ms Chan', role: 'owner' };
const manager: Person = { code: '2000', name: 'Ka Ming', role: 'manager' };
const asker = { person: owner, language: 'en' } as const;

let ids = 0;
// In the order in which they are made, as real ones are.
const newId = () => `OUTLET${String(++ids).padStart(4, '0')}`;
const making = { newId, now: NOON };
const start = (shop: Shop, mchid: string | null) =>
  openOutlets(shop, { mchid, name: 'Wan Chai' }, making);

async function aChain() {
  const shop = await aShop();
  await start(shop, 'M100');
  for (const { code, name, role } of [owner, manager]) {
    const more = { pinHash: 'x', disabledAt: null, createdAt: NOON };
    await shop.staff.insertStaff({ code, name, role, ...more });
  }
  const hub = createHub({ changes: async () => [], startAt: 0, onFault: () => {} });
  const desk = { now: () => NOON };
  const parts = { opened: shop, hub, newId, desk };
  const verbs = createOutletVerbs(parts);
  await verbs.addOutlet({ name: 'Mong Kok', mchid: 'M200' }, asker);
  const [first, second] = await shop.outlets.list();
  if (first === undefined || second === undefined) throw new Error('there are no two outlets');
  return { shop, verbs, first, second, hub };
}

describe('the first outlet is the one of the configuration', () => {
  test('made once, and the same one after every start', async () => {
    const shop = await aShop();
    expect(await start(shop, null)).toBeNull();
    expect(await start(shop, null)).toBeNull();
    expect(await shop.outlets.list()).toMatchObject([{ name: 'Wan Chai', mchid: null }]);
    expect(await shop.outlets.swept()).toEqual([null]);
  });

  test('an mchid that comes before the first sale is simply taken over', async () => {
    const shop = await aShop();
    await start(shop, null);
    await start(shop, 'M100');
    expect(await shop.outlets.list()).toMatchObject([{ mchid: 'M100', active: true }]);
  });

  test('one that comes later leaves old payments what they are', async () => {
    const shop = await aShop();
    await start(shop, null);
    await recordSale(shop, aPayment(1));
    await start(shop, 'M100');
    expect(await shop.outlets.list()).toMatchObject([
      { mchid: null, active: false },
      { mchid: 'M100', active: true },
    ]);
    expect(await shop.outlets.swept()).toEqual(['M100']);
  });

  test('once there are several the table decides, and the operator is told', async () => {
    const { shop } = await aChain();
    expect(await start(shop, 'M100')).toBeNull();
    expect(await start(shop, 'M999')).toContain('QFPAY_MCHID');
    expect(await shop.outlets.swept()).toEqual(['M100', 'M200']);
  });
});

describe('a counter', () => {
  test('belongs to the only outlet without anybody saying so', async () => {
    const shop = await aShop();
    await start(shop, 'M100');
    expect(await outletOfCounter({ opened: shop }, 'Front', manager)).toEqual({ outlet: 'M100' });
  });

  test('of a chain takes money for the outlet that it was given, and for no other', async () => {
    const { shop, verbs, second } = await aChain();
    const nowhere = await outletOfCounter({ opened: shop }, 'Front', manager);
    expect(nowhere).toEqual({ refused: 'counter-without-outlet', extra: { counter: 'Front' } });
    await verbs.placeCounter({ counter: 'Front', outlet: second.id }, asker);
    expect(await outletOfCounter({ opened: shop }, 'Front', manager)).toEqual({ outlet: 'M200' });
    const limited = { ...manager, outlets: ['M100'] };
    expect(await outletOfCounter({ opened: shop }, 'Front', limited)).toMatchObject({
      refused: 'counter-elsewhere',
    });
    await verbs.changeOutlet({ id: second.id, body: { active: false } }, asker);
    expect(await outletOfCounter({ opened: shop }, 'Front', manager)).toEqual({ outlet: 'M100' });
  });
});

describe('the owner changes outlets', () => {
  test('and each change is in the audit, which holds', async () => {
    const { shop, verbs, first } = await aChain();
    await verbs.placeCounter({ counter: 'Front', outlet: first.id }, asker);
    await verbs.limitStaff({ staffCode: '2000', outlets: [first.id] }, asker);
    await verbs.changeOutlet({ id: first.id, body: { name: 'Central' } }, asker);
    // One of each: added, a counter, staff, a name.
    expect(await shop.verifyAudit()).toEqual({ ok: true, rows: 4 });
  });

  test('but no mchid with which money was taken, nor one that another outlet has', async () => {
    const { shop, verbs, first, second } = await aChain();
    await recordSale(shop, aPayment(1, { outlet: 'M100' }));
    const moved = await verbs.changeOutlet({ id: first.id, body: { mchid: 'M300' } }, asker);
    expect(moved).toEqual({ refused: 'outlet-has-payments' });
    const taken = await verbs.changeOutlet({ id: second.id, body: { mchid: 'M100' } }, asker);
    expect(taken).toEqual({ refused: 'outlet-mchid-taken' });
    const again = await verbs.addOutlet({ name: 'Mong Kok', mchid: 'M400' }, asker);
    expect(again).toEqual({ refused: 'outlet-name-taken' });
    const fresh = await verbs.changeOutlet({ id: second.id, body: { mchid: 'M300' } }, asker);
    expect('outlets' in fresh && fresh.outlets.map(({ mchid }) => mchid)).toEqual(['M100', 'M300']);
    expect('outlets' in fresh && fresh.outlets.map(({ used }) => used)).toEqual([true, false]);
  });

  test('and closes any but the last one in business', async () => {
    const { verbs, first, second } = await aChain();
    await verbs.changeOutlet({ id: first.id, body: { active: false } }, asker);
    const last = await verbs.changeOutlet({ id: second.id, body: { active: false } }, asker);
    expect(last).toEqual({ refused: 'outlet-last' });
    expect(await verbs.changeOutlet({ id: 'NONE', body: {} }, asker)).toEqual({
      refused: 'not-found',
    });
  });

  test('and only an owner may', () => {
    const may = (role: Role) => can(role, 'manage-outlets');
    expect([may('cashier'), may('manager'), may('owner')]).toEqual([false, false, true]);
  });
});

test('staff are where they were put; whoever was put nowhere, and every owner, is everywhere', async () => {
  const { shop, verbs, first, hub } = await aChain();
  let ended = 0;
  hub.listen({ onChange: () => {}, onClose: () => (ended += 1) });
  expect(await placed({ opened: shop }, manager)).toEqual(manager);
  await verbs.limitStaff({ staffCode: '2000', outlets: [first.id] }, asker);
  expect(await placed({ opened: shop }, manager)).toEqual({ ...manager, outlets: ['M100'] });
  // What a screen was allowed to hear may be another outlet's now: it has to come back.
  expect(ended).toBe(1);
  const refused = await verbs.limitStaff({ staffCode: '1000', outlets: [first.id] }, asker);
  expect(refused).toEqual({ refused: 'outlet-owner' });
  expect(await placed({ opened: shop }, owner)).toEqual(owner);
  await verbs.limitStaff({ staffCode: '2000', outlets: [] }, asker);
  expect(await placed({ opened: shop }, manager)).toEqual(manager);
});
