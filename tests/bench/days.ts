/**
 * Three virtual days of a busy shop: twenty counters at Saturday rates, one answer in a hundred
 * lost, and an hour in which QFPay is gone. At the end every sale is right to the cent on both
 * sides, and not one call was answered 429.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Payment, type PaymentId, RANK } from '@/lib/payment';
import { createRandom } from './random';
import { compareBooks } from './virtual/books';
import { createWatch, type DayPlan, openFloor, type Tally } from './virtual/cashiers';
import { createVirtualGateway, type Fate, type VirtualGateway } from './virtual/gateway';
import { createLoop, type Loop } from './virtual/loop';
import { clockOf } from './virtual/ours';
import { openShop, type Shop } from './virtual/shop';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ANSWERS_LOST = 0.01;
/** Midnight of Saturday, 14 November 2026, in Hong Kong. */
const MIDNIGHT = Date.UTC(2026, 10, 13, 16);
const PLAN = { counters: 20, days: 3, midnight: MIDNIGHT } as const;
/** design.md: a cashier looks at the till four hundred times a day. */
export const SATURDAY_SALES = 400;
/** In the busiest hour of the second day. */
const OUTAGE_AT = MIDNIGHT + DAY + 18 * HOUR;
/** First answers are lost, then a proxy says 502, then nobody is there. */
const OUTAGE: readonly Fate[] = ['answer-lost', 'html', 'unreachable'];
/** How often it says where it is. */
const STEP = 3 * HOUR;
const MOST_OPEN = 100_000;
/** After the last evening: what is still open must settle by itself. */
const AFTERWARDS_MS = 12 * HOUR;

export type DaysSetting = {
  readonly seed: number;
  /** Of each counter and day. */
  readonly sales: number;
  readonly out: string;
  readonly say: (line: string) => void;
};

/** Answers whether everything was right. */
export async function days(setting: DaysSetting): Promise<boolean> {
  const { seed, sales, say } = setting;
  const startedAt = performance.now();
  const plan: DayPlan = { ...PLAN, salesPerCounterAndDay: sales, seed };
  const loop = createLoop(MIDNIGHT + 9 * HOUR);
  const random = createRandom(seed, 'gateway');
  const gateway = createVirtualGateway({ loop, random, weather: weatherOf(seed) });
  const times = noteTimes(loop);
  const watch = createWatch(loop);
  const shop = await openShop({
    clock: clockOf(loop),
    transport: { send: gateway.send },
    account: gateway.account,
    random: createRandom(seed, 'ours'),
    onChanged: (payment) => {
      times.changed(payment);
      watch.changed(payment);
    },
  });
  try {
    const started = shop.payments.start();
    const tally = openFloor({ loop, gateway, shop, watch }, plan);
    for (let end = loop.now() + STEP; end <= MIDNIGHT + plan.days * DAY; end += STEP) {
      await loop.runUntil(end);
      const day = new Date(end + 8 * HOUR).toISOString().slice(5, 16).replace('T', ' ');
      const { length: open } = await shop.world.store.read.open(MOST_OPEN);
      const calls = `${gateway.calls()} calls, ${open} open`;
      say(`  ${day}: ${tally.customers} customers, ${calls}, ${seconds(startedAt)} s`);
    }
    await loop.runUntil(loop.now() + AFTERWARDS_MS);
    await started;
    const stopped = shop.payments.stop();
    await loop.runUntil(loop.now() + 60_000);
    await stopped;
    const found = await look({ gateway, shop, tally });
    return tell(setting, { ...found, ...times.longest(gateway), tally, startedAt });
  } finally {
    shop.remove();
  }
}

function weatherOf(seed: number): (now: number) => Fate {
  const random = createRandom(seed, 'weather');
  return (now) => {
    const since = now - OUTAGE_AT;
    if (since >= 0 && since < HOUR) {
      return OUTAGE[Math.floor((since * OUTAGE.length) / HOUR)] ?? 'silent';
    }
    return random.chance(ANSWERS_LOST) ? 'answer-lost' : 'arrives';
  };
}

