/**
 * Loaded into a server ahead of everything else: a machine whose clock is wrong, jumps, or runs
 * fast. ODD_CLOCK is a JSON file with `offset` (ms), `rate` and `epoch` (real ms from which the
 * rate counts, the same for every server of a shop); a SIGUSR2 reads it again, which is a jump, and
 * writes the offset that now holds into a file beside it.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const realNow = Date.now;
const realPerformance = performance.now.bind(performance);
const RealDate = Date;
const read = () => JSON.parse(readFileSync(process.env.ODD_CLOCK ?? '', 'utf8'));

let { offset, rate, epoch } = read();
process.on('SIGUSR2', () => {
  ({ offset } = read());
  writeFileSync(`${process.env.ODD_CLOCK}.heard`, String(offset));
});

const now = () => Math.round(epoch + (realNow() - epoch) * rate + offset);

// A proxy and no class of its own: what was made elsewhere stays an instance of Date.
globalThis.Date = new Proxy(RealDate, {
  construct: (target, given) => Reflect.construct(target, given.length === 0 ? [now()] : given),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

if (rate !== 1) {
  performance.now = () => realPerformance() * rate;
  for (const name of ['setTimeout', 'setInterval']) {
    const real = globalThis[name];
    globalThis[name] = Object.assign(
      (work, ms = 0, ...rest) => real(work, ms / rate, ...rest),
      real,
    );
  }
}
