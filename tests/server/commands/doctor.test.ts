import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cleanEnvironment, startNode } from '../../support/processes';
import { type Simulator, startSimulator } from '../../support/stack';
import { aBackDoor, aFolder, aNote, aShop } from '../store/support';

let gateway: Simulator;
beforeAll(async () => {
  gateway = await startSimulator();
});
afterAll(() => gateway.program.end());
beforeEach(async () => {
  await gateway.control('reset', {});
  await gateway.control('clock', { now: Date.now(), speed: 1 });
});

async function run(command: 'doctor' | 'backup', env: Record<string, string>, args: string[] = []) {
  const program = startNode(['--import', 'tsx', `server/commands/${command}.ts`, ...args], {
    ...cleanEnvironment(),
    // Nobody listens there.
    ...{ PORT: '9', ...env },
  });
  await program.ended;
  return { code: program.exit()?.code, says: program.output().trim() };
}
const connected = (more: Record<string, string> = {}) => ({
  ...{ QFPAY_ENV: 'simulator', QFPAY_BASE_URL: gateway.url },
  ...{ QFPAY_APPCODE: gateway.appCode, QFPAY_KEY: gateway.key },
  ...{ DATABASE_URL: `file:${join(aFolder(), 'countertop.db')}`, ...more },
});

test('says each mistake of the settings, and asks nobody', async () => {
  const { code, says } = await run('doctor', { QFPAY_ENV: 'live', SHOP_CURRENCY: 'XYZ' });
  expect(code).toBe(1);
  expect(says).toMatch(/WRONG settings {2}QFPAY_ENV must be/);
  expect(says).toMatch(/WRONG settings {2}SHOP_CURRENCY must be/);
});

test('without credentials there is nothing to ask, and nothing wrong', async () => {
  const { code, says } = await run('doctor', { DATABASE_URL: `file:${join(aFolder(), 'a.db')}` });
  expect([code, says]).toEqual([0, expect.stringContaining('ok    settings  practice')]);
  expect(says).not.toContain('gateway');
});

test('finds a good gateway good, and charges nobody', async () => {
  const { code, says } = await run('doctor', connected());
  expect([code, says]).toEqual([0, expect.stringContaining('ok    gateway   it takes our sign')]);
  expect(says).toMatch(/ok {4}gateway {3}it lists the last ten minutes: 0/);
  expect(says).toMatch(/ok {4}clock {5}ours is \d(\.\d)? s/);
  expect(await gateway.control('state')).toMatchObject({ orders: [], refunds: [], ledger: [] });
});

test('names a wrong key, a gateway that is not there and a clock that is off', async () => {
  const wrongKey = await run('doctor', connected({ QFPAY_KEY: 'not the key' }));
  expect(wrongKey).toMatchObject({
    code: 1,
    says: expect.stringMatching(/WRONG gateway .* another key/),
  });
  const nobody = await run('doctor', connected({ QFPAY_BASE_URL: 'http://127.0.0.1:9' }));
  expect(nobody).toMatchObject({
    code: 1,
    says: expect.stringContaining('as QFPay does (ECONN'),
  });
  await gateway.control('clock', { advance: 600_000 });
  const late = await run('doctor', connected());
  expect(late).toMatchObject({
    code: 1,
    says: expect.stringMatching(/WRONG clock .* (599|600)/),
  });
});

test('reads the records, and knows when they were copied', async () => {
  const shop = await aShop();
  for (const n of [1, 2]) await shop.store.transaction((records) => records.note(aNote(n)));
  const env = connected({ DATABASE_URL: `file:${shop.file}` });
  const before = await run('doctor', env);
  expect(before.says).toContain('0 payments, 0 refunds and 2 audit rows');
  expect(before.says).toContain('look  copies    none was ever taken');
  await run('backup', env, [join(aFolder(), 'copy.db')]);
  expect((await run('doctor', env)).says).toMatch(/ok {4}copies {4}the last is .*copy\.db, of 20/);
  writeFileSync(`${shop.file}.last-backup`, '2026-01-01T00:00:00.000Z /media/usb/copy.db\n');
  expect((await run('doctor', env)).says).toMatch(/look {2}copies {4}the last is \d+ days old/);
  const door = await aBackDoor(shop.file);
  door.exec('drop trigger audit_is_kept; delete from audit where seq = 1');
  door.close();
  const broken = await run('doctor', env);
  expect(broken).toMatchObject({ code: 1, says: expect.stringContaining('its audit is broken') });
});
