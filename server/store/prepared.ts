/** Queries that are built and compiled once for a kind of database, and then only filled in. */
import { type Compilable, type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from './schema';

/** One connection, inside a transaction or not. */
export type Session = {
  /** Builds queries in the words of the database at hand; the same one for every session. */
  readonly words: Kysely<Tables>;
  readonly run: <O>(query: CompiledQuery<O>) => Promise<O[]>;
};

/** Runs work in one transaction of its own: all or nothing. */
export type Transact = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

export function sessionOn(words: Kysely<Tables>, connection: Kysely<Tables>): Session {
  return { words, run: async (query) => (await connection.executeQuery(query)).rows };
}

export type Values = Readonly<Record<string, string | number | null>>;
/** Stands for a value that is given later, under its name. */
export type Slots<V extends Values> = <K extends keyof V & string>(name: K) => V[K];

class Slot {
  constructor(readonly name: string) {}
}

/** Build with every slot in a place for a value; never a `null`, which needs other SQL. */
export function prepared<V extends Values, O>(
  build: (words: Kysely<Tables>, slot: Slots<V>) => Compilable<O>,
): (session: Session, values: V) => Promise<O[]> {
  const known = new WeakMap<Kysely<Tables>, CompiledQuery<O>>();
  const slot = <K extends string>(name: K) => new Slot(name) as never;
  return (session, values) => {
    const compiled = known.get(session.words) ?? build(session.words, slot).compile();
    known.set(session.words, compiled);
    const parameters = compiled.parameters.map((it) =>
      it instanceof Slot ? clean(values[it.name]) : it,
    );
    return session.run({ ...compiled, parameters });
  };
}

/**
 * A limit for what is asked many times a second. SQLite looks at a bare one while it plans, and so
 * plans anew at each call; no plan of these depends on it, as each walks an index in its order.
 */
export const most = <V extends { readonly limit: number }>(slot: Slots<V>): RawBuilder<number> =>
  sql<number>`${slot('limit')} + 0`;

/** A slot for each column. */
export function row<V extends Values>(slot: Slots<V>, columns: readonly (keyof V & string)[]): V {
  const all: Partial<V> = {};
  for (const name of columns) all[name] = slot(name);
  return all as V;
}

/**
 * Text as a database can keep it: SQLite cuts it at NUL, PostgreSQL refuses it, and half a
 * surrogate pair comes back as something else.
 */
export function clean<T>(value: T): T {
  if (typeof value !== 'string') return value;
  const text = value.isWellFormed() ? value : value.toWellFormed();
  return (text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text) as typeof value;
}
