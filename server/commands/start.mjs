/**
 * npm start: installs and builds what is missing, then runs the app and, without credentials of
 * QFPay, the gateway simulator beside it. It promises that they live and die together and
 * that a wrong setting is one sentence instead of a start. `--dev` reloads when sources change.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import readline from 'node:readline';
import { buildIfChanged } from './build.mjs';
import { main, NEXT, ROOT, run, Stop, stopRunning } from './child.mjs';
import { withEnvFiles } from './env-files.mjs';
import { greeting } from './greeting.mjs';
import { isHealthy } from './healthy.mjs';
import { installMissing } from './install.mjs';
import { createTlsFront } from './tls-front.mjs';

const dev = process.argv.includes('--dev');
const READY_WITHIN_MS = dev ? 180_000 : 60_000;
/** A charge or a refund on its way waits 15 s for its answer, and writes it down. */
const STOP_WITHIN_MS = 20_000;
/** Next.js announces itself and, behind our HTTPS, an address that nobody should use. */
const BANNER =
  /^\s*(▲ Next\.js|- (Local|Network|Environments):|✓ (Starting|Ready|Running next\.config))/;

/** The app and the simulator, while they run. */
const children = new Map();
/** Why it is over, once it is: a sentence, or '' when somebody asked us to stop. */
let over = null;

await main(async ({ say }) => {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => stop('', 0));
  await installMissing({ say });
  const env = withEnvFiles(process.env, { root: ROOT, mode: dev ? 'development' : 'production' });
  const settings = await readSettings(env);
  for (const warning of settings.warnings) say(`Note: ${warning}`);
  const { simulator } = settings;
  await mustBeFree('PORT', settings);
  if (simulator !== null) await mustBeFree('SIMULATOR_PORT', simulator);
  if (!dev) await buildIfChanged({ say });
  const credentials = simulator === null ? {} : await startSimulator(env, settings);
  await startApp({ ...env, ...credentials }, settings);
  if (over === null) say(greeting(settings));
});

/** Asks server/env.ts, which is TypeScript and therefore waits for the installation. */
async function readSettings(env) {
  // The simulator says its own credentials only once it runs.
  const later = { QFPAY_SIMULATOR_APPCODE: 'later', QFPAY_SIMULATOR_KEY: 'later' };
  const { code, output } = await run(
    process.execPath,
    ['--import', 'tsx', 'server/commands/check-settings.ts'],
    { env: { ...env, ...later } },
  );
  const line = output.trim().split('\n').at(-1) ?? '';
  if (code !== 0 || !line.startsWith('{')) throw new Stop(output);
  const settings = JSON.parse(line);
  if (!settings.ok) throw new Stop(...settings.mistakes);
  return settings;
}

async function mustBeFree(name, { port, host }) {
  const probe = net.createServer();
  probe.listen(port, host);
  try {
    await once(probe, 'listening');
  } catch (error) {
    throw new Stop(
      error.code === 'EADDRINUSE'
        ? `Port ${port} on ${host} is in use: stop what uses it, or set ${name} to another port.`
        : `${name} ${port} on ${host} cannot be listened on (${error.code}): choose another.`,
    );
  }
  await new Promise((resolve) => probe.close(resolve));
}

/** Answers what the app has to know of it, its credentials among that. */
async function startSimulator(env, { simulator: { host, port }, dataFolder }) {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  // The shop remembers its sales over a restart, so its gateway has to.
  const SIMULATOR_STATE = env.SIMULATOR_STATE ?? path.join(dataFolder, 'simulator.json');
  const place = { SIMULATOR_PORT: String(port), SIMULATOR_HOST: host };
  const program = ['--import', 'tsx', 'server/simulator/main.ts'];
  const kept = { SIMULATOR_STATE, ...place };
  const own = { ...credentialsOf(env), ...kept, SIMULATOR_DIE_WITH_PARENT: '1' };
  const child = start('simulator', program, own);
  const found = {};
  readline.createInterface({ input: child.stdout }).on('line', (line) => {
    const [, name, value] = /^QFPAY_(APPCODE|KEY)=(\S+)\s*$/.exec(line) ?? [];
    if (name !== undefined) found[`QFPAY_SIMULATOR_${name}`] = value;
    if (!line.startsWith('Wallet')) process.stdout.write(`${line}\n`);
  });
  await until(() => Object.keys(found).length === 2, 'The simulator did not start.');
  return { ...place, ...found };
}

/** It prints the credentials that it is given, so it is given none that open anything else. */
function credentialsOf(env) {
  const others = Object.entries(env).filter(([name]) => !name.startsWith('QFPAY_'));
  const own = ['APPCODE', 'KEY', 'MCHID'].flatMap((name) => {
    const value = env[`QFPAY_SIMULATOR_${name}`];
    return value ? [[`QFPAY_${name}`, value]] : [];
  });
  return Object.fromEntries([...others, ...own]);
}

/** Resolves once /api/health says 200. */
async function startApp(env, { host, port, tls }) {
  const inner = tls === null ? { host, port } : { host: '127.0.0.1', port: await freePort() };
  const address = ['-H', inner.host, '-p', String(inner.port)];
  const watcher = ['--import', new URL('with-parent.mjs', import.meta.url).href];
  const child = start('app', [...watcher, NEXT, dev ? 'dev' : 'start', ...address], {
    ...env,
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    COUNTERTOP_PARENT: String(process.pid),
    COUNTERTOP_PORT: String(port),
    // A screen that was opened before knows by it that another build runs now.
    ...(dev ? {} : { COUNTERTOP_BUILD: readFileSync(path.join(ROOT, '.next/BUILD_ID'), 'utf8') }),
  });
  readline.createInterface({ input: child.stdout }).on('line', (line) => {
    if (dev || !BANNER.test(line)) process.stdout.write(`${line}\n`);
  });
  if (tls !== null) await startTlsFront(tls, { host, port, inner: inner.port });
  await until(() => isHealthy(inner), 'The app did not start in time.');
}

/** Asks again and again. Throws Stop with the sentence when it takes too long. */
async function until(condition, sentence) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (over === null && !(await condition())) {
    if (Date.now() > deadline) await stop(sentence, 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function startTlsFront(tls, { host, port, inner }) {
  const files = { cert: readFileSync(tls.cert), key: readFileSync(tls.key) };
  const front = createTlsFront({ ...files, port: inner, webSockets: dev });
  front.listen(port, host);
  await once(front, 'listening');
}

async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Its standard input is a pipe that closes with us: so it learns of our end, however we end. */
function start(name, args, env) {
  const stdio = ['pipe', 'pipe', 'inherit'];
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio });
  child.stdin.on('error', () => undefined);
  children.set(name, child);
  child.on('exit', (code, signal) => {
    children.delete(name);
    stop(`The ${name} ended (${signal ?? `exit code ${code}`}), so everything stops.`, 1);
  });
  return child;
}

/** Ends everything, once, and then this process. */
async function stop(sentence, code) {
  if (over !== null) return;
  over = sentence;
  if (sentence !== '') process.stderr.write(`${sentence}\n`);
  stopRunning();
  const late = setTimeout(() => {
    for (const child of children.values()) child.kill('SIGKILL');
  }, STOP_WITHIN_MS);
  // The app first: what it has asked the simulator is still to be answered.
  await end('app');
  await end('simulator');
  clearTimeout(late);
  process.exit(code);
}

async function end(name) {
  const child = children.get(name);
  if (child === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
