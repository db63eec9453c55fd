/**
 * One world: a shop, a gateway, a network, customers and misfortune, all out of one seed. The same
 * seed makes the same world to the last event; what it broke is said with the number to replay it.
 */
import type { SqliteEngine } from '@/server/store/open';
import { type Bank, makeBank, type Notice } from './bank';
import { makeBooks } from './books';
import { type Floor, workAt } from './cashiers';
import { astray, closeBooks, isForgotten, unrest } from './closing';
import { makeCustomers } from './customers';
import { makePostman } from './door';
import { overhearEngine } from './engine';
import { hearFeed } from './feed';
import { makeFiles, type Template } from './files';
import { drained, type Loop, makeLoop } from './loop';
import { makeNetwork, type Network } from './network';
import { throttled, waitForMorning } from './night';
import { makeOffice } from './office';
import { makeStream } from './random';
import { makeReport, type Report, type Sometimes, type Violation } from './report';
import { asked } from './server';
import { openShop, type Shop, type ShopEars } from './shop';
import { FAULTY_MS, healed, makeSwarm, type Swarm } from './swarm';
import { makeTimers } from './timers';
import { makeToll } from './toll';
import type { Sent } from './wire';

export type Outcome = {
  readonly seed: number;
  readonly hash: string;
  readonly violations: readonly Violation[];
  readonly sometimes: ReadonlyMap<Sometimes, number>;
  readonly events: number;
  readonly calls: number;
  readonly virtualMs: number;
  readonly history: readonly string[];
};

const MINUTE = 60_000;
const CLOSES_AFTER_MS = 11 * MINUTE;
/** After the faults have ended: what the longest ladder needs. */
const HEALING_MS = 45 * MINUTE;
/** Until the next close of the day, which shows what nobody here has heard of. */
const SWEEPING_MS = 28 * 60 * MINUTE;

export async function runWorld(seed: number, template: Template): Promise<Outcome> {
  const plan = makeSwarm(makeStream(seed, 'swarm'));
  const loop = makeLoop(plan.startAt);
  const report = makeReport(() => loop.stop());
  const files = makeFiles(template, seed);
  const overheard = await overhearEngine();
  const world = await assemble({ seed, plan, loop, report, files, engine: overheard.engine });
  try {
    await live(world);
  } finally {
    await world.shop.end();
    overheard.end();
    files.end();
  }
  return {
    seed,
    hash: loop.hash(),
    violations: report.violations,
    sometimes: report.counts,
    events: loop.events(),
    calls: Object.values(world.bank.gateway.calls.counts()).reduce((sum, one) => sum + one, 0),
    virtualMs: loop.now() - plan.startAt,
    history: loop.history(),
  };
}

type Parts = {
  readonly seed: number;
  readonly plan: Swarm;
  readonly loop: Loop;
  readonly report: Report;
  readonly files: ReturnType<typeof makeFiles>;
  readonly engine: SqliteEngine;
};
type World = Parts & {
  readonly hidesUnpaid: boolean;
  readonly bank: Bank;
  readonly network: Network;
  readonly shop: Shop;
  readonly floor: Floor;
  readonly books: ReturnType<typeof makeBooks>;
  readonly customers: ReturnType<typeof makeCustomers>;
  readonly office: ReturnType<typeof makeOffice>;
  readonly feed: ReturnType<typeof hearFeed>;
  readonly now: { swarm: Swarm; transactions: number };
  /** When a notification of a number was accepted. */
  readonly heard: Map<string, number>;
};

async function assemble(parts: Parts): Promise<World> {
  const { seed, plan, loop, report, files, engine } = parts;
  const draw = (name: string) => makeStream(seed, name);
  const now = { swarm: plan, transactions: 0 };
  const swarm = () => now.swarm;
  const bank = makeBank(loop, { seed, swarm: plan });
  const witness = () => shop.witness();
  const toll = makeToll({
    loop,
    bank,
    witness,
    swarm,
    report,
    skewOf: (name) => shop.skewOf(name),
  });
  const network: Network = makeNetwork({
    ...{ loop, bank, swarm },
    draw: draw('network'),
    ears: {
      ...toll,
      onSend: (life, sent) => {
        toll.onSend(life, sent);
        books.onSend(life, sent, asked.getStore() === true);
        customers.onCloseSent(stoppedBy(bank, sent));
      },
      onHeard: (life, sent, fully) => books.onHeard(life, sent, fully),
    },
  });
  const books = makeBooks({ loop, bank, network: () => network, witness, report });
  const shop: Shop = await openShop({
    ...{ loop, network, files, swarm, engine },
    draw: { crash: draw('crash'), ids: draw('ids'), budget: draw('budget') },
    ears: shopEars({ loop, report, books, now, names: () => shop.names().length, toll }),
  });
  const customers = makeCustomers({ loop, bank, books, swarm: plan, draw: draw('customers') });
  const onPaid: Floor['onPaid'] = (payment) => office.onPaid(payment);
  const closesAt = plan.startAt + CLOSES_AFTER_MS;
  const people = { swarm: plan, draw: draw('cashiers'), closesAt, onPaid };
  const floor: Floor = { ...{ loop, bank, books, shop, report }, ...people };
  const office = makeOffice(floor, draw);
  const heard = new Map<string, number>();
  const onDelivered = hearer(loop, heard, office.onDelivered);
  bank.setPostman(makePostman({ shop, swarm, draw: draw('post'), loop, onDelivered }));
  makeTimers({ loop, bank, shop, report, swarm: plan });
  const feed = hearFeed({ shop, report });
  return {
    ...parts,
    hidesUnpaid: plan.hidesUnpaid,
    bank,
    network,
    shop,
    floor,
    books,
    customers,
    office,
    feed,
    now,
    heard,
  };
}

