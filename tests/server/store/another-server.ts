import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const CHILD = fileURLToPath(new URL('./child.mts', import.meta.url));

export type AnotherServer = {
  /** The next line it says; null when it has ended. */
  line(): Promise<string | null>;
  signal(name: 'SIGSTOP' | 'SIGKILL'): void;
  readonly ended: Promise<unknown>;
  readonly pid: number;
};

/** A real process with the same code. `room` limits every file it writes, in KiB. */
export function anotherServer(task: 'hold' | 'write', file: string, room?: number): AnotherServer {
  const node = [process.execPath, '--import', 'tsx', CHILD, task, file];
  const limited = ['-c', `ulimit -f ${room}; exec "$@"`, 'bash', ...node];
  const [command = '', ...rest] = room === undefined ? node : ['bash', ...limited];
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    line: async () => {
      const { value, done } = await lines.next();
      return done === true ? null : value;
    },
    signal: (name) => child.kill(name),
    ended,
    pid: child.pid ?? 0,
  };
}
