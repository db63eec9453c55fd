/**
 * Runs worlds in a process of its own and says each one's outcome in one line of JSON. Started with
 * the first seed, the step from one to the next and their number; `--trace` adds the history.
 */
import { forget, makeTemplate } from './files';
import { runWorld } from './world';

export type Line = {
  readonly seed: number;
  readonly hash: string;
  readonly violations: readonly { invariant: string; number: string | null; says: string }[];
  readonly sometimes: Readonly<Record<string, number>>;
  readonly events: number;
  readonly calls: number;
  readonly virtualMs: number;
  readonly cpuMs: number;
  /** The last events before a violation; all of them with `--trace`. */
  readonly history: readonly string[];
};

const LAST_EVENTS = 40;

async function main(): Promise<void> {
  const [first = 1, step = 1, count = 1] = process.argv.slice(2).map(Number);
  const whole = process.argv.includes('--trace');
  const untilBad = process.argv.includes('--until-bad');
  const template = await makeTemplate();
  let current = first;
  process.on('unhandledRejection', (fault) => {
    process.stderr.write(`seed ${current}: nobody heard ${fault}\n`);
    process.exit(3);
  });
  for (let done = 0; done < count; done += 1) {
    const seed = first + done * step;
    current = seed;
    const before = process.cpuUsage();
    const out = await runWorld(seed, template);
    const used = process.cpuUsage(before);
    const bad = out.violations.length > 0;
    const line: Line = {
      ...out,
      sometimes: Object.fromEntries(out.sometimes),
      cpuMs: (used.user + used.system) / 1_000,
      history: whole ? out.history : bad ? out.history.slice(-LAST_EVENTS) : [],
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    if (bad && untilBad) break;
  }
  forget(template);
}

await main();
