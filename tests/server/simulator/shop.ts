/**
 * A shop beside a simulator whose clock stands still until a test moves it: Monday 5 January 2026,
 * noon in Hong Kong.
 */
import { afterEach } from 'vitest';
import { type Account, makeAccount } from '@/server/simulator/accounts';
import { type Simulator, startSimulator } from '@/server/simulator/simulator';
import {
  makeSpecClient,
  type SpecAnswer,
  type SpecClient,
  type SpecParams,
} from '@/tests/support/spec-client';

export const NOON = Date.UTC(2026, 0, 5, 4);
export const KEY = '00112233445566778899AABBCCDDEEFF';
export const APPCODE = 'A0B1C2D3E4F5A6B7C8D9E0F1A2B3C4D5';
export const SHAPES = ['flat', 'envelope'] as const;

export type Shop = {
  readonly simulator: Simulator;
  readonly client: SpecClient;
  /** Another client of the same simulator. */
  clientWith(given: Partial<Parameters<typeof makeSpecClient>[0]>): SpecClient;
  /** POSTs to the control door and answers what it said; throws on a refusal. */
  control(path: string, body?: object): Promise<Record<string, unknown>>;
  /** GETs from it. */
  look(path: string): Promise<Record<string, unknown>>;
  /** A QR sale of HK$38.50 through AlipayHK unless told otherwise. */
  showQr(number: string, more?: SpecParams): Promise<SpecAnswer>;
  /** A scan of a mainland WeChat code unless told otherwise. */
  scan(number: string, more?: SpecParams): Promise<SpecAnswer>;
  /** The inner code of one number, or null when it is not found. */
  stateOf(number: string, more?: SpecParams): Promise<unknown>;
};

const open: Simulator[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.stop()));
});

export const SALE = {
  txamt: '3850',
  txcurrcd: 'HKD',
  txdtm: '2026-01-05 12:00:00',
} as const;

export async function openShop(
  given: {
    account?: Partial<Account>;
    settings?: object;
    /** Real time for the simulator; it stands still at noon unless told. */
    clock?: () => number;
    speed?: number;
  } = {},
): Promise<Shop> {
  const account = makeAccount({ appCode: APPCODE, key: KEY, ...given.account });
  const simulator = await startSimulator({
    port: 0,
    host: '127.0.0.1',
    accounts: [account],
    clock: given.clock ?? (() => NOON),
    speed: given.speed ?? 1,
    seed: 1,
  });
  open.push(simulator);
  const { url } = simulator;
  const clientWith: Shop['clientWith'] = (more) =>
    makeSpecClient({ url, appCode: account.appCode, key: account.key, ...more });
  const client = clientWith({});
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${url}/control/${path}`, init);
    const value: unknown = await response.json();
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(value)}`);
    return Object(value) as Record<string, unknown>;
  };
  const control: Shop['control'] = (path, body = {}) =>
    ask(path, { method: 'POST', body: JSON.stringify(body) });
  if (given.settings !== undefined) await control('config', given.settings);
  return {
    simulator,
    client,
    clientWith,
    control,
    look: (path) => ask(path),
    showQr: (number, more = {}) =>
      client.payment({ ...SALE, pay_type: '801501', out_trade_no: number, ...more }),
    scan: (number, more = {}) =>
      client.payment({
        ...SALE,
        pay_type: '800208',
        auth_code: '134567890123456789',
        out_trade_no: number,
        ...more,
      }),
    stateOf: async (number, more = {}) => {
      const found = await client.query({ out_trade_no: number, ...more });
      const row = found.rows.find((each) => each.out_trade_no === number);
      return row?.respcd ?? null;
    },
  };
}
