/**
 * A program for P15: the rooms of one server, which sells as fast as it can when it is told to go.
 * `tsx seller.ts PLACE NAME MS`; the place is a file of SQLite or the address of a PostgreSQL.
 */
import { once } from 'node:events';
import { openPostgres, openStore } from '@/server/store';
import { MACHINE_CLOCK } from './machine-clock';
import { createRandom } from './random';
import { createVirtualGateway } from './virtual/gateway';
import { createLoop } from './virtual/loop';
import { FREE, sellFor } from './virtual/scans';
import { openShop } from './virtual/shop';

const [place = '', name = '', ms = ''] = process.argv.slice(2);
const WARM_UP_MS = 1_000;

async function openAt(where: string) {
  if (!where.startsWith('postgres:')) return openStore({ file: where });
  const opened = await openPostgres({ url: where, name: 'bench' });
  return { ...opened, integrity: () => 'ok', close: () => void opened.close() };
}

// A gateway of its own that takes no time and turns nobody away.
const loop = { ...createLoop(0), now: Date.now, sleep: async () => {} };
const random = createRandom(name.length, name);
const gateway = createVirtualGateway({ loop, random, settings: { rateLimits: false } });
const shop = await openShop({
  opened: await openAt(place),
  clock: MACHINE_CLOCK,
  transport: { send: gateway.send },
  account: gateway.account,
  random,
  budget: FREE,
});
const wrong: string[] = [];
const before = await sellFor(WARM_UP_MS, shop, { at: `${name}-first`, wrong });
console.log('READY');
await once(process.stdin, 'data');
const { sold, perSecond } = await sellFor(Number(ms), shop, { at: name, wrong });
console.log(`SOLD ${JSON.stringify({ sold: before.sold + sold, perSecond, wrong })}`);
process.exit(0);
