/**
 * The yardstick: the client that the specification's samples lead to. Every payment is asked about
 * by its number, alone, every three seconds until it is paid or over. It knows no window, no
 * allowance and no notification, and shares no code with the product.
 */
import { specSign } from '../support/spec-client';
import { hongKong } from './hong-kong';
import type { Asked, Told } from './virtual/gateway';
import type { Client } from './virtual/trade';

export type NaiveSetting = {
  readonly send: (asked: Asked) => Promise<Told>;
  readonly appCode: string;
  readonly key: string;
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
};

const POLL_MS = 3_000;
const WAITING = new Set(['1143', '1145']);

type Answer = Readonly<Record<string, unknown>>;

export function createNaive(setting: NaiveSetting): Client {
  const { now, sleep } = setting;
  const learnt = new Map<string, number>();
  let sold = 0;
  const post = async (path: string, params: Record<string, string>): Promise<Answer | null> => {
    const told = await setting.send({
      method: 'POST',
      path,
      headers: {
        'X-QF-APPCODE': setting.appCode,
        'X-QF-SIGN': specSign(params, setting.key, 'md5'),
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams(params).toString(),
      timeoutMs: 10_000,
    });
    if (told.kind !== 'answer' || told.status !== 200) return null;
    const answer: unknown = JSON.parse(told.body.toString('utf8'));
    return typeof answer === 'object' && answer !== null ? (answer as Answer) : null;
  };
  const poll = async (number: string): Promise<void> => {
    for (;;) {
      await sleep(POLL_MS);
      const row = rowOf(await post('/trade/v1/query', { out_trade_no: number }));
      if (row === '0000') learnt.set(number, now());
      if (row !== null && !WAITING.has(row)) return;
    }
  };
  return {
    learnt,
    start: async () => {},
    stop: async () => {},
    sell: async (amount) => {
      sold += 1;
      const number = `NAIVE${String(sold).padStart(9, '0')}`;
      const answer = await post('/trade/v1/payment', {
        txamt: String(amount),
        txcurrcd: 'HKD',
        pay_type: '800201',
        out_trade_no: number,
        txdtm: hongKong(now()),
        // As short a life as ours has, so that both watch walk-aways equally long.
        expired_time: '5',
      });
      if (answer?.respcd !== '0000') return null;
      void poll(number);
      return number;
    },
  };
}

function rowOf(answer: Answer | null): string | null {
  const rows = answer?.data;
  const [row]: unknown[] = Array.isArray(rows) ? rows : [];
  if (typeof row !== 'object' || row === null || !('respcd' in row)) return null;
  return typeof row.respcd === 'string' ? row.respcd : null;
}
