/** What a running program costs its machine, as Linux counts it; its memory after a collection. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Program, until } from './processes';

/** USER_HZ, which Linux has promised to programs for as long as it exists. */
const TICKS_PER_SECOND = 100;

/** Processor time that it has used since it started, ms. Throws where there is no /proc. */
export function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // Its name may hold blanks and brackets; everything after it is numbers.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return ((user + system) * 1_000) / TICKS_PER_SECOND;
}

/** Bytes, of process.memoryUsage(). */
export type Memory = {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
};

/** What JavaScript holds, MiB. */
export const heldMiB = ({ heapUsed, external }: Memory): number =>
  (heapUsed + external) / 1_048_576;

const LOADED = pathToFileURL(path.join(import.meta.dirname, 'collect-on-signal.mjs')).href;

/** What a server is started with so that `memoryOf` can ask it. */
export const askable = (file: string): Record<string, string> => ({
  NODE_OPTIONS: `--import=${LOADED}`,
  MEMORY_FILE: file,
});

/** After a full collection. */
export async function memoryOf(program: Program, file: string): Promise<Memory> {
  rmSync(file, { force: true });
  program.signal('SIGUSR2');
  const said = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
  await until(() => said().endsWith('}'), { programs: [program] });
  return JSON.parse(said()) as Memory;
}
