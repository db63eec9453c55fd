/** What a world does to the shop's machines must be what can happen to machines. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeBank } from './bank';
import { overhearEngine } from './engine';
import { forget, makeFiles, makeTemplate, type Template } from './files';
import { makeLoop } from './loop';
import { makeNetwork } from './network';
import { makeStream, type Stream } from './random';
import { openShop, type Shop } from './shop';
import { makeSwarm, type Swarm } from './swarm';

const SECOND = 1_000;

let template: Template;
beforeAll(async () => {
  template = await makeTemplate();
});
afterAll(() => forget(template));

/** Two servers on one file and nobody to serve; `downFor` says how long each crash lasts. */
async function twoServers(downFor: readonly number[], live: (room: Room) => void) {
  const calm = makeSwarm(makeStream(1, 'swarm'));
  const plan: Swarm = { ...calm, servers: 2, crash: 0, restarts: 0, powerLoss: false };
  const loop = makeLoop(plan.startAt);
  const files = makeFiles(template, 1);
  const overheard = await overhearEngine();
  const bank = makeBank(loop, { seed: 1, swarm: plan });
  const draw = makeStream(1, 'any');
  const swarm = () => plan;
  const ears = { onSend: () => {}, onArrive: () => {}, onAnswered: () => {}, onHeard: () => {} };
  const said: string[] = [];
  const waits = [...downFor];
  const crash: Stream = { ...draw, chance: () => false, span: () => waits.shift() ?? SECOND };
  const shop = await openShop({
    ...{ loop, files, swarm, engine: overheard.engine },
    network: makeNetwork({ loop, bank, swarm, draw, ears }),
    draw: { crash, ids: draw, budget: draw },
    ears: {
      ...{ onCommit: () => {}, onTransaction: () => {}, onStale: () => {}, onCrash: () => {} },
      ...{ onRestore: () => {}, onRecovered: () => {}, onPowerLoss: () => {} },
      onAlert: (_life, alert) => said.push(alert.says),
      onRequestFault: (says) => said.push(says),
    },
  });
  const epochs: number[] = [];
  shop.eachStart(() => epochs.push(shop.witness().lease()?.epoch ?? 0));
  const at = (seconds: number, act: () => void) =>
    loop.at(plan.startAt + seconds * SECOND, () => act() as undefined);
  loop.at(plan.startAt, async () => {
    for (const name of shop.names()) await shop.start(name);
  });
  live({ shop, at, startAt: plan.startAt });
  try {
    const end = plan.startAt + 120 * SECOND;
    await loop.run(
      end,
      () => false,
      () => {},
    );
    return { epochs, said };
  } finally {
    await shop.end();
    overheard.end();
    files.end();
  }
}
type Room = {
  readonly shop: Shop;
  readonly startAt: number;
  readonly at: (seconds: number, act: () => void) => void;
};

describe('the machines of a simulated shop', () => {
  // Seed 1035 called commits lost that another server had made since: the copy was an old one.
  test('bring nothing back that is older than what another server has written since', async () => {
    const downFor = [15 * SECOND, 60 * SECOND, 30 * SECOND];
    const { epochs, said } = await twoServers(downFor, ({ shop, at }) => {
      at(5, () => shop.crash('B', 'five'));
      at(10, () => shop.crash('A', 'ten'));
      at(40, () => shop.crash('B', 'forty'));
    });
    expect(epochs).toHaveLength(5);
    const [, , backAlone, backOnTheSame] = epochs;
    expect(backOnTheSame).toBeGreaterThan(backAlone ?? 0);
    expect(said).toEqual([]);
  });

  // Seed 10716: the file was changed under servers that the morning had started meanwhile.
  test.each([
    ['before the morning', 5],
    ['after it', 40],
  ])('work on no file that was taken away: a restore in the night ends %s', async (_, lasts) => {
    const { epochs, said } = await twoServers([], ({ shop, at, startAt }) => {
      at(5, () => shop.takeBackup());
      at(10, () => shop.sleepUntil(startAt + 60 * SECOND));
      at(50, () => shop.restore(lasts * SECOND));
    });
    expect(said).toEqual([]);
    expect(epochs).toHaveLength(4);
  });
});
