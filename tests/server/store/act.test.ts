import { expect, test } from 'vitest';
import {
  aBackDoor,
  aPayment,
  aShop,
  NOON,
  onSqlite,
  paymentId,
  recordSale,
  type Shop,
} from './support';

const act = (n: number, actor: string) => ({
  at: NOON + n,
  actor,
  detail: { did: 'session-ended', person: `${n}` },
});

async function aBusyShop(): Promise<Shop> {
  const shop = await aShop();
  for (let n = 1; n <= 30; n += 1) {
    const payment = aPayment(n);
    await recordSale(shop, payment);
    await shop.store.transaction((records) =>
      records.note({
        ...{ at: NOON + n, paymentId: payment.id, saleId: payment.saleId, state: null },
        ...{ kind: 'person', actor: '3000', detail: { did: 'charge', amount: 8_800 } },
      }),
    );
    if (n % 10 === 0) await shop.staff.change((rights) => rights.note(act(n, '1000')));
  }
  return shop;
}

test('changes of rights are read without the sales between them, newest first', async () => {
  const { staff } = await aBusyShop();
  const all = await staff.acts({ person: null, before: null, limit: 2 });
  expect(all.map(({ detail }) => detail.person)).toEqual(['30', '20']);
  const rest = await staff.acts({ person: null, before: all[1]?.seq ?? 0, limit: 2 });
  expect(rest.map(({ detail }) => detail.person)).toEqual(['10']);
});

test('of one person everything is read, and nothing of another', async () => {
  const { staff } = await aBusyShop();
  const mei = await staff.acts({ person: '3000', before: null, limit: 100 });
  expect(mei).toHaveLength(30);
  expect(mei[0]?.paymentId).toBe(paymentId(30));
  expect(await staff.acts({ person: '1000', before: null, limit: 100 })).toHaveLength(3);
});

test('a change of rights that fails leaves no row behind, in the audit or elsewhere', async () => {
  const { staff, verifyAudit } = await aBusyShop();
  const rows = await verifyAudit();
  const broken = staff.change(async (rights) => {
    await rights.note(act(99, '1000'));
    await rights.putSetting({ key: 'pin-mode', value: '"always"', at: NOON, by: '1000' });
    throw new Error('power cut');
  });
  await expect(broken).rejects.toThrow('power cut');
  expect(await verifyAudit()).toEqual(rows);
});

onSqlite('each of these questions walks an index and sorts nothing', async () => {
  const shop = await aBusyShop();
  const door = await aBackDoor(shop.file);
  const plan = (sql: string) =>
    door
      .prepare(`explain query plan ${sql}`)
      .all()
      .map((row) => String(Object(row).detail))
      .join('; ');
  const page = 'and seq < 99 order by seq desc limit 50';
  expect(plan(`select * from audit where payment_id is null ${page}`)).toMatch(
    /^SEARCH audit USING INDEX audit_of_rights/,
  );
  expect(plan(`select * from audit where kind = 'person' and actor = '3000' ${page}`)).toMatch(
    /^SEARCH audit USING INDEX audit_of_person/,
  );
  const open = `select * from staff_session where ended_at is null and expires_at > 1
    order by expires_at desc limit 500`;
  expect(plan(open)).toMatch(/^SEARCH staff_session USING INDEX staff_session_open/);
  const awaited = `select id from payment where staff = '3000' and created_at > 1
    and ((rank < 3 and abandoned_by is null) or paid_at > 1) order by created_at desc limit 20`;
  expect(plan(awaited)).toMatch(/^SEARCH payment USING INDEX payment_staff/);
  for (const sql of [open, awaited]) expect(plan(sql)).not.toContain('TEMP B-TREE');
});
