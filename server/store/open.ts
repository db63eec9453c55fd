/**
 * The one place that chooses the SQLite engine: the one built into Node where there is one
 * (22.13 and later), else the same interface from a package. Both are spoken to by this shape.
 */
export type SqlValue = string | number | null;

export type SqliteStatement = {
  all(...values: SqlValue[]): unknown[];
  run(...values: SqlValue[]): { readonly changes: number | bigint };
};

export type SqliteDatabase = {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
  /** Missing in the built-in engine of Node 22.13 to 22.15. */
  readonly isTransaction?: boolean;
};

export type SqliteEngine = {
  readonly DatabaseSync: new (
    file: string,
    options?: { readonly readOnly?: boolean },
  ) => SqliteDatabase;
};

const isEngine = (found: unknown): found is SqliteEngine =>
  typeof found === 'object' && found !== null && 'DatabaseSync' in found;

export async function sqliteEngine(): Promise<SqliteEngine> {
  // Asked for by name at run time: a static import of `node:sqlite` stops Node 20 at once.
  const builtIn: unknown = process.getBuiltinModule?.('node:sqlite');
  return isEngine(builtIn) ? builtIn : await import('@photostructure/sqlite');
}
