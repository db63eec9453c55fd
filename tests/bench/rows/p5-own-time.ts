/**
 * P5: what `POST /api/payments` takes beyond the gateway's own answer, for a scanned sale, against
 * a bare server that signs, forwards and commits once. Sale by sale in turns: ours, the bare one's,
 * and the gateway asked directly, whose time is taken off both.
 */
import { rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { cleanEnvironment, type Program, startNode, until } from '../../support/processes';
import { specSign } from '../../support/spec-client';
import type { Stack } from '../../support/stack';
import { jarsOfAll } from '../../support/staff-client';
import { hongKong } from '../hong-kong';
import { pause } from '../machine-clock';
import { startBuiltStack } from '../real-stack';
import { figure } from '../report';
import { eachPair, type Row, type RowResult } from '../row';
import { folderOnDisk } from '../scratch';
import { median, quantile, ratios } from '../statistics';

const SALES = 30;
const WARM_UP = 60;
/** Within what the shop allows itself, 400 calls a minute. */
const EVERY_MS = 200;

/** Sells once and answers how that took, ms. Throws when it was not paid. */
type Sell = (sale: number) => Promise<number>;
type Who = 'ours' | 'bare' | 'gateway';
type Took = Readonly<Record<Who, readonly number[]>>;

export const ownTime: Row = {
  id: 'P5',
  what: 'own time of POST /api/payments',
  yardstick: 'a bare node:http server that signs, forwards and does one durable commit',
  run: async (setting) => {
    const stack = await startBuiltStack(setting.say);
    const folder = folderOnDisk('bare');
    const { url, appCode, key } = stack.simulator;
    const args = ['--import', 'tsx', 'tests/bench/bare-server.ts', url, appCode, key];
    const bare = startNode([...args, `${folder}/bare.db`], cleanEnvironment());
    try {
      // Three ask it at once; our own share stays within what the shop allows itself.
      await stack.control('config', { rateLimits: false });
      const sellers = await sellersOf(stack, bare);
      await inTurns(sellers, WARM_UP);
      const found = await eachPair(setting, () => inTurns(sellers, SALES));
      return resultOf(found);
    } finally {
      await bare.end('SIGKILL');
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function resultOf(found: readonly Took[]): RowResult {
  const own = (took: Took, who: Who) => median(took[who]) - median(took.gateway);
  const pairs = found.map((took) => ({ ours: own(took, 'ours'), yardstick: own(took, 'bare') }));
  const all = found.flatMap(({ ours }) => ours);
  const measure = {
    what: 'own time ÷ that of the bare server',
    formula: 'median of the sales, less the median that the gateway takes when asked directly',
    values: ratios(pairs),
    marks: { better: 'lower', goal: 2, beyond: 1.3 },
    pairs,
    unit: 'ms',
  } as const;
  const notes = [
    `${SALES} scanned sales of each per pair after ${WARM_UP} to warm up, one every ` +
      `${EVERY_MS} ms, in turns; connections are kept; the gateway answers at once, in ` +
      `${figure(median(found.flatMap(({ gateway }) => gateway)))} ms`,
    `ours in all: p50 ${figure(median(all))} ms, p99 ${figure(quantile(all, 0.99))} ms`,
  ];
  return { measures: [measure], notes, wrong: [] };
}

async function inTurns(sellers: Readonly<Record<Who, Sell>>, sales: number): Promise<Took> {
  const took = { ours: [] as number[], bare: [] as number[], gateway: [] as number[] };
  for (let sale = 0; sale < sales; sale += 1) {
    const next = pause(EVERY_MS);
    codes += 1;
    for (const who of ['ours', 'bare', 'gateway'] as const) {
      took[who].push(await sellers[who](codes));
    }
    await next;
  }
  return took;
}

let codes = 0;
/** A customer's code that nobody showed before. */
const codeOf = (sale: number, who: number): string => `13${who}${String(sale).padStart(15, '0')}`;

async function sellersOf(stack: Stack, bare: Program): Promise<Readonly<Record<Who, Sell>>> {
  const cookies = await jarsOfAll(stack.till);
  const portOf = () => /^PORT=(\d+)$/m.exec(bare.output())?.[1];
  await until(() => portOf() !== undefined, { programs: [bare] });
  const { url, appCode, key } = stack.simulator;
  const sell = async (target: string, sending: Sending): Promise<number> => {
    const startAt = performance.now();
    const text = await posted(target, sending);
    const ms = performance.now() - startAt;
    if (!/"state":"paid"|"respcd": ?"0000"/.test(text)) throw new Error(`not paid: ${text}`);
    return ms;
  };
  const json = (sale: number, who: number) =>
    JSON.stringify({ amount: 4850, authCode: codeOf(sale, who) });
  return {
    ours: (sale) => {
      const cookie = cookies[sale % cookies.length] ?? '';
      const more = { cookie, origin: stack.till, 'idempotency-key': `own-time-${sale}` };
      const headers = { 'content-type': 'application/json', ...more };
      return sell(`${stack.till}/api/payments`, { headers, body: json(sale, 1) });
    },
    bare: (sale) =>
      sell(`http://127.0.0.1:${portOf()}/`, {
        headers: { 'content-type': 'application/json' },
        body: json(sale, 2),
      }),
    gateway: (sale) => sell(`${url}/trade/v1/payment`, signed(sale, { appCode, key })),
  };
}

type Sending = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

function signed(sale: number, by: { readonly appCode: string; readonly key: string }): Sending {
  const params = {
    txamt: '4850',
    txcurrcd: 'HKD',
    pay_type: '800008',
    out_trade_no: `DIRECT${sale}`,
    txdtm: hongKong(Date.now()),
    auth_code: codeOf(sale, 3),
  };
  const headers = {
    'X-QF-APPCODE': by.appCode,
    'X-QF-SIGN': specSign(params, by.key, 'sha256'),
    'X-QF-SIGNTYPE': 'SHA256',
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  return { headers, body: new URLSearchParams(params).toString() };
}

const KEPT = new Agent({ keepAlive: true });

function posted(target: string, { headers, body }: Sending): Promise<string> {
  const length = { 'Content-Length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const given = { method: 'POST', headers: { ...headers, ...length }, agent: KEPT };
    const sent = request(target, given, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('error', reject).on('end', () => resolve(text));
    });
    sent.on('error', reject).end(body);
  });
}
