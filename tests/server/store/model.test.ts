import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '@/server/store';
import { answersAsTheModelDoes, type Tested } from './model-run';

/** In memory where there is such a folder: what is tested is the answers, not the disk. */
function aFastFolder(): string {
  const parent = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const folder = mkdtempSync(join(parent, 'countertop-model-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const OFTEN = [
  'a fault',
  ...['payment true', 'payment false', 'update made', 'update null'],
  ...['refund true', 'refund false', 'refund-update made', 'refund-update null'],
  ...['lease true', 'lease false', 'notice true', 'notice false', 'call made', 'look made'],
] as const;

test('any store answers as plain maps would, whatever is asked of it: SQLite', async () => {
  const folder = aFastFolder();
  const fresh = join(folder, 'fresh.db');
  (await openStore({ file: fresh })).close();
  let files = 0;
  let opened = await openStore({ file: join(folder, 'none.db') });
  onTestFinished(() => opened.close());

  const anSqliteStore = async (): Promise<Tested> => {
    let file = await aCopyOf(fresh);
    opened.close();
    opened = await openStore({ file });
    return {
      store: () => opened.store,
      changes: (seq, limit) => opened.reads.changes(seq, limit),
      lastChange: () => opened.reads.lastChange(),
      reopen: async (kill) => {
        // What a killed process leaves: the file and its log as they are at this moment.
        if (kill) file = await aCopyOf(file);
        opened.close();
        opened = await openStore({ file });
      },
      verify: async () => {
        expect(opened.integrity()).toBe('ok');
        expect(await opened.verifyAudit()).toMatchObject({ ok: true });
      },
    };
  };
  const aCopyOf = async (file: string): Promise<string> => {
    files += 1;
    const copy = join(folder, `${files}.db`);
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    return copy;
  };
  // A shop in which refunds never meet a limit or a late success would prove little.
  await answersAsTheModelDoes(anSqliteStore, { numRuns: 150, often: OFTEN, moreThan: 20 });
}, 300_000);
