/** The clock of a shop in which time is wrong, jumps or runs fast (odd-clock.mjs). */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Program, until } from './processes';

/** Ms from now to a time of today's day in Hong Kong, which has no summer time. */
export function untilHongKong(at: string): number {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  return Date.parse(`${today}T${at}+08:00`) - Date.now();
}

/**
 * `rate` seconds pass in the shop while one passes outside; `away` is how far all clocks of the
 * shop are from the world's, ms. Its files lie in `folder`.
 */
export function oddClock(folder: string, rate: number, away: number) {
  const file = path.join(folder, 'clock.json');
  const heard = `${file}.heard`;
  const epoch = Date.now();
  const put = (wrong: number) =>
    writeFileSync(file, JSON.stringify({ offset: away + wrong, rate, epoch }));
  put(0);
  const program = pathToFileURL(path.join(import.meta.dirname, 'odd-clock.mjs')).href;
  return {
    env: { NODE_OPTIONS: `--import=${program}`, ODD_CLOCK: file },
    now: () => Math.round(epoch + (Date.now() - epoch) * rate) + away,
    /** How wrong the till's clock is from its next start on, ms. */
    put,
    /** The same at once, in a server that runs; answers when it has happened. */
    jump: async (wrong: number, { signal }: Pick<Program, 'signal'>): Promise<void> => {
      put(wrong);
      rmSync(heard, { force: true });
      signal('SIGUSR2');
      await until(() => existsSync(heard) && readFileSync(heard, 'utf8') === `${away + wrong}`);
    },
  };
}