const hearer =
  (loop: Loop, heard: Map<string, number>, tell: (notice: Notice) => void) =>
  (notice: Notice): void => {
    heard.set(notice.number, loop.now());
    tell(notice);
  };

/** The number that a call wants to stop; null when it wants something else. */
function stoppedBy(bank: Bank, { endpoint, about, number }: Sent): string | null {
  if (endpoint !== 'close' && endpoint !== 'reversal') return null;
  const order = about === null ? undefined : bank.model.world.bySyssn.get(about);
  return order?.number ?? number;
}

type Hearing = Pick<World, 'loop' | 'report' | 'books' | 'now'> & {
  readonly names: () => number;
  readonly toll: ReturnType<typeof makeToll>;
};

const shopEars = ({ loop, report, books, now, names, toll }: Hearing): ShopEars => ({
  onCommit: (life, asked) => books.onCommit(life, { asked, servers: names() }),
  onTransaction: (open) => {
    now.transactions += open;
  },
  onStale: () => report.sometimes('stale epoch rejected'),
  onAlert: (life, alert) => {
    loop.tell(life.name, `alert ${alert.kind} ${alert.paymentId ?? ''} ${alert.says}`);
    // Told by a notification, or by the answer to a person's own question.
    const told = alert.says.startsWith('notified of unknown') || alert.says === 'reversed-outside';
    if (told) books.onUnknown(life);
    if (alert.kind === 'stuck') report.violated('FAULT', alert.paymentId, alert.says);
  },
  onRecovered: books.onRecovered,
  onRestore: () => {
    books.startAnew();
    toll.startAnew();
  },
  onRequestFault: (says) => report.violated('FAULT', null, says),
  onPowerLoss: () => report.sometimes('power lost'),
  onCrash: (point) => {
    const claimed = point.endsWith('-claimed');
    report.sometimes(claimed ? 'crash between claim and send' : 'crash between send and answer');
  },
});

async function live(world: World): Promise<void> {
  const { loop, plan, shop, floor, office, report, now, books } = world;
  for (const name of shop.names()) shop.setSkew(name, skewAtStart(world, name));
  loop.at(plan.startAt, async () => {
    for (const name of shop.names()) await shop.start(name);
  });
  let working = plan.tablets;
  for (let counter = 1; counter <= plan.tablets; counter += 1) {
    const tablet = {
      ...floor,
      draw: makeStream(world.seed, `t${counter}`),
      counter: `${counter}`,
      serial: 0,
    };
    workAt(tablet).then(
      () => {
        working -= 1;
      },
      (fault: unknown) => report.violated('FAULT', null, String(fault)),
    );
  }
  office.operate();
  office.attack();
  const healsAt = plan.startAt + FAULTY_MS;
  loop.at(healsAt, () => heal(world) as undefined);
  // Where nobody works any more and nothing is open, no fault can hurt.
  const resting = () => working === 0 && world.customers.planned() === 0 && unrest(world) === null;
  const after = (): void => {
    if (now.transactions !== 0) report.violated('I8', null, 'a transaction waits for the network');
  };
  await loop.run(healsAt + HEALING_MS, throttled(loop, resting), after);
  const found = throttled(loop, () => !isForgotten(world));
  await loop.run(loop.now() + SWEEPING_MS, found, after);
  if (report.violations.length > 0) return;
  for (let night = 0; night < 4 && books.open.size > 0; night += 1) {
    if (report.violations.length > 0 || astray(world) !== null) break;
    await waitForMorning(world, { after, whole: night > 0 });
  }
  if (report.violations.length > 0) return;
  const unheard = new Set(
    world.bank.model.world.refunds.map((one) => one.number).filter((one) => !world.heard.has(one)),
  );
  await drained();
  world.feed.close();
  await closeBooks(world, unheard);
}

function skewAtStart({ plan, seed }: World, name: string): number {
  if (plan.servers === 1) return plan.skewMs;
  return makeStream(seed, `skew ${name}`).int(-1_000, 1_000);
}

/** The faults end, and the gateway keeps to its word; nobody is brought back or forgiven. */
function heal({ loop, now, bank, plan }: World): void {
  loop.tell('world', 'heals');
  now.swarm = healed(plan);
  const { settings } = bank.model.world;
  const works = { reversal: {}, close: {}, cancelMinAgeMs: {}, visibilityDelayMs: 0 };
  bank.model.setSettings({ ...settings, ...works, latePayment: false, balance: 'unlimited' });
}
