/** Everything that is said to PostgreSQL alone: the words that the shared schema takes there. */
import {
  type DataTypeNode,
  type DialectAdapter,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
} from 'kysely';
import { guardsInPostgres, withNews } from './postgres-guards';
import type { Tables } from './schema';
import { SQLITE, type Words } from './sqlite';

/**
 * Whoever writes has it until the transaction ends: a promise of the store is that nobody else
 * writes meanwhile, on any server (see postgres-pen.ts).
 */
export const PEN = 7_266_279;

const guards = guardsInPostgres({
  guards: SQLITE.guards,
  refundGuards: SQLITE.refundGuards,
  historyGuards: SQLITE.historyGuards,
  decisionGuards: SQLITE.decisionGuards,
  shiftGuards: SQLITE.shiftGuards,
  receiptGuards: SQLITE.receiptGuards,
});

export const POSTGRES: Words = {
  whole: 'bigint',
  fraction: 'double precision',
  endOfTable: sql``,
  endOfKeyedTable: sql``,
  ...guards,
  guards: withNews(guards.guards),
};

/**
 * Text is compared by its bytes, whatever language the database was made for, because SQLite
 * compares it so: then both have one order of everything, and one idea of what is between.
 */
class ByteOrderCompiler extends PostgresQueryCompiler {
  protected override visitDataType(node: DataTypeNode): void {
    super.visitDataType(node);
    if (node.dataType === 'text') this.append(' collate "C"');
  }
}

/** A migration holds the pen: no sale is half recorded while the tables change under it. */
class PenAdapter extends PostgresAdapter {
  override async acquireMigrationLock(db: Kysely<unknown>): Promise<void> {
    await sql`select pg_advisory_lock(${sql.lit(PEN)})`.execute(db);
  }

  override async releaseMigrationLock(db: Kysely<unknown>): Promise<void> {
    await sql`select pg_advisory_unlock(${sql.lit(PEN)})`.execute(db);
  }
}

export class ShopPostgresDialect extends PostgresDialect {
  override createQueryCompiler(): PostgresQueryCompiler {
    return new ByteOrderCompiler();
  }

  override createAdapter(): DialectAdapter {
    return new PenAdapter();
  }
}

/** For every database alike, so that a query is built once; it speaks to none. */
export const postgresWords = new Kysely<Tables>({
  dialect: {
    createQueryCompiler: () => new ByteOrderCompiler(),
    createAdapter: () => new PenAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createDriver: () => new DummyDriver(),
  },
});
