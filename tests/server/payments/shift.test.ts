/** What a shift costs a sale: nothing that the disk would have to wait for. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { onSqlite } from '@/tests/support/database';
import { countCommits } from '../../bench/wal';
import { type Counter, CPM, chargePaid, created, openCounter } from '../../support/counter';

let counter: Counter;
beforeEach(async () => {
  counter = await openCounter();
});
afterEach(() => counter.end());

let codes = 0;
const scanned = () => ({ ...CPM, authCode: `1301234567890${String(codes++).padStart(5, '0')}` });

onSqlite(
  'a scanned sale takes three commits, whether it opens the shift or finds it open',
  async () => {
    const commits = await countCommits(join(counter.folder, 'till.db'));
    const taken: number[] = [];
    for (const _ of ['opens the shift', 'finds it open']) {
      const before = commits.count();
      counter.script.charge.push(chargePaid);
      expect((await counter.take(scanned())).state).toBe('paid');
      taken.push(commits.count() - before);
    }
    commits.close();
    // The payment, the intent to charge, and the answer.
    expect(taken).toEqual([3, 3]);
    const shift = await counter.opened.shifts.shift(1);
    if (shift === null) throw new Error('no shift was opened');
    const { takings } = await counter.opened.shifts.figures(shift, 'HKD');
    expect(takings).toMatchObject({ count: 2, amount: 2 * 4_850 });
    expect(await counter.opened.shifts.shift(2)).toBeNull();
  },
);

test('a sale that is refused at the door opens no shift', async () => {
  counter.script.charge.push(created);
  await counter.take({ key: 'one' });
  expect(await counter.charge({ key: 'one', bodyText: 'another', counter: '2' })).toEqual({
    refused: 'key-reused',
  });
  expect(await counter.opened.shifts.shift(2)).toBeNull();
});
