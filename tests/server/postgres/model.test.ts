import { expect, test } from 'vitest';
import { EMPTIED } from '../../support/postgres/databases';
import { answersAsTheModelDoes, type Tally, type Tested } from '../store/model-run';
import { aDatabase, aServer, asked, cutOff, type Server, urlOf } from './shops';

const OFTEN = [
  'a fault',
  ...['payment true', 'payment false', 'update made', 'update null'],
  ...['refund true', 'refund false', 'refund-update made', 'lease true', 'lease false'],
  ...['notice true', 'notice false', 'call made', 'look made'],
] as const;

/** The very same commands that SQLite answers as the model does. */
test('any store answers as plain maps would, whatever is asked of it: PostgreSQL', async () => {
  const database = await aDatabase();
  let opened: Server | null = null;
  const now = (): Server => {
    if (opened === null) throw new Error('no server is open');
    return opened;
  };
  const reopen = async (kill: boolean) => {
    if (kill) await cutOff(database);
    await opened?.close();
    opened = await aServer(database);
  };
  const aPostgresStore = async (): Promise<Tested> => {
    await opened?.close();
    await asked(urlOf(database), EMPTIED);
    opened = await aServer(database);
    return {
      store: () => now().store,
      changes: (seq, limit) => now().reads.changes(seq, limit),
      lastChange: () => now().reads.lastChange(),
      reopen,
      verify: async () => expect(await now().verifyAudit()).toMatchObject({ ok: true }),
    };
  };
  const tally: Tally = new Map();
  const isRare = (what: string) => (tally.get(what) ?? 0) <= 3;
  // Chance may leave one of them out of a short run; of four, hardly.
  for (let round = 0; round === 0 || (round < 4 && OFTEN.some(isRare)); round += 1) {
    await answersAsTheModelDoes(aPostgresStore, { numRuns: 25, tally });
  }
  expect(OFTEN.filter(isRare)).toEqual([]);
}, 300_000);
