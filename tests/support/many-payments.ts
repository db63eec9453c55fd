/**
 * A shop with years of sales behind it, filled past everything the rooms do, because a million
 * charges one after the other would take a day. What the rows hold is arithmetic of their number,
 * so that a test can say what it expects without asking the code under test.
 */
import { openStore } from '@/server/store';
import { type SqliteDatabase, sqliteEngine } from '@/server/store/open';

export type Many = {
  readonly count: number;
  /** Wall ms of the newest; the others lie `everyMs` apart before it. */
  readonly newestAt: number;
  readonly everyMs: number;
};

/** Numbers the sales from 0, the oldest, and keeps apart what has no factor in common. */
export const MANY = {
  counters: 8,
  staff: 12,
  /** Every so many-th sale is late, for a manager, refunded in part or fully, unpaid. */
  late: 997,
  review: 1_499,
  partly: 101,
  fully: 211,
  failed: 23,
  closed: 41,
  amounts: 9_973,
} as const;

/** The smallest amount, in minor units; the others follow one by one. */
const FIRST_AMOUNT = 500;
export const amountOf = (n: number): number => FIRST_AMOUNT + ((n * 37) % MANY.amounts);
export const staffOf = (n: number): string => `30${String(n % MANY.staff).padStart(2, '0')}`;
/** A prime above any count: one number for each sale, and neighbours far apart, as in a shop. */
const PRIME = 10_000_000_019;
export const numberOf = (n: number): string =>
  `M7${String(Number((BigInt(n) * 48_271n) % BigInt(PRIME))).padStart(11, '0')}`;

/** Fills a new database file; the store must not have it open. */
export async function fillWithPayments(file: string, many: Many): Promise<void> {
  (await openStore({ file })).close();
  const { DatabaseSync } = await sqliteEngine();
  const database = new DatabaseSync(file);
  try {
    database.exec('pragma synchronous = off');
    database.exec('pragma foreign_keys = off');
    database.exec('pragma cache_size = -200000');
    const put = takeDown(database);
    database.exec('begin');
    for (const sql of statements(many)) database.exec(sql);
    for (const sql of put) database.exec(sql);
    database.exec('commit');
    database.exec('pragma wal_checkpoint(truncate)');
  } finally {
    database.close();
  }
}

/** Guards and indexes would be asked a million times; they are made anew from their own words. */
function takeDown(database: SqliteDatabase): string[] {
  const found = database
    .prepare(
      `select type, name, sql from sqlite_schema where type in ('index', 'trigger')
        and tbl_name in ('sale', 'payment', 'refund') and sql is not null`,
    )
    .all() as { type: string; name: string; sql: string }[];
  for (const { type, name } of found) database.exec(`drop ${type} ${name}`);
  return found.map(({ sql }) => sql);
}

const number = (n: string) => `'M7' || printf('%011d', (${n} * 48271) % ${PRIME})`;
const sale = (n: string) => `'01SALE' || printf('%020d', ${n})`;
const every = (n: string, of: number) => `${n} % ${of} = ${of - 1}`;

function statements({ count, newestAt, everyMs }: Many): string[] {
  const numbers = `with recursive s(n) as (select 0 union all select n + 1 from s
    where n + 1 < ${count})`;
  const at = `${newestAt} - (${count} - 1 - n) * ${everyMs}`;
  const amount = `${FIRST_AMOUNT} + (n * 37) % ${MANY.amounts}`;
  const counter = `'C' || (n % ${MANY.counters})`;
  const staff = `'30' || printf('%02d', n % ${MANY.staff})`;
  const state = `case when ${every('n', MANY.failed)} then 'failed'
    when ${every('n', MANY.closed)} then 'closed' else 'paid' end`;
  const refunded = `case when ${state} <> 'paid' then 0 when ${every('n', MANY.fully)}
    then ${amount} when ${every('n', MANY.partly)} then 100 else 0 end`;
  return [
    `insert into sale (id, amount, currency, note, counter, staff, created_at) ${numbers}
      select ${sale('n')}, ${amount}, 'HKD', case when n % 50 = 0 then '枱 ' || n end,
      ${counter}, ${staff}, ${at} from s`,
    `insert into payment (id, sale_id, mode, pay_type, amount, currency, state, rank,
      used_pay_type, qfpay_number, wallet_number, confirmed, late, review, failure_code, counter,
      staff, created_at, paid_at, witnesses, version, changed_seq, refunded, reserved)
      ${numbers}, one as (select n, ${amount} as amount, ${state} as state,
        ${refunded} as back, ${at} as at from s)
      select ${number('n')}, ${sale('n')}, case when n % 3 = 0 then 'CPM' else 'MPM' end,
      case n % 3 when 0 then '800008' when 1 then '801501' else '800201' end, amount, 'HKD',
      state, case state when 'paid' then 4 else 3 end,
      case when n % 3 = 0 and state = 'paid' then
        case n % 5 when 0 then '800208' else '801514' end end,
      '2026' || printf('%014d', n), '4200' || printf('%018d', n * 7), state = 'paid',
      ${every('n', MANY.late)} and state = 'paid',
      case when ${every('n', MANY.review)} then 'answer-differs' end,
      case when state <> 'paid' then 'refused' end, ${counter}, ${staff}, at,
      case when state = 'paid' then at + 5000 end, '{}', 3, n + 1, back, back from one`,
    `insert into refund (id, payment_id, origin, amount, currency, payment_number, reason, state,
      rank, confirmed, staff, counter, created_at, done_at, witnesses, version, changed_seq)
      select 'R' || id, id, 'counter', refunded, currency, qfpay_number, 'Wrong size', 'done', 4, 1,
      '2000', counter, created_at + 60000, created_at + 62000, '{}', 1, changed_seq + ${count}
      from payment where refunded > 0`,
    `update tally set value = ${2 * count} where name = 'feed'`,
  ];
}
