import { expect, test } from 'vitest';
import { lookAtDatabase } from '@/server/commands/look-at-database';
import { aDatabase, asked, urlOf } from './shops';

const findings = (name: string) =>
  lookAtDatabase({ kind: 'postgresql', url: urlOf(name), name: 'PostgreSQL here' }, Date.now());

test('the doctor reads the audit of a database that servers share', async () => {
  const name = await aDatabase();
  expect(await findings(name)).toEqual([
    { what: 'database', is: 'good', says: expect.stringMatching(/PostgreSQL here: 0 audit rows/) },
  ]);
});

test('a fault of the database is a finding as well, and no end of the examination', async () => {
  const name = await aDatabase();
  await asked(urlOf(name), 'alter table tally rename to elsewhere');
  await asked(urlOf(name), 'create table tally (nothing text)');
  expect(await findings(name)).toEqual([
    { what: 'database', is: 'wrong', says: expect.stringMatching(/PostgreSQL here.*column/) },
  ]);
});
