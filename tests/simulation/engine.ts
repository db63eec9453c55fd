/**
 * SQLite as the store opens it, overheard: how careful each file is with what it commits. A power
 * cut takes everything that was not synced, and whoever asks for less care loses more.
 */
import {
  type SqliteDatabase,
  type SqliteEngine,
  type SqliteStatement,
  sqliteEngine,
} from '@/server/store/open';
import { logSize } from './files';

/** File names of databases that sync every commit. */
const careful = new Set<string>();
/** Where something was written that a checker looks at: so far, and with a commit. */
const touched = new Set<string>();
const committed = new Set<string>();
/** Whoever only asks, or counts calls and holds a lease, changes nothing that they look at. */
const UNSEEN = /^\s*(select|with|pragma|begin|rollback|(insert into|update) "(lease|bucket)")\b/i;

/** The store asks Node for its engine; until `end` it is given this one. */
export async function overhearEngine(): Promise<{ engine: SqliteEngine; end: () => void }> {
  const engine = await sqliteEngine();
  const overheard: SqliteEngine = {
    DatabaseSync: class extends (engine.DatabaseSync as new (
      ...given: ConstructorParameters<SqliteEngine['DatabaseSync']>
    ) => SqliteDatabase) {
      readonly #file: string;
      constructor(file: string, options?: { readonly readOnly?: boolean }) {
        super(file, options ?? {});
        this.#file = file;
      }
      override exec(sql: string): void {
        const said = /^\s*pragma synchronous\s*=\s*(\w+)/i.exec(sql)?.[1]?.toLowerCase();
        if (said === 'full' || said === 'extra') careful.add(this.#file);
        else if (said !== undefined) careful.delete(this.#file);
        super.exec(sql);
        if (sql !== 'commit') note(this.#file, sql);
        else if (touched.delete(this.#file)) committed.add(this.#file);
      }
      override prepare(sql: string): SqliteStatement {
        const statement = super.prepare(sql);
        if (UNSEEN.test(sql)) return statement;
        const file = this.#file;
        return {
          all(...values) {
            touched.add(file);
            return statement.all(...values);
          },
          run(...values) {
            touched.add(file);
            return statement.run(...values);
          },
        };
      }
    },
  };
  const real = process.getBuiltinModule;
  Object.assign(process, {
    getBuiltinModule: (name: string) =>
      name === 'node:sqlite' ? overheard : real?.call(process, name as 'node:fs'),
  });
  return { engine, end: () => Object.assign(process, { getBuiltinModule: real }) };
}

const note = (file: string, sql: string): unknown => UNSEEN.test(sql) || touched.add(file);

/** Whether a commit since the last time wrote anything that a checker looks at. */
export const takeCommitted = (file: string): boolean => committed.delete(file);

/** How much of the log a power cut leaves after a commit; `before` is what it left until then. */
export const syncedLog = (file: string, before: number): number =>
  careful.has(file) ? logSize(file) : before;

export function forgetFile(file: string): void {
  for (const files of [careful, touched, committed]) files.delete(file);
}
