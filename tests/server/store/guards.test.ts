import { beforeEach, describe, expect, test } from 'vitest';
import { PAYMENT_STATES, RANK } from '@/lib/payment';
import type { SqliteDatabase } from '@/server/store/open';
import { aBackDoor, aNote, aPayment, aShop, onSqlite, recordSale, type Shop } from './support';

/** What the database itself refuses, whoever writes the SQL. */
let shop: Shop;
let door: SqliteDatabase;

beforeEach(async () => {
  shop = await aShop();
  await recordSale(shop, aPayment(1, { state: 'awaiting' }));
  await recordSale(shop, aPayment(2, { state: 'paid' }));
  await recordSale(shop, aPayment(3, { state: 'failed' }));
  await shop.store.transaction((records) => records.note(aNote(1)));
  door = await aBackDoor(shop.file);
});

const of = (n: number) => `where id = '${aPayment(n).id}'`;
const set = (n: number, what: string) => () => door.exec(`update payment set ${what} ${of(n)}`);

describe('the ladder', () => {
  test('each state has its rank and no other', () => {
    const columns = door.prepare("select name from pragma_table_info('payment')").all();
    const names = columns.map((column) => String(Object(column).name));
    for (const [n, state] of PAYMENT_STATES.entries()) {
      for (const rank of [0, 1, 2, 3, 4]) {
        const row: Record<string, string> = {
          id: `'G${n}${rank}'`,
          sale_id: `'${aPayment(3).saleId}'`,
          state: `'${state}'`,
          rank: `${rank}`,
          abandoned_by: "'2000'",
          code_fingerprint: 'null',
          changed_seq: `${1_000 + n * 10 + rank}`,
        };
        const values = names.map((name) => row[name] ?? name).join(', ');
        const insert = () =>
          door.exec(`insert into payment select ${values} from payment ${of(3)}`);
        if (rank === RANK[state]) expect(insert, `${state} ${rank}`).not.toThrow();
        else expect(insert, `${state} ${rank}`).toThrow(/payment_rank/);
      }
    }
  });

  test('nothing takes back a paid payment', () => {
    expect(set(2, "state = 'failed', rank = 3")).toThrow(/never sinks/);
    expect(set(2, "state = 'awaiting', rank = 2")).toThrow(/never sinks/);
  });

  test('what ended unpaid can only become paid', () => {
    expect(set(3, "state = 'closed'")).toThrow(/never sinks/);
    expect(set(3, "state = 'unknown', rank = 2")).toThrow(/never sinks/);
    expect(set(3, "state = 'paid', rank = 4")).not.toThrow();
  });

  test('an unknown state is none', () => {
    expect(set(1, "state = 'refunded'")).toThrow(/payment_rank/);
  });
});

describe('money', () => {
  const isNever = (amount: string) => {
    const sale = `insert into sale values ('S', ${amount}, 'HKD', null, 'Front', '3000', 1)`;
    expect(() => door.exec(sale)).toThrow(/amount|type bigint/);
  };
  test.each(['0', '-1', "'a lot'", 'null'])('an amount is never %s', isNever);
  // PostgreSQL makes a whole number of it, so that it never is one there either.
  onSqlite('an amount is never 12.5', () => isNever('12.5'));

  test('a currency has three letters', () => {
    const sale = "insert into sale values ('S', 1, 'HK', null, 'Front', '3000', 1)";
    expect(() => door.exec(sale)).toThrow(/currency/);
  });

  test('what a payment is for never changes', () => {
    for (const what of ['amount = 1', "currency = 'JPY'", "sale_id = 'x'", "pay_type = '800101'"]) {
      expect(set(1, what), what).toThrow(/never changes|foreign key/i);
    }
    expect(() => door.exec('update sale set amount = 1')).toThrow(/a sale never changes/);
  });

  test('sales and payments are never deleted', () => {
    expect(() => door.exec(`delete from payment ${of(3)}`)).toThrow(/never deleted/);
    expect(() => door.exec('delete from sale')).toThrow(/never deleted/);
  });
});

test('two live payments of one sale are impossible', () => {
  const second = `insert into payment select 'OTHER', sale_id, mode, pay_type, amount, currency,
    state, rank, qr_code, qr_expires_at, used_pay_type, qfpay_number, wallet_number, confirmed,
    late, review, failure_code, failure_respcd, counter, staff, outlet, created_at, paid_at,
    witnesses, next_check_at, abandoned_by, version, 99, code_fingerprint, refunded, reserved,
    settled, late_seen from payment ${of(1)}`;
  expect(() => door.exec(second)).toThrow(/unique constraint.*(payment.sale_id|payment_one_live)/i);
});

test('the audit is only ever added to', () => {
  expect(() => door.exec("update audit set actor = 'somebody else'")).toThrow(/never changes/);
  expect(() => door.exec('delete from audit')).toThrow(/never deleted/);
});
