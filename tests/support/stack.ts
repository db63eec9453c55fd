/**
 * A whole shop for a test: the built app on a port and a database of its own, and the gateway
 * simulator in a process of its own. `npm test` builds the app first.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  cleanEnvironment,
  freePort,
  type Program,
  ROOT,
  type Running,
  startNode,
  until,
} from './processes';

/** What opens `GET /api/metrics` of every shop for a test. */
export const METRICS_TOKEN = 'metrics-of-a-shop-for-a-test';
const OF_EVERY_SHOP = { NODE_ENV: 'production', QFPAY_ENV: 'simulator', METRICS_TOKEN };

export type Stack = {
  /** The till's address, without a slash at the end. */
  readonly till: string;
  /** The wallet page. */
  readonly wallet: string;
  readonly simulator: Simulator;
  /** POST to the simulator's /control with a body, GET without; throws unless it says 2xx. */
  readonly control: Simulator['control'];
  readonly databaseFile: string;
  /** What the app wrote since the start of the stack, restarts included. */
  readonly logs: () => string;
  /** As a service manager would: SIGTERM, and waits for the end. */
  readonly endApp: () => Promise<void>;
  /** As a power cut would. */
  readonly kill9App: () => Promise<void>;
  /** Starts the app again on its port and database; ends it politely first if it runs. */
  readonly restartApp: (env?: Record<string, string>, running?: Running) => Promise<void>;
  /** Starts it without waiting until it is ready; the one before must have ended. */
  readonly launchApp: (env?: Record<string, string>, running?: Running) => Program;
  /** The app that was started last. */
  readonly app: () => Program;
  readonly stop: () => Promise<void>;
};

export type Simulator = {
  readonly url: string;
  readonly appCode: string;
  readonly key: string;
  readonly program: Program;
  readonly control: (path: string, body?: unknown) => Promise<unknown>;
};

export type StackOptions = {
  /** Another stack's, which ends with that one: the server joins a shop that is there. */
  readonly simulator?: Simulator;
  /** Further settings of the simulator, such as SIMULATOR_STATE. */
  readonly simulatorEnv?: Record<string, string>;
  /** Further settings of the app; they win over the stack's own. */
  readonly env?: Record<string, string>;
  /** Stands between the app and the simulator, such as a proxy that drops answers. */
  readonly through?: (simulatorUrl: string) => Promise<string>;
};

export async function startStack({
  env = {},
  simulatorEnv = {},
  simulator: theirs,
  through,
}: StackOptions = {}): Promise<Stack> {
  mustBeBuilt();
  const folder = mkdtempSync(path.join(tmpdir(), 'countertop-test-'));
  const databaseFile = path.join(folder, 'countertop.db');
  const simulator = theirs ?? (await startSimulator(simulatorEnv));
  const port = await freePort();
  const till = `http://127.0.0.1:${port}`;
  const settings = {
    ...cleanEnvironment(),
    ...OF_EVERY_SHOP,
    QFPAY_BASE_URL: through === undefined ? simulator.url : await through(simulator.url),
    QFPAY_SIMULATOR_APPCODE: simulator.appCode,
    QFPAY_SIMULATOR_KEY: simulator.key,
    DATABASE_URL: `file:${databaseFile}`,
    PORT: String(port),
    COUNTERTOP_BUILD: readFileSync(path.join(ROOT, '.next/BUILD_ID'), 'utf8'),
    COUNTERTOP_PARENT: String(process.pid),
    ...env,
  };
  let before = '';
  let app: Program | null = null;
  const launchApp = (more: Record<string, string> = {}, running: Running = {}) => {
    before += app?.output() ?? '';
    app = launch(port, { ...settings, ...more }, running);
    return app;
  };
  const restartApp = async (more?: Record<string, string>, running?: Running) => {
    await app?.end();
    await ready(launchApp(more, running), till);
  };
  const stop = async () => {
    await Promise.all([app?.end('SIGKILL'), theirs ?? simulator.program.end()]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await restartApp();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    till,
    wallet: `${simulator.url}/wallet`,
    simulator,
    control: simulator.control,
    databaseFile,
    logs: () => before + (app?.output() ?? ''),
    endApp: async () => app?.end('SIGTERM'),
    kill9App: async () => app?.end('SIGKILL'),
    restartApp,
    launchApp,
    app: () => started(app),
    stop,
  };
}

function started(app: Program | null): Program {
  if (app === null) throw new Error('no app was ever started');
  return app;
}

function launch(port: number, env: Record<string, string>, running: Running): Program {
  const watcher = pathToFileURL(path.join(ROOT, 'server/commands/with-parent.mjs')).href;
  const next = ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1'];
  return startNode(['--import', watcher, ...next, '-p', String(port)], env, running);
}

/** Waits until the till says that sales can be taken; ends the app when it never does. */
export async function ready(app: Program, till: string): Promise<void> {
  const isHealthy = async () => {
    const answer = await fetch(`${till}/api/health`).catch(() => null);
    await answer?.arrayBuffer();
    return answer?.status === 200;
  };
  try {
    await until(isHealthy, { programs: [app] });
  } catch (error) {
    await app.end('SIGKILL');
    throw error;
  }
}

/** The simulator alone, for whoever wants to speak to it. SIMULATOR_PORT may be given. */
export async function startSimulator(env: Record<string, string> = {}): Promise<Simulator> {
  const port = Number(env.SIMULATOR_PORT ?? (await freePort()));
  const program = startNode(['--import', 'tsx', 'server/simulator/main.ts'], {
    ...cleanEnvironment(),
    SIMULATOR_PORT: String(port),
    SIMULATOR_HOST: '127.0.0.1',
    SIMULATOR_DIE_WITH_PARENT: '1',
    ...env,
  });
  const printed = (name: string) =>
    new RegExp(`^QFPAY_${name}=(\\S+)\\s*$`, 'm').exec(program.output())?.[1];
  await until(() => printed('APPCODE') !== undefined && printed('KEY') !== undefined, {
    programs: [program],
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    appCode: printed('APPCODE') ?? '',
    key: printed('KEY') ?? '',
    program,
    control: (where, body) => control(`${url}/control/${where.replace(/^\//, '')}`, body),
  };
}

async function control(url: string, body: unknown): Promise<unknown> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const answer = await fetch(
    url,
    body === undefined ? {} : { ...post, body: JSON.stringify(body) },
  );
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}

function mustBeBuilt(): void {
  if (existsSync(path.join(ROOT, '.next/BUILD_ID'))) return;
  throw new Error('The app is not built: npm test builds it first, or run npx next build.');
}
