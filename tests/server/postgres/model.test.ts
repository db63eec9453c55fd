import { expect, test } from 'vitest';
import { EMPTIED } from '../../support/postgres/databases';
import { answersAsTheModelDoes, type Tested } from '../store/model-run';
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
  await answersAsTheModelDoes(aPostgresStore, { numRuns: 25, often: OFTEN, moreThan: 3 });
}, 300_000);
