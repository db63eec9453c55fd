import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { postgresBinaries } from './support/postgres/binaries.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Whole shops of real processes, in which seconds are counted. */
const PROCESSES = ['tests/processes/*.test.ts', 'tests/server/commands/start.test.ts'];

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** What is true of a shop whatever keeps its books. */
const ON_EITHER_DATABASE = [
  'tests/server/{store,payments,reports,staff}/*.test.ts',
  'tests/server/{metrics,outlets,receipt-verbs,shift-verbs}.test.ts',
  'tests/app/shifts.test.ts',
];
/** Of files, of SQLite's engine, or of how long a PIN takes. */
const ON_SQLITE_ALONE = [
  'tests/server/staff/{guessing,sign-in,step-up}.test.ts',
  'tests/server/store/{crash,faults,lock,migration,model,open,report}.test.ts',
];
const ON_POSTGRES_ALONE = ['tests/server/postgres/*.test.ts'];
const WITHOUT = ['tests/server/postgres/none/*.test.ts'];
const postgres = postgresBinaries();

export default defineConfig({
  root,
  resolve: {
    alias: {
      '@': root.replace(/\/$/, ''),
      // It throws outside a React server build; here there is no client to protect.
      'server-only': fileURLToPath(new URL('./support/empty.ts', import.meta.url)),
    },
  },
  test: {
    sequence: { shuffle: true },
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
          exclude: [...PROCESSES, 'tests/server/postgres/**'],
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        resolve: {
          alias: [
            { find: /^@\/server\/store$/, replacement: here('./support/postgres/store.ts') },
            {
              find: /^@\/tests\/support\/database$/,
              replacement: here('./support/postgres/database.ts'),
            },
          ],
        },
        test: {
          name: 'postgresql',
          include: 'missing' in postgres ? WITHOUT : [...ON_EITHER_DATABASE, ...ON_POSTGRES_ALONE],
          exclude: ON_SQLITE_ALONE,
          globalSetup: 'missing' in postgres ? [] : [here('./support/postgres/setup.ts')],
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: PROCESSES,
          // Afterwards and three at a time: they wait more than they work, and seconds are counted.
          maxWorkers: 3,
          // Starting a server takes half a minute where everything is busy, and is no promise.
          testTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