/** How long anything took to be settled, in virtual time. */
function noteTimes(loop: Loop) {
  const born = new Map<PaymentId, number>();
  const decided = new Map<PaymentId, number>();
  return {
    changed({ id, state }: Payment): void {
      if (!born.has(id)) born.set(id, loop.now());
      if (RANK[state] >= 3 && !decided.has(id)) decided.set(id, loop.now());
    },
    longest(gateway: VirtualGateway) {
      const open = [...born].map(([id, at]) => (decided.get(id) ?? loop.now()) - at);
      const paid = gateway.model.world.orders.flatMap(({ number, paidAt }) => {
        const told = decided.get(number as PaymentId);
        return paidAt === null || told === undefined ? [] : [told - paidAt];
      });
      return { longestOpenMs: longestOf(open), longestUnseenMs: longestOf(paid) };
    },
  };
}

const longestOf = (times: readonly number[]): number =>
  times.reduce((most, ms) => Math.max(most, ms), 0);

type End = { readonly gateway: VirtualGateway; readonly shop: Shop; readonly tally: Tally };

async function look({ gateway, shop, tally }: End) {
  const { wrong, open } = await compareBooks(gateway, shop);
  const { orders, refunds } = gateway.model.world;
  const paid = orders.filter(({ paidAt }) => paidAt !== null);
  const paidNumbers = new Set(paid.map(({ number }) => number));
  const twice = [...tally.tries.values()].filter(
    (numbers) => numbers.filter((number) => paidNumbers.has(number)).length > 1,
  );
  const audit = await shop.opened.verifyAudit();
  const alerts = countBy(shop.alerts.map(({ kind, says }) => `${kind}: ${plain(says)}`));
  return {
    wrong: [
      ...wrong,
      ...twice.map((numbers) => `${numbers.join(' and ')} charged one sale twice`),
      ...(open > 0 ? [`${open} payments are still open`] : []),
      ...(audit.ok ? [] : ['the audit chain is broken']),
      ...(shop.opened.integrity() === 'ok' ? [] : ['the database is damaged']),
    ],
    sales: tally.tries.size,
    paid: paid.length,
    refunded: refunds.filter(({ state }) => state === 'done').length,
    calls: gateway.calls(),
    kinds: gateway.counts(),
    limited: gateway.limited(),
    alerts,
  };
}

const plain = (says: string): string => says.replace(/\d+/g, 'N');

function countBy(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

type Found = Awaited<ReturnType<typeof look>> & {
  readonly longestOpenMs: number;
  readonly longestUnseenMs: number;
  readonly tally: Tally;
  readonly startedAt: number;
};

function tell({ seed, sales, out, say }: DaysSetting, found: Found): boolean {
  const { tally, wrong, limited } = found;
  const minutes = (ms: number) => `${(ms / 60_000).toFixed(1)} min`;
  const lines: readonly (readonly [string, string | number])[] = [
    ['counters, sales per counter and day', `${PLAN.counters} × ${sales}`],
    ['virtual days, then quiet', `${PLAN.days}, ${AFTERWARDS_MS / HOUR} h`],
    ['customers', tally.customers],
    ['sales begun', found.sales],
    ['payments', [...tally.tries.values()].reduce((sum, { length }) => sum + length, 0)],
    ['paid', found.paid],
    ['customers who left without paying', tally.unsold],
    ['refunds made, refused, done at the gateway', refundsOf(found)],
    ['calls, per paid sale', `${found.calls}, ${(found.calls / found.paid).toFixed(2)}`],
    ['calls by kind', JSON.stringify(found.kinds)],
    ['longest unresolved payment', minutes(found.longestOpenMs)],
    ['longest from money to green', minutes(found.longestUnseenMs)],
    ['alerts', JSON.stringify(found.alerts)],
    ['sales wrong at the end', wrong.length],
    ['calls answered 429', limited],
    ['real time', `${seconds(found.startedAt)} s`],
  ];
  const table = lines.map(([name, value]) => `| ${name} | ${value} |`);
  const head = `# Three busy days, seed ${seed}\n\n| What | Figure |\n|---|---|\n`;
  const text = `${head}${[...table, '', ...wrong.slice(0, 20)].join('\n')}\n`;
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, 'days.md'), text);
  const { startedAt: _, tally: __, ...kept } = found;
  writeFileSync(path.join(out, 'days.json'), `${JSON.stringify({ seed, ...kept }, null, 2)}\n`);
  say(`\n${text}`);
  return wrong.length === 0 && limited === 0;
}

const refundsOf = ({ tally, refunded }: Found): string =>
  `${tally.refunds}, ${tally.refundsRefused}, ${refunded}`;

const seconds = (since: number): string => ((performance.now() - since) / 1_000).toFixed(0);
