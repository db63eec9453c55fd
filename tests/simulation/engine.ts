/**
 * SQLite as the store opens it, overheard: how careful each file is with what it commits. A power
 * cut takes everything that was not synced, and whoever asks for less care loses more.
 */
import { type SqliteDatabase, type SqliteEngine, sqliteEngine } from '@/server/store/open';
import { logSize } from './files';

/** File names of databases that sync every commit. */
const careful = new Set<string>();

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

/** How much of the log a power cut leaves after a commit; `before` is what it left until then. */
export const syncedLog = (file: string, before: number): number =>
  careful.has(file) ? logSize(file) : before;

export const forgetFile = (file: string): boolean => careful.delete(file);
