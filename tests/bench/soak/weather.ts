/** What goes wrong on the line and at the gateway all the time, drawn from a seed. */
import type { Stack } from '../../support/stack';
import { pause } from '../machine-clock';
import type { Random } from '../random';

const EVERY_MS = 4_000;
const ON_THE_LINE = [
  { kind: 'drop', stage: 'before' },
  { kind: 'drop', stage: 'after' },
  { kind: 'delay', stage: 'after', ms: 4_000 },
  { kind: 'delay', stage: 'before', ms: 12_000 },
  { kind: 'html', stage: 'before' },
  { kind: 'truncate', stage: 'after' },
  { kind: 'wrong-signature', stage: 'after' },
  { kind: 'other-number', stage: 'after' },
] as const;
const OF_NOTICES = [
  { kind: 'notice-never' },
  { kind: 'notice-late', ms: 45_000 },
  { kind: 'notice-duplicate', count: 2 },
  { kind: 'notice-tampered' },
  { kind: 'notice-wrong-key' },
] as const;
const ENDPOINTS = ['payment', 'query', 'query', 'any'] as const;

/** Until `over`; answers how many faults were laid out. */
export async function makeWeather(
  control: Stack['control'],
  { random, over }: { readonly random: Random; readonly over: () => boolean },
): Promise<number> {
  const pick = <T>(all: readonly T[]): T => all[random.whole(0, all.length - 1)] as T;
  let laid = 0;
  while (!over()) {
    const fault = random.chance(0.6)
      ? { ...pick(ON_THE_LINE), endpoint: pick(ENDPOINTS) }
      : { ...pick(OF_NOTICES), endpoint: 'payment' };
    await control('fault', { ...fault, times: random.whole(1, 2) });
    laid += 1;
    await pause(EVERY_MS);
  }
  return laid;
}
