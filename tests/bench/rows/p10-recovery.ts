/**
 * P10 (L12): the built server is killed with 300 open payments; all of them are decided while it is
 * dead. How long after the first question of the next process does it know all, measured in the
 * time that the gateway needs to show those 300?
 */
import { rmSync } from 'node:fs';
import { createHttpTransport } from '@/server/qfpay/transport';
import { makeAccount } from '@/server/simulator/accounts';
import { type SqliteDatabase, sqliteEngine } from '@/server/store/open';
import type { SpecClient } from '../../support/spec-client';
import type { Stack } from '../../support/stack';
import { hongKong } from '../hong-kong';
import { MACHINE_CLOCK, pause } from '../machine-clock';
import { createRandom } from '../random';
import { moveAway, outsider, ROUND_TRIP_MS, startBuiltStack } from '../real-stack';
import { eachPair, type Row } from '../row';
import { folderOnDisk } from '../scratch';
import { showQr } from '../virtual/ours';
import { FREE } from '../virtual/scans';
import { openShop } from '../virtual/shop';
import { limitedCalls } from './screen';

const OPEN = 300;
const PAGE_SIZE = 100;
/** 12 % of the QRs expire, as their customers walked away. */
const EXPIRES_EVERY = 8;
const AT_ONCE = 10;
const LONGEST_MS = 60_000;

export const recovery: Row = {
  id: 'P10',
  what: `kill -9 with ${OPEN} open payments → all decided (L12)`,
  yardstick: `the time the gateway needs to answer ${Math.ceil(OPEN / PAGE_SIZE)} window pages`,
  run: async (setting) => {
    const stack = await startBuiltStack(setting.say);
    const wrong: string[] = [];
    try {
      await stack.kill9App();
      const found = await eachPair(setting, async (pair) => {
        const one = await recover(stack, pair, wrong);
        setting.say(
          `  decided after ${one.decided.toFixed(0)} ms, pages take ${one.pages.toFixed(0)} ms, ` +
            `start-up ${one.startUp.toFixed(0)} ms`,
        );
        return one;
      });
      const pairs = found.map(({ decided, pages }) => ({ ours: decided, yardstick: pages }));
      const startUps = found.map(({ startUp }) => startUp.toFixed(0)).join(', ');
      const measure = {
        what: 'time to all decided ÷ time for the pages',
        formula: 'from the first question of the new process to the last commit that decides',
        values: pairs.map(({ ours, yardstick }) => ours / yardstick),
        marks: { better: 'lower', goal: 3, beyond: 1.5 },
        pairs,
        unit: 'ms',
      } as const;
      const notes = [
        `the built server, killed with SIGKILL; ${OPEN} QRs, while it is dead one in ` +
          `${EXPIRES_EVERY} expires and the others are paid; the gateway answers after ` +
          `${ROUND_TRIP_MS} ms and sends no notifications`,
        `from the start of the process to its first question: ${startUps} ms (not counted above)`,
      ];
      return { measures: [measure], notes, wrong };
    } finally {
      await stack.stop();
    }
  },
};

