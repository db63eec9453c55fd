import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ONE } from '../../support/certificates';
import {
  cleanEnvironment,
  freePort,
  type Program,
  startNode,
  until,
} from '../../support/processes';
import { enter } from '../../support/staff-client';
import { freshCode } from '../../support/till';

const folders: string[] = [];
const programs: Program[] = [];
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.end('SIGKILL')));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'countertop-start-'));
  folders.push(made);
  return made;
}

function npmStart(env: Record<string, string>): Program {
  const program = startNode(['server/commands/start.mjs'], { ...cleanEnvironment(), ...env });
  programs.push(program);
  return program;
}

async function shop(env: Record<string, string> = {}) {
  const [port, simulatorPort] = [await freePort(), await freePort()];
  const settings = {
    PORT: String(port),
    SIMULATOR_PORT: String(simulatorPort),
    DATABASE_URL: `file:${folder()}/countertop.db`,
    ...env,
  };
  const program = npmStart(settings);
  await until(() => program.output().includes('Ctrl+C'), {
    withinMs: 180_000,
    programs: [program],
  });
  return { program, port, simulatorPort, settings };
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
const nobodyListens = (...ports: number[]) =>
  until(async () => !(await Promise.all(ports.map(listens))).includes(true), { withinMs: 15_000 });

/** The first start in a checkout installs and builds. */
describe('npm start', { timeout: 240_000 }, () => {
  test('runs app and simulator, says where they are and who may sign in', async () => {
    const { program, port, simulatorPort } = await shop();
    const said = program.output();
    expect(said).toContain(`http://127.0.0.1:${port}`);
    expect(said).toContain(`http://127.0.0.1:${simulatorPort}/wallet`);
    for (const word of ['3000', '300300', '2000', '200200', '1000', '100100']) {
      expect(said).toContain(word);
    }
    expect(said).toMatch(/What to try/);
    const health = await fetch(`http://127.0.0.1:${port}/api/health`);
    expect(await health.json()).toMatchObject({ environment: 'simulator' });
    expect((await fetch(`http://127.0.0.1:${simulatorPort}/wallet`)).status).toBe(200);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'ends everything on %s and says so by 0',
    async (signal) => {
      const { program, port, simulatorPort } = await shop();
      await program.end(signal);
      expect(program.exit()).toEqual({ code: 0, signal: null });
      await nobodyListens(port, simulatorPort);
    },
  );

  test('told to end while a charge is on its way, hears it out and ends with 0', async () => {
    const { program, port, simulatorPort } = await shop();
    const control = async (at: string, body?: object) => {
      const headers = { 'content-type': 'application/json' };
      const post = { method: 'POST', body: JSON.stringify(body), headers };
      const url = `http://127.0.0.1:${simulatorPort}/control/${at}`;
      return Object(await (await fetch(url, body === undefined ? {} : post)).json());
    };
    const cashier = await enter(`http://127.0.0.1:${port}`);
    // Longer than everything else here takes to end.
    await control('fault', { kind: 'delay', endpoint: 'payment', stage: 'after', ms: 7_000 });
    const going = cashier.call('POST', '/api/payments', {
      ...{ key: 'on-its-way', body: { amount: 4850, authCode: freshCode() } },
    });
    await until(async () => (await control('state')).calls.counts.payment === 1);
    const ended = program.end('SIGTERM');
    const { status, body } = await going;
    expect([status, Object(body.payment).state]).toEqual([201, 'paid']);
    await ended;
    expect(program.exit()).toEqual({ code: 0, signal: null });
    await nobodyListens(port, simulatorPort);
  });

  test('leaves nobody behind when it is killed outright', async () => {
    const { program, port, simulatorPort } = await shop();
    await program.end('SIGKILL');
    await nobodyListens(port, simulatorPort);
  });

  test.skipIf(process.platform !== 'linux').each(['next', 'simulator'])(
    'ends altogether when one of its children dies: %s (not elsewhere, because only Linux names children in /proc)',
    async (name) => {
      const { program, port, simulatorPort } = await shop();
      const children = readFileSync(`/proc/${program.pid}/task/${program.pid}/children`, 'utf8');
      const pids = children.trim().split(' ').map(Number);
      const doomed = pids.filter((pid) => {
        // Next.js renames its process, so its command line is no path any more.
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return line.includes('server/simulator/main.ts') === (name === 'simulator');
      });
      expect(doomed).toHaveLength(1);
      for (const pid of doomed) process.kill(pid, 'SIGKILL');
      await program.ended;
      expect(program.exit()).toEqual({ code: 1, signal: null });
      expect(program.output()).toMatch(
        /The (app|simulator) ended \(SIGKILL\), so everything stops/,
      );
      await nobodyListens(port, simulatorPort);
    },
  );

  test('says in one sentence that a port is in use, and leaves its owner alone', async () => {
    const { port, settings } = await shop();
    const second = npmStart({ ...settings, SIMULATOR_PORT: String(await freePort()) });
    await second.ended;
    expect(second.exit()?.code).toBe(1);
    expect(second.output().trim()).toBe(
      `Port ${port} on 127.0.0.1 is in use: stop what uses it, or set PORT to another port.`,
    );
    expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(200);
  });

  test('says one sentence for each wrong setting, and starts nothing', async () => {
    const port = await freePort();
    const program = npmStart({
      PORT: String(port),
      QFPAY_APPCODE: 'SECRETCODE',
      QFPAY_KEY: 'SECRETKEY',
      SHOP_CURRENCY: 'GBP',
      SETUP_OWNER_PIN: '1234',
    });
    await program.ended;
    expect(program.exit()?.code).toBe(1);
    const lines = program.output().trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.join()).toMatch(/QFPAY_ENV must be set.*SHOP_CURRENCY.*SETUP_OWNER_PIN/);
    expect(program.output()).not.toContain('SECRET');
    expect(await listens(port)).toBe(false);
  });

  test('serves HTTPS with a certificate, and in the clear only tells where that is', async () => {
    const place = folder();
    writeFileSync(path.join(place, 'cert.pem'), ONE.cert);
    writeFileSync(path.join(place, 'key.pem'), ONE.key);
    const tls = { TLS_CERT: path.join(place, 'cert.pem'), TLS_KEY: path.join(place, 'key.pem') };
    const { program, port } = await shop(tls);
    expect(program.output()).toContain(`https://127.0.0.1:${port}`);
    const status = await new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path: '/api/health', ca: ONE.cert, agent: false };
      const asked = https.get(options, (response) => resolve(response.resume().statusCode));
      asked.on('error', reject);
    });
    expect(status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/api/health`)).status).toBe(403);
  });

  test('never shows or hands on real credentials while the simulator runs', async () => {
    const real = { QFPAY_ENV: 'simulator', QFPAY_APPCODE: 'REALCODE', QFPAY_KEY: 'REALKEY' };
    const { program } = await shop(real);
    expect(program.output()).toMatch(/^QFPAY_APPCODE=\w+$/m);
    expect(program.output()).not.toMatch(/REALCODE|REALKEY/);
  });
});

test('the gateway beside the till remembers its sales over a restart, as the till does', async () => {
  const first = await shop();
  const control = (at: string, body?: object) =>
    fetch(`http://127.0.0.1:${first.simulatorPort}/control/${at}`, {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json' },
    });
  const made = await control('foreign-order', { number: 'KEPT-1', amount: 4850 });
  expect(made.status).toBe(200);
  await first.program.end('SIGTERM');
  await shop(first.settings);
  expect((await control('order?number=KEPT-1')).status).toBe(200);
}, 240_000);

test('a practice shop’s database takes no real money: its staff have PINs that everybody knows', async () => {
  const { program, settings } = await shop();
  await program.end('SIGTERM');
  const credentials = { QFPAY_ENV: 'test', QFPAY_APPCODE: 'CODE', QFPAY_KEY: 'KEY' };
  const real = npmStart({ ...settings, ...credentials });
  await real.ended;
  expect(real.output()).toContain('was made for practice with the simulator');
}, 240_000);
