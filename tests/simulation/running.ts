/** Runs worlds in several processes at once and gathers what they say. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type Built, buildWorlds } from './build';
import type { PlantedBug } from './planted';
import { SOMETIMES } from './report';
import type { Line } from './worker';

/** Nothing of a world outlives it: most of it is gone before a larger nursery is full. */
const HEAP = '--max-semi-space-size=64';

export type Share = {
  readonly first: number;
  readonly seeds: number;
  readonly workers: number;
  /** Ends everything at the first world that breaks a promise. */
  readonly untilBad?: boolean;
  readonly trace?: boolean;
  readonly onLine?: (line: Line) => void;
};
export type Sum = {
  readonly worlds: number;
  readonly bad: readonly Line[];
  readonly sometimes: ReadonlyMap<string, number>;
  readonly cpuMs: number;
  readonly events: number;
  readonly calls: number;
  readonly virtualMs: number;
};

export async function runShare(built: Built, share: Share): Promise<Sum> {
  const lines: Line[] = [];
  /** The lowest seed that broke a promise: whoever is past it may go. */
  let lowest = Number.POSITIVE_INFINITY;
  const workers = Math.max(1, Math.min(share.workers, share.seeds));
  const children = Array.from({ length: workers }, (_, n) => {
    const count = Math.ceil((share.seeds - n) / workers);
    const flags = [share.untilBad ? '--until-bad' : '', share.trace ? '--trace' : ''];
    const given = [share.first + n, workers, count].map(String);
    const args = [HEAP, built.file, ...given, ...flags.filter(Boolean)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    return child;
  });
  const ends = children.map(async (child) => {
    const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
    for await (const text of createInterface({ input: child.stdout })) {
      const line: Line = JSON.parse(text);
      lines.push(line);
      share.onLine?.(line);
      if (line.violations.length > 0) lowest = Math.min(lowest, line.seed);
      if (share.untilBad && line.seed > lowest) child.kill();
    }
    const code = await closed;
    const ended = code === 0 || lines.some((line) => line.violations.length > 0);
    if (!ended) throw new Error(`a worker of the simulation ended with ${code}`);
  });
  await Promise.all(ends);
  return sumOf(lines);
}

function sumOf(lines: readonly Line[]): Sum {
  const total = (of: (line: Line) => number) => lines.reduce((sum, line) => sum + of(line), 0);
  const times = (what: string) => total((line) => line.sometimes[what] ?? 0);
  return {
    worlds: lines.length,
    bad: lines.filter((line) => line.violations.length > 0).sort((a, b) => a.seed - b.seed),
    sometimes: new Map(SOMETIMES.map((what) => [what, times(what)])),
    cpuMs: total((line) => line.cpuMs),
    events: total((line) => line.events),
    calls: total((line) => line.calls),
    virtualMs: total((line) => line.virtualMs),
  };
}

export type Kill = {
  readonly name: string;
  /** Null: it survived. */
  readonly seeds: number | null;
  readonly by: string | null;
};

/**
 * Worlds with one bug until one of them notices. A world that breaks a promise without the bug as
 * well proves nothing and is passed over.
 */
export async function huntBug(bug: PlantedBug, given: Hunt): Promise<Kill> {
  const built = await buildWorlds(bug);
  const { most, workers, sound } = given;
  try {
    for (let first = 1; first <= most; ) {
      const share = { first, seeds: most - first + 1, workers, untilBad: true };
      const [found] = (await runShare(built, share)).bad;
      if (found === undefined) break;
      const without = await runShare(sound, { first: found.seed, seeds: 1, workers: 1 });
      const by = found.violations[0]?.invariant ?? null;
      if (without.bad.length === 0) return { name: bug.name, seeds: found.seed, by };
      first = found.seed + 1;
    }
    return { name: bug.name, seeds: null, by: null };
  } finally {
    await built.forget();
  }
}

export type Hunt = {
  readonly most: number;
  readonly workers: number;
  /** The worlds without a bug. */
  readonly sound: Built;
};
