import { beforeEach, describe, expect, test } from 'vitest';
import { REFUND_RANK, REFUND_STATES } from '@/lib/refund';
import type { SqliteDatabase } from '@/server/store/open';
import { setUpWriter } from '@/server/store/sqlite';
import {
  aBackDoor,
  aNote,
  aPayment,
  aRefund,
  aShop,
  giveBack,
  onSqlite,
  paymentId,
  recordSale,
  refundId,
  type Shop,
  updateRefund,
} from './support';

/** What the database itself refuses of money that goes back, whoever writes the SQL. */
let shop: Shop;
let door: SqliteDatabase;

beforeEach(async () => {
  shop = await aShop();
  // HK$88 paid, of which HK$10 is promised; HK$88 of which somebody else gave back HK$60.
  await recordSale(shop, aPayment(1, { state: 'paid' }));
  await recordSale(shop, aPayment(2, { state: 'paid' }));
  await recordSale(shop, aPayment(3, { state: 'awaiting' }));
  await giveBack(shop, aRefund(1));
  await giveBack(shop, aRefund(2, { origin: 'outside', state: 'done', amount: 6_000 }));
  await shop.store.transaction((records) =>
    records.putLease('watch', { holder: 'a', epoch: 7, expiresAt: 1 }),
  );
  door = await aBackDoor(shop.file);
});

const columns = () =>
  door
    .prepare("select name from pragma_table_info('refund')")
    .all()
    .map((column) => String(Object(column).name));

let lastSeq = 1_000;
/** A copy of the first refund with other values, as raw SQL. */
function copy(id: string, changed: Record<string, string>): () => void {
  lastSeq += 1;
  const row: Record<string, string> = { id: `'${id}'`, changed_seq: `${lastSeq}`, ...changed };
  const values = columns().map((name) => row[name] ?? name);
  const sql = `insert into refund select ${values.join(', ')} from refund
    where id = '${refundId(1)}'`;
  return () => door.exec(sql);
}

const set = (what: string, n = 1) => {
  return () => door.exec(`update refund set ${what} where id = '${refundId(n)}'`);
};

describe('the ladder of a refund', () => {
  test('each state has its rank and no other', () => {
    for (const state of REFUND_STATES) {
      for (const rank of [0, 1, 2, 3, 4]) {
        const insert = copy(`${state}${rank}`, {
          state: `'${state}'`,
          rank: `${rank}`,
          amount: '1',
        });
        if (rank === REFUND_RANK[state]) expect(insert, `${state} ${rank}`).not.toThrow();
        else expect(insert, `${state} ${rank}`).toThrow(/refund_rank/);
      }
    }
  });

  test('money given back is never taken for anything else', () => {
    for (const state of REFUND_STATES.filter((it) => it !== 'done')) {
      const sinks = set(`state = '${state}', rank = ${REFUND_RANK[state]}`, 2);
      expect(sinks, state).toThrow(/never sinks/);
    }
    expect(set("qfpay_number = '9'", 2)).not.toThrow();
  });

  test('what failed may only turn out done', async () => {
    await updateRefund(shop, aRefund(1, { state: 'failed' }));
    for (const state of ['requested', 'sending', 'processing', 'unknown', 'deferred'] as const) {
      const sinks = set(`state = '${state}', rank = ${REFUND_RANK[state]}`);
      expect(sinks, state).toThrow(/never sinks/);
    }
    expect(set("review = 'answer-differs'")).not.toThrow();
    expect(set("state = 'done', rank = 4")).not.toThrow();
  });

  test('what may have left is never merely requested again, but may be sent again', async () => {
    expect(set("state = 'sending', rank = 1")).not.toThrow();
    expect(set("state = 'requested', rank = 0")).toThrow(/never sinks/);
    expect(set("state = 'unknown', rank = 2")).not.toThrow();
    expect(set("state = 'requested', rank = 0")).toThrow(/never sinks/);
    expect(set("state = 'sending', rank = 1")).not.toThrow();
  });
});

