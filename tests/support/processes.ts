/**
 * Programs under test. Each is ended by its own id, and ends by itself when the test that started
 * it is gone, because the pipe to its standard input closes then.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

export const ROOT = path.resolve(import.meta.dirname, '../..');

export type Program = {
  readonly pid: number;
  /** Everything it wrote so far, both streams, in the order in which it came. */
  readonly output: () => string;
  /** Null while it runs. */
  readonly exit: () => { code: number | null; signal: string | null } | null;
  /** Stops it where it stands, wakes it, or tells it something. */
  readonly signal: (signal: 'SIGSTOP' | 'SIGCONT' | 'SIGUSR2') => void;
  /** As if somebody typed it. */
  readonly type: (text: string) => void;
  /** Sends the signal and waits for the end. */
  readonly end: (signal?: 'SIGTERM' | 'SIGINT' | 'SIGKILL') => Promise<void>;
  readonly ended: Promise<void>;
};

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

export type Running = {
  /** A program and its words that start ours, such as `sh -c 'ulimit -f 9; exec "$0" "$@"'`. */
  readonly through?: readonly string[];
  /** The folder that it runs in; the project's own when left out. */
  readonly folder?: string;
};

/** Runs `node ...args` with exactly this environment, in the project's folder unless told. */
export function startNode(
  args: readonly string[],
  env: Record<string, string>,
  { through = [], folder = ROOT }: Running = {},
): Program {
  const [program = '', ...rest] = [...through, process.execPath, ...args];
  const child: Child = spawn(program, rest, {
    cwd: folder,
    env: env as NodeJS.ProcessEnv,
    stdio: 'pipe',
  });
  let output = '';
  let exit: ReturnType<Program['exit']> = null;
  const keep = (chunk: string) => {
    output += chunk;
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'close').then(([code, signal]) => {
    exit = { code, signal };
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    exit: () => exit,
    ended,
    signal: (signal) => {
      child.kill(signal);
    },
    type: (text) => {
      child.stdin.write(text);
    },
    end: async (signal = 'SIGTERM') => {
      child.kill(signal);
      await ended;
    },
  };
}

/**
 * Asks until the condition holds. Throws with the programs' output when it takes longer than
 * `withinMs`, or when one of them has ended meanwhile.
 */
export async function until(
  condition: () => boolean | Promise<boolean>,
  { withinMs = 60_000, programs = [] }: { withinMs?: number; programs?: readonly Program[] } = {},
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    const dead = programs.some((program) => program.exit() !== null);
    if (dead || performance.now() > deadline) {
      const said = programs.map((program) => program.output()).join('\n');
      throw new Error(`${dead ? 'A program ended' : `Not within ${withinMs} ms`}:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const SETTINGS =
  /^(QFPAY_|SHOP_|SIMULATOR_|TLS_|COUNTERTOP_|NEXTAUTH_|AUTH_|VITEST|PUBLIC_URL$|TRUSTED_PROXY$|DATABASE_URL$|SETUP_OWNER_PIN$|METRICS_TOKEN$|PORT$|HOST$|NODE_ENV$|NODE_OPTIONS$|npm_)/;

/** The environment of whoever runs the tests, without anything that configures a Countertop. */
export function cleanEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {
    __NEXT_PROCESSED_ENV: 'true',
    NEXT_TELEMETRY_DISABLED: '1',
  };
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !SETTINGS.test(name)) kept[name] = value;
  }
  return kept;
}
