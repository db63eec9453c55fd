/**
 * Customers before a till: they come independently of each other, most pay the QR they are shown
 * after a while, some walk away. Whichever client stands behind the till meets the same ones.
 */
import { createRandom, type Random } from '../random';
import type { VirtualGateway } from './gateway';
import type { Loop } from './loop';

/** Whoever shows QRs and learns what became of them. */
export type Client = {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The number behind the QR now shown; null when there is none to show. */
  sell(amount: number): Promise<string | null>;
  /** Virtual ms at which it learnt that a number was paid. */
  readonly learnt: ReadonlyMap<string, number>;
};

/** load-goals L1: 12 % leave without a word, the others pay after 3 to 40 s. */
const WALKS_AWAY = 0.12;
const DECIDES_MS = [3_000, 40_000] as const;

export type Trade = {
  /** Customers to be expected in the whole time. */
  readonly expected: number;
  /** Nobody is let in any more. */
  closed: boolean;
  /** Customers who came. */
  came: number;
  /** Left because no QR was shown to them. */
  turnedAway: number;
  /** From the tap to the QR, ms. */
  readonly waits: number[];
  /** Virtual ms of the payment, by number. */
  readonly paidAt: Map<string, number>;
};

export type TradeSetting = {
  readonly loop: Loop;
  readonly gateway: VirtualGateway;
  readonly client: Client;
  readonly seed: number;
  readonly perMinute: number;
  /** Virtual ms after which nobody comes any more. */
  readonly until: number;
};

/** Customers come while the loop runs. */
export function openDoors(setting: TradeSetting): Trade {
  const { loop, seed, perMinute, until } = setting;
  const arrivals = createRandom(seed, 'arrivals');
  const customers = createRandom(seed, 'customers');
  const expected = ((until - loop.now()) * perMinute) / 60_000;
  const trade: Trade = {
    expected,
    closed: false,
    came: 0,
    turnedAway: 0,
    waits: [],
    paidAt: new Map(),
  };
  const next = (): void => {
    const at = loop.now() + arrivals.gap(60_000 / perMinute);
    if (at >= until) return;
    loop.at(at, () => {
      if (trade.closed) return;
      void serve(setting, trade, customers);
      next();
    });
  };
  next();
  return trade;
}

async function serve(setting: TradeSetting, trade: Trade, random: Random): Promise<void> {
  const { loop, gateway, client } = setting;
  const amount = random.whole(500, 60_000);
  const pays = !random.chance(WALKS_AWAY);
  const decidesMs = random.whole(...DECIDES_MS);
  const cameAt = loop.now();
  trade.came += 1;
  const number = await client.sell(amount);
  if (number === null) {
    trade.turnedAway += 1;
    return;
  }
  trade.waits.push(loop.now() - cameAt);
  if (!pays) return;
  loop.at(loop.now() + decidesMs, () => {
    if (gateway.pays(number)) trade.paidAt.set(number, loop.now());
  });
}

/** From the customer's payment to the client's knowing, or until now where it does not, ms. */
export const lagsOf = ({ paidAt }: Trade, client: Client, now: number): number[] =>
  [...paidAt].map(([number, at]) => (client.learnt.get(number) ?? now) - at);