describe('money going back', () => {
  test('never exceeds what was paid, to the last cent', () => {
    expect(copy('A', { amount: '7801' })).toThrow(/never exceed/);
    expect(copy('B', { amount: '7800' })).not.toThrow();
    expect(copy('C', { amount: '1' })).toThrow(/never exceed/);
    expect(copy('D', { amount: '1', state: "'failed'", rank: '3' })).not.toThrow();
    expect(copy('E', { amount: '9000', origin: "'outside'" })).not.toThrow();
  });

  test('counts what was given back elsewhere', () => {
    const payment_id = `'${paymentId(2)}'`;
    expect(copy('A', { payment_id, amount: '2801' })).toThrow(/never exceed/);
    expect(copy('B', { payment_id, amount: '2800' })).not.toThrow();
  });

  test('is of a payment that is paid, in its currency', () => {
    expect(copy('A', { payment_id: `'${paymentId(3)}'`, amount: '1' })).toThrow(/never exceed/);
    expect(copy('B', { payment_id: "'NOBODY'", amount: '1' })).toThrow(/never exceed/);
    expect(copy('C', { currency: "'JPY'", amount: '1' })).toThrow(/never exceed/);
  });

  const isNever = (amount: string) =>
    expect(copy('A', { amount, origin: "'outside'" })).toThrow(/amount|type bigint/);
  test.each(['0', '-1', "'a lot'", 'null'])('is never %s', isNever);
  // PostgreSQL makes a whole number of it, so that it never is one there either.
  onSqlite('is never 12.5', () => isNever('12.5'));

  test('is what it was promised for, for good', () => {
    const other: Record<string, string> = {
      id: "'X'",
      payment_id: `'${paymentId(2)}'`,
      origin: "'outside'",
      amount: '1',
      currency: "'JPY'",
      payment_number: "'9'",
      reason: "'another'",
      staff: "'3000'",
      approver: "'1000'",
      counter: "'Back'",
      outlet: "'M200'",
      created_at: '1',
    };
    for (const [column, value] of Object.entries(other)) {
      expect(set(`${column} = ${value}`), column).toThrow(/what a refund is for never changes/);
    }
    expect(() => door.exec('delete from refund')).toThrow(/never deleted/);
  });

  test('is summed in its payment as it is, and not otherwise', () => {
    const sums = (what: string) => () =>
      door.exec(`update payment set ${what} where id = '${paymentId(2)}'`);
    expect(sums('refunded = 6000, reserved = 6000')).not.toThrow();
    expect(sums('refunded = 5999')).toThrow(/the sum of its refunds/);
    expect(sums('reserved = 0')).toThrow(/the sum of its refunds/);
  });

  test('bears a number that no payment bears, nor the other way round', () => {
    expect(copy(paymentId(3), { amount: '1' })).toThrow(/given out once/);
    const payments = door.prepare("select name from pragma_table_info('payment')").all();
    const row: Record<string, string> = { id: `'${refundId(1)}'`, changed_seq: '999' };
    const values = payments.map((it) => row[String(Object(it).name)] ?? String(Object(it).name));
    const insert = `insert into payment select ${values.join(', ')} from payment
      where id = '${paymentId(1)}'`;
    expect(() => door.exec(insert)).toThrow(/given out once/);
  });
});

test('the epoch of a lease never sinks, and nobody else takes it over unchanged', () => {
  const put = (what: string) => () => door.exec(`update lease set ${what}`);
  expect(put('epoch = 6')).toThrow(/never sinks/);
  expect(put("holder = 'b'")).toThrow(/never sinks/);
  expect(put("name = 'other'")).toThrow(/never sinks/);
  expect(() => door.exec('delete from lease')).toThrow(/never deleted/);
  expect(put('expires_at = 9')).not.toThrow();
  expect(put("holder = 'b', epoch = 8")).not.toThrow();
});

onSqlite('the server itself cannot put one row in the place of another', async () => {
  await shop.store.transaction((records) => records.note(aNote(1)));
  shop.close();
  setUpWriter(door);
  for (const table of ['sale', 'payment', 'refund', 'audit', 'lease']) {
    const replace = () => door.exec(`replace into ${table} select * from ${table}`);
    expect(replace, table).toThrow(/never deleted|given out once|never exceed/);
  }
});
