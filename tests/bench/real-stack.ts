/** The built app, the simulator and a browser as three programs; the gateway is not next door. */
import { type Browser, chromium } from 'playwright';
import { findBrowser } from '@/server/commands/browser.mjs';
import { buildIfChanged } from '@/server/commands/build.mjs';
import { makeSpecClient, type SpecClient } from '../support/spec-client';
import { type Stack, type StackOptions, startStack } from '../support/stack';
import { median } from './statistics';

/** Loopback answers in under a millisecond; no gateway does. */
export const ROUND_TRIP_MS = 100;

export async function startBuiltStack(
  say: (line: string) => void,
  options: StackOptions = {},
): Promise<Stack> {
  await buildIfChanged({ say });
  return startStack(options);
}

/** Moves the gateway to its distance, until the next reset. */
export async function moveAway(stack: Stack): Promise<void> {
  for (const stage of ['before', 'after']) {
    const ms = ROUND_TRIP_MS / 2;
    await stack.control('fault', { kind: 'delay', endpoint: 'any', stage, ms, times: 0 });
  }
}

/** A client that shares nothing with ours, for yardsticks. */
export const outsider = ({ simulator: { url, appCode, key } }: Stack): SpecClient =>
  makeSpecClient({ url, appCode, key });

/** What one question takes just now, ms. */
export async function roundTrip(client: SpecClient): Promise<number> {
  const took: number[] = [];
  for (let time = 0; time < 5; time += 1) {
    const startAt = performance.now();
    const { status } = await client.query({ out_trade_no: 'NOBODY' });
    if (status !== 200) throw new Error(`the gateway answered a question with ${status}`);
    took.push(performance.now() - startAt);
  }
  return median(took);
}

/** `more`: what else the browser is started with, such as a film for its camera. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = await findBrowser();
  if (executablePath === null) throw new RangeError('no browser: set CHROMIUM_PATH to one');
  // Chromium refuses its sandbox to root, which is who runs this in a container.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...args, ...more] });
}
