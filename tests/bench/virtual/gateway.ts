/**
 * The simulator's gateway without its sockets, some virtual milliseconds away. It says the truth
 * about money and counts who was turned away; what happens on the wire is the `weather`'s doing.
 */
import { type Account, makeAccount } from '@/server/simulator/accounts';
import { makeGateway } from '@/server/simulator/gateway/gateway';
import { type Model, makeModel } from '@/server/simulator/model/model';
import { pay, refuse } from '@/server/simulator/model/payer';
import type { Order } from '@/server/simulator/model/state';
import { DEFAULT_SETTINGS, type Settings } from '@/server/simulator/settings';
import type { Random } from '../random';
import type { Loop } from './loop';

/** One HTTP request, whoever's. Header names in any case. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query?: string | undefined;
  readonly body?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
};
export type Told =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** By lower-case name. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Buffer;
    }
  | { readonly kind: 'not-sent'; readonly why: string }
  | { readonly kind: 'lost'; readonly why: 'timeout' | 'connection' };

/** What becomes of a call that sets out now. `html` is the page of a broken proxy: 502. */
export type Fate = 'arrives' | 'answer-lost' | 'unreachable' | 'silent' | 'html';
type Weather = (now: number) => Fate;

export type VirtualGateway = ReturnType<typeof createVirtualGateway>;
export type GatewaySetting = {
  readonly loop: Loop;
  readonly random: Random;
  readonly settings?: Partial<Settings>;
  readonly weather?: Weather;
};

/** One way, both ends included. */
const ONE_WAY_MS = [35, 65] as const;

export function createVirtualGateway({ loop, random, settings, weather }: GatewaySetting) {
  const account: Account = makeAccount();
  const model: Model = makeModel({
    accounts: [account],
    seed: random.whole(0, 0xffff_ffff),
    settings: { ...DEFAULT_SETTINGS, ...settings },
  });
  const gateway = makeGateway(model);
  let limited = 0;
  const arrive = (asked: Asked): Told | null => {
    const search = asked.query ?? '';
    const headers = lowerCase(asked.headers);
    const body = Buffer.from(asked.body ?? '');
    const request = { method: asked.method, path: asked.path, search, headers, body };
    const { run } = gateway.open(request, loop.now());
    const ran = run?.({ now: loop.now(), steady: loop.now() });
    ran?.done();
    if (ran?.answer == null) return null;
    if (ran.answer.status === 429) limited += 1;
    const { status } = ran.answer;
    const answered = lowerCase(ran.answer.headers);
    return { kind: 'answer', status, headers: answered, body: Buffer.from(ran.answer.body) };
  };
  const send = async (asked: Asked): Promise<Told> => {
    const fate = weather?.(loop.now()) ?? 'arrives';
    await loop.sleep(random.whole(...ONE_WAY_MS));
    if (fate === 'unreachable') return { kind: 'not-sent', why: 'ECONNREFUSED' };
    const told = fate === 'silent' || fate === 'html' ? null : arrive(asked);
    await loop.sleep(random.whole(...ONE_WAY_MS));
    if (fate === 'html') return BAD_GATEWAY;
    if (told !== null && fate === 'arrives') return told;
    await loop.sleep(asked.timeoutMs - 2 * ONE_WAY_MS[0]);
    return { kind: 'lost', why: 'timeout' };
  };
  /** The customer's phone; false when the order cannot be paid (any more). */
  const act = (number: string, what: (order: Order) => { readonly ok: boolean }): boolean => {
    model.advance(loop.now());
    const order = model.find(number);
    return order !== null && what(order).ok;
  };
  return {
    account,
    model,
    send,
    /** Calls answered 429. */
    limited: () => limited,
    /** Calls that reached the gateway, refused ones included. */
    calls: (): number => Object.values(gateway.calls.counts()).reduce((sum, n) => sum + n, 0),
    counts: () => gateway.calls.counts(),
    pays: (number: string): boolean =>
      act(number, (order) => pay(model.world, order, { at: loop.now(), force: false })),
    refuses: (number: string): boolean =>
      act(number, (order) => refuse(model.world, order, '1201')),
  };
}

const BAD_GATEWAY: Told = {
  kind: 'answer',
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: Buffer.from('<html><body><h1>502 Bad Gateway</h1></body></html>'),
};

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
