/**
 * A second look at the shop's file, through a connection of its own that sees only what was
 * committed. The checkers believe nothing else.
 */
import type { SqliteDatabase, SqliteEngine, SqliteStatement, SqlValue } from '@/server/store/open';

export type SeenPayment = {
  readonly id: string;
  readonly sale_id: string;
  readonly state: string;
  readonly rank: number;
  readonly mode: 'MPM' | 'CPM';
  readonly amount: number;
  readonly currency: string;
  readonly confirmed: number;
  readonly late: number;
  readonly review: string | null;
  readonly failure_code: string | null;
  readonly abandoned_by: string | null;
  readonly qfpay_number: string | null;
  readonly created_at: number;
  readonly refunded: number;
  readonly reserved: number;
  readonly version: number;
  readonly changed_seq: number;
};
export type SeenRefund = {
  readonly id: string;
  readonly payment_id: string;
  readonly origin: 'counter' | 'outside';
  readonly state: string;
  readonly rank: number;
  readonly amount: number;
  readonly confirmed: number;
  readonly review: string | null;
  readonly qfpay_number: string | null;
  readonly version: number;
  readonly changed_seq: number;
};

export type Witness = ReturnType<typeof openWitness>;

const PAYMENT = `select id, sale_id, state, rank, mode, amount, currency, confirmed, late, review,
  failure_code, abandoned_by, qfpay_number, created_at, refunded, reserved, version, changed_seq
  from payment`;
const REFUND = `select id, payment_id, origin, state, rank, amount, confirmed, review, qfpay_number,
  version, changed_seq from refund`;

export function openWitness(engine: SqliteEngine, file: string) {
  const database: SqliteDatabase = new engine.DatabaseSync(file, { readOnly: true });
  const question = <Row>(sql: string) => {
    let statement: SqliteStatement | null = null;
    return (...values: SqlValue[]): Row[] => {
      statement ??= database.prepare(sql);
      return statement.all(...values) as Row[];
    };
  };
  const changedPayments = question<SeenPayment>(`${PAYMENT} where changed_seq > ?`);
  const changedRefunds = question<SeenRefund>(`${REFUND} where changed_seq > ?`);
  const payment = question<SeenPayment>(`${PAYMENT} where id = ?`);
  const refund = question<SeenRefund>(`${REFUND} where id = ?`);
  const refundsOf = question<SeenRefund>(`${REFUND} where payment_id = ?`);
  const ofSale = question<SeenPayment>(`${PAYMENT} where sale_id = ? order by created_at, id`);
  const intents = question<{ n: number }>(
    'select count(*) as n from gateway_call where number = ? and kind = ?',
  );
  const lease = question<{ holder: string; epoch: number }>('select holder, epoch from lease');
  const target = question<{ target_id: string }>('select target_id from request_key where key = ?');
  const feed = question<{ value: number }>("select value from tally where name = 'feed'");
  const evidence = question<{ n: number }>(
    'select count(*) as n from audit where payment_id = ? and kind = ? and state = ?',
  );
  return {
    changedPayments,
    changedRefunds,
    payment: (id: string) => payment(id)[0] ?? null,
    refund: (id: string) => refund(id)[0] ?? null,
    refundsOf,
    ofSale,
    intents: (number: string, kind: string): number => intents(number, kind)[0]?.n ?? 0,
    lease: () => lease()[0] ?? null,
    targetOf: (key: string): string | null => target(key)[0]?.target_id ?? null,
    feed: (): number => feed()[0]?.value ?? 0,
    /** How many rows of the audit tell that a payment came into a state. */
    tellings: (id: string, kind: string, state: string) => evidence(id, kind, state)[0]?.n ?? 0,
    close: (): void => database.close(),
  };
}
