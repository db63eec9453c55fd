import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { DEMO_APPCODE, DEMO_KEY } from '@/server/simulator/accounts';
import { makeSpecClient } from '@/tests/support/spec-client';

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Starts the program on a free port and waits until it has printed its addresses. */
async function startProgram(env: Record<string, string> = {}) {
  const { QFPAY_APPCODE: _a, QFPAY_KEY: _k, QFPAY_MCHID: _m, ...rest } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/simulator/main.ts'], {
    env: { ...rest, SIMULATOR_PORT: '0', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.push(child);
  let output = '';
  child.stdout.on('data', (part) => {
    output += part;
  });
  await expect.poll(() => output, { timeout: 15_000 }).toContain('/control/state');
  const printed = (name: string) => new RegExp(`^${name}=(.+)$`, 'm').exec(output)?.[1] ?? '';
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '';
  return { child, url, appCode: printed('QFPAY_APPCODE'), key: printed('QFPAY_KEY') };
}

describe('the program', { timeout: 60_000 }, () => {
  test('prints credentials with which any client can charge', async () => {
    const { url, appCode, key } = await startProgram();
    expect([appCode, key]).toEqual([DEMO_APPCODE, DEMO_KEY]);
    expect(appCode).toMatch(/^[0-9A-F]{32}$/);
    expect(key).toMatch(/^[0-9A-F]{32}$/);
    const answer = await makeSpecClient({ url, appCode, key, algorithm: 'SHA256' }).payment({
      txamt: 3850,
      txcurrcd: 'HKD',
      pay_type: '800201',
      out_trade_no: 'P-1',
      txdtm: '2026-01-05 12:00:00',
    });
    expect(answer.flat).toMatchObject({ respcd: '0000', out_trade_no: 'P-1' });
  });

  test('takes credentials from its environment, an outlet among them', async () => {
    const own = { QFPAY_APPCODE: 'MINE', QFPAY_KEY: 'my key', QFPAY_MCHID: 'outlet1' };
    const { url } = await startProgram(own);
    const mine = makeSpecClient({ url, appCode: 'MINE', key: 'my key' });
    expect((await mine.query({ mchid: 'outlet1' })).flat.respcd).toBe('0000');
    expect((await mine.query({})).flat.respcd).toBe('1108');
    const demo = makeSpecClient({ url, appCode: DEMO_APPCODE, key: DEMO_KEY });
    expect((await demo.query({})).flat.respcd).toBe('1108');
  });

  test('ends at once on SIGTERM, even with a caller waiting', async () => {
    const { child, url } = await startProgram();
    const body = JSON.stringify({ kind: 'delay', ms: 60_000 });
    await fetch(`${url}/control/fault`, { method: 'POST', body });
    const waiting = makeSpecClient({ url, appCode: DEMO_APPCODE, key: DEMO_KEY }).query({});
    const gone = expect(waiting).rejects.toThrow();
    await expect
      .poll(async () => (await (await fetch(`${url}/control/state`)).json()).calls.counts.query)
      .toBe(1);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await gone;
  });

  test('outlives a closed stdin unless it was told to die with its parent', async () => {
    const alone = await startProgram();
    const bound = await startProgram({ SIMULATOR_DIE_WITH_PARENT: '1' });
    const ended = once(bound.child, 'exit');
    alone.child.stdin?.end();
    bound.child.stdin?.end();
    expect(await ended).toEqual([0, null]);
    expect((await fetch(`${alone.url}/control/state`)).status).toBe(200);
  });

  test('remembers its sales over a restart when it is given a file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'countertop-simulator-'));
    try {
      const env = { SIMULATOR_STATE: path.join(folder, 'world.json') };
      const ask = (url: string) =>
        makeSpecClient({ url, appCode: DEMO_APPCODE, key: DEMO_KEY }).query({
          out_trade_no: 'P-1',
        });
      const first = await startProgram(env);
      const order = JSON.stringify({ number: 'P-1', amount: 3850 });
      await fetch(`${first.url}/control/foreign-order`, { method: 'POST', body: order });
      expect((await ask(first.url)).rows).toHaveLength(1);
      const ended = once(first.child, 'exit');
      first.child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      const second = await startProgram(env);
      expect((await ask(second.url)).rows).toMatchObject([{ respcd: '0000', txamt: '3850' }]);
      const third = await startProgram();
      expect((await ask(third.url)).rows).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('says why it cannot start', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/simulator/main.ts'], {
      env: { ...process.env, SIMULATOR_PORT: 'door' },
    });
    running.push(child);
    let said = '';
    child.stderr.on('data', (part) => {
      said += part;
    });
    expect(await once(child, 'exit')).toEqual([2, null]);
    expect(said).toContain('SIMULATOR_PORT');
  });
});
