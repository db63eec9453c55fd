/**
 * Kysely over the `node:sqlite` interface: one connection, taken in turns, every transaction
 * BEGIN IMMEDIATE, every statement prepared once.
 */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  DummyDriver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { SqliteDatabase, SqliteStatement, SqlValue } from './open';
import type { Tables } from './schema';

/** Fixed statements are about fifty; the rest is room for the shapes of history filters. */
const MOST_STATEMENTS = 300;

/** A backup or a curious person is done within it; a sale waits no longer (money.md F31). */
const PATIENCE_MS = 5_000;
const LOOK_AGAIN_MS = 25;

export const nodeSqlite = (database: SqliteDatabase): Dialect => ({
  ...SPELLING,
  createDriver: () => new NodeSqliteDriver(database),
});

const SPELLING: Omit<Dialect, 'createDriver'> = {
  createQueryCompiler: () => new SqliteQueryCompiler(),
  createAdapter: () => new TransactionalSqliteAdapter(),
  createIntrospector: (db) => new SqliteIntrospector(db),
};

/**
 * Runs what is compiled without the layers of the query builder, which would cost as much as the
 * database itself. Only inside a transaction whose turn one has, or on a connection that only
 * reads.
 */
export function straightOn(database: SqliteDatabase): <O>(query: CompiledQuery<O>) => Promise<O[]> {
  const connection = new NodeSqliteConnection(database);
  return async <O>(query: CompiledQuery<O>) => connection.rowsOf(query);
}

/** SQLite rolls back tables too, so that half a migration cannot stay. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class NodeSqliteDriver implements Driver {
  readonly #database: SqliteDatabase;
  readonly #connection: NodeSqliteConnection;
  #turns: Promise<void> = Promise.resolve();
  /** When whoever has the turn asked for it. */
  #since = 0;
  #endTurn: () => void = () => {};

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#connection = new NodeSqliteConnection(database);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const since = performance.now();
    const before = this.#turns;
    let end = () => {};
    this.#turns = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    this.#endTurn = end;
    this.#since = since;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    this.#endTurn();
  }

  /** SQLite's own patience would stop the whole server: nobody could even look at a screen. */
  async beginTransaction(): Promise<void> {
    const giveUpAt = this.#since + PATIENCE_MS;
    for (;;) {
      try {
        this.#database.exec('begin immediate');
        return;
      } catch (error) {
        if (!/database is locked/.test(String(error)) || performance.now() > giveUpAt) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  async commitTransaction(): Promise<void> {
    this.#database.exec('commit');
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk makes SQLite roll back by itself; a second time would hide the real fault.
    if (this.#database.isTransaction !== false) this.#database.exec('rollback');
  }

  async destroy(): Promise<void> {}
}

class NodeSqliteConnection implements DatabaseConnection {
  readonly #database: SqliteDatabase;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.#prepare(compiled.sql);
    const values = compiled.parameters as readonly SqlValue[];
    if (givesRows(compiled)) return { rows: statement.all(...values) as R[] };
    return { numAffectedRows: BigInt(statement.run(...values).changes), rows: [] };
  }

  /** At once: what waits for nothing costs no promise. */
  rowsOf<R>(compiled: CompiledQuery<R>): R[] {
    const statement = this.#prepare(compiled.sql);
    const values = compiled.parameters as readonly SqlValue[];
    if (givesRows(compiled)) return statement.all(...values) as R[];
    statement.run(...values);
    return [];
  }

  streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows are read in pages, not streamed');
  }

  #prepare(text: string): SqliteStatement {
    const known = this.#statements.get(text);
    if (known) return known;
    const fresh = this.#database.prepare(text);
    const [oldest] = this.#statements.keys();
    if (oldest !== undefined && this.#statements.size >= MOST_STATEMENTS) {
      this.#statements.delete(oldest);
    }
    this.#statements.set(text, fresh);
    return fresh;
  }
}

/** Decided by the query's shape: the oldest supported engine cannot say it of a statement. */
function givesRows({ query }: CompiledQuery): boolean {
  if (query.kind === 'SelectQueryNode' || query.kind === 'RawNode') return true;
  return 'returning' in query && query.returning !== undefined;
}

/** For every file alike, so that a query is built once and not for each; it speaks to none. */
export const sqliteWords = new Kysely<Tables>({
  dialect: { ...SPELLING, createDriver: () => new DummyDriver() },
});
