/** The same customers before our shop and before the naive client, each in a world of its own. */
import { createNaive } from '../naive';
import { createRandom } from '../random';
import { compareBooks } from '../virtual/books';
import { createVirtualGateway, type VirtualGateway } from '../virtual/gateway';
import { createLoop, type Loop } from '../virtual/loop';
import { createOurs } from '../virtual/ours';
import { type Client, openDoors, type Trade } from '../virtual/trade';

export type Who = 'ours' | 'naive';

/** A Saturday in November 2026, ten in the morning in Hong Kong. */
const MORNING = Date.UTC(2026, 10, 14, 2);

export type Scene = {
  readonly loop: Loop;
  readonly gateway: VirtualGateway;
  readonly client: Client;
  readonly trade: Trade;
};
export type SceneSetting = {
  readonly who: Who;
  readonly seed: number;
  readonly perMinute: number;
  /** Virtual ms during which customers come. */
  readonly lastsMs: number;
};

/** Answers what `look` saw, and what was wrong with our books when nobody was waiting any more. */
export async function playScene<T>(
  setting: SceneSetting,
  look: (scene: Scene) => Promise<T>,
): Promise<{ readonly seen: T; readonly wrong: readonly string[] }> {
  const { who, seed, perMinute, lastsMs } = setting;
  const loop = createLoop(MORNING);
  const gateway = createVirtualGateway({ loop, random: createRandom(seed, 'gateway') });
  const random = createRandom(seed, 'ours');
  const ours = who === 'ours' ? await createOurs(loop, { gateway, random }) : null;
  const client = ours ?? naive(loop, gateway);
  const started = client.start();
  const until = MORNING + lastsMs;
  const trade = openDoors({ loop, gateway, client, seed, perMinute, until });
  try {
    const seen = await look({ loop, gateway, client, trade });
    const wrong: string[] = [];
    if (ours !== null && gateway.limited() > 0) wrong.push(`${gateway.limited()} calls were 429`);
    if (ours !== null) {
      await started;
      const stopped = ours.stop();
      await loop.runUntil(loop.now() + GRACE_MS);
      await stopped;
      wrong.push(...(await compareBooks(gateway, ours.shop)).wrong);
    }
    return { seen, wrong: wrong.map((says) => `seed ${seed}, ${perMinute}/min: ${says}`) };
  } finally {
    ours?.shop.remove();
  }
}

/** Until calls under way and their turns are over. */
const GRACE_MS = 30_000;

const naive = (loop: Loop, gateway: VirtualGateway): Client => {
  const { appCode, key } = gateway.account;
  return createNaive({ send: gateway.send, appCode, key, now: loop.now, sleep: loop.sleep });
};