async function recover(stack: Stack, pair: number, wrong: string[]) {
  const folder = folderOnDisk('recovery');
  const file = `${folder}/countertop.db`;
  try {
    await stack.control('reset', {});
    await stack.control('config', { notifyMpm: false, rateLimits: false });
    const numbers = await openPayments(stack, { file, pair });
    await moveAway(stack);
    await stack.restartApp({ DATABASE_URL: `file:${file}` });
    const open = await counterOf(file);
    if (open.count() !== OPEN) wrong.push(`pair ${pair}: ${open.count()} were open, not ${OPEN}`);
    await stack.kill9App();
    await decideAll(stack, numbers);
    const startAt = Date.now();
    const decidedAt = whenNone(open);
    await stack.restartApp({ DATABASE_URL: `file:${file}` });
    const end = await decidedAt;
    if (end === null) wrong.push(`pair ${pair}: ${open.count()} undecided after ${LONGEST_MS} ms`);
    const asked = await firstQuestionAfter(stack, startAt);
    const pages = await timePages(outsider(stack));
    await stack.kill9App();
    open.close();
    wrong.push(...(await differences(stack, file)), ...(await limitedCalls(stack)));
    return { decided: (end ?? Date.now()) - asked, startUp: asked - startAt, pages };
  } finally {
    await stack.kill9App();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Shows the QRs by the rooms of the server, faster than its allowance would let it. */
async function openPayments(
  { simulator }: Stack,
  { file, pair }: { readonly file: string; readonly pair: number },
): Promise<readonly string[]> {
  const transport = createHttpTransport({ baseUrl: simulator.url });
  const shop = await openShop({
    file,
    transport,
    clock: MACHINE_CLOCK,
    account: makeAccount({ appCode: simulator.appCode, key: simulator.key }),
    random: createRandom(pair, 'recovery'),
    budget: FREE,
  });
  const numbers: string[] = [];
  const counter = async (): Promise<void> => {
    while (numbers.length < OPEN) {
      const place = numbers.push('') - 1;
      const result = await shop.payments.charge(showQr(`open-${place}`, 1_000 + place));
      if (!('payment' in result)) throw new Error(`refused: ${result.refused}`);
      numbers[place] = result.payment.id;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, counter));
  shop.close();
  transport.close();
  return numbers;
}

async function decideAll(stack: Stack, numbers: readonly string[]): Promise<void> {
  for (const [place, number] of numbers.entries()) {
    await stack.control(place % EXPIRES_EVERY === 0 ? 'expire' : 'pay', { number });
  }
}

type OpenCounter = { count(): number; close(): void };

/** Looks into the file beside the server, without asking it. */
async function counterOf(file: string): Promise<OpenCounter> {
  const { DatabaseSync } = await sqliteEngine();
  const database: SqliteDatabase = new DatabaseSync(file, { readOnly: true });
  database.exec('pragma busy_timeout = 5000');
  const open = database.prepare('select count(*) as open from payment where rank < 3');
  return {
    count: () => (open.all()[0] as { readonly open: number }).open,
    close: () => database.close(),
  };
}

/** When nothing was open any more, ms UTC; null when that did not happen in time. */
async function whenNone(open: OpenCounter): Promise<number | null> {
  const giveUpAt = Date.now() + LONGEST_MS;
  while (Date.now() < giveUpAt) {
    if (open.count() === 0) return Date.now();
    await pause(5);
  }
  return null;
}

type State = {
  readonly orders: readonly { readonly number: string; readonly paidAt: number | null }[];
  readonly calls: {
    readonly log: readonly { readonly endpoint: string; readonly at: number }[];
  };
};
const stateOf = async (stack: Stack): Promise<State> => (await stack.control('state')) as State;

async function firstQuestionAfter(stack: Stack, startAt: number): Promise<number> {
  const { calls } = await stateOf(stack);
  const asked = calls.log.filter(({ endpoint, at }) => endpoint === 'query' && at >= startAt);
  return Math.min(...asked.map(({ at }) => at));
}

/** The yardstick: somebody else reads the same window, page after page. */
async function timePages(client: SpecClient): Promise<number> {
  const monthsEnd = hongKong(Date.now()).slice(0, 7);
  const from = hongKong(Date.now() - 600_000);
  const window = {
    start_time: from.startsWith(monthsEnd) ? from : `${monthsEnd}-01 00:00:00`,
    end_time: hongKong(Date.now()),
    page_size: PAGE_SIZE,
  };
  const startAt = performance.now();
  for (let page = 1; page <= Math.ceil(OPEN / PAGE_SIZE); page += 1) {
    const { rows } = await client.query({ ...window, page });
    if (rows.length !== PAGE_SIZE) throw new Error(`page ${page} brought ${rows.length} rows`);
  }
  return performance.now() - startAt;
}

/** Both ledgers, after the server has been killed once more. */
async function differences(stack: Stack, file: string): Promise<readonly string[]> {
  const { DatabaseSync } = await sqliteEngine();
  const database: SqliteDatabase = new DatabaseSync(file, { readOnly: true });
  const rows = database.prepare('select id, state from payment').all() as readonly {
    readonly id: string;
    readonly state: string;
  }[];
  database.close();
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  const { orders } = await stateOf(stack);
  return orders.flatMap(({ number, paidAt }) => {
    const expected = paidAt === null ? 'closed' : 'paid';
    const state = states.get(number) ?? 'unknown here';
    return state === expected ? [] : [`${number} is ${state}, not ${expected}`];
  });
}
