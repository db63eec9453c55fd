/**
 * How a tablet's request or a notification reaches a server of the shop, and what may happen to it
 * on the way.
 */
import type { Payments } from '@/server/payments';
import type { Notice } from './bank';
import type { Loop } from './loop';
import type { Stream } from './random';
import { asked, type Server } from './server';
import type { Swarm } from './swarm';

const NO_ANSWER = { answered: false } as const;
export type Reply<T> = { readonly answered: true; readonly value: T } | typeof NO_ANSWER;
type Delays = {
  readonly there: number;
  readonly back: number;
  readonly patience: number;
};
type Act<T> = (payments: Payments) => Promise<T>;
/** One HTTP request to one server; it may be answered late, or never, and then that is said. */
export type Request = <T>(name: string, delays: Delays, act: Act<T>) => Promise<Reply<T>>;

type Door = {
  readonly loop: Loop;
  readonly servers: Map<string, Server>;
  readonly shared: () => boolean;
  readonly onFault: (says: string) => void;
};

export const makeRequest =
  (door: Door): Request =>
  (name, delays, act) =>
    new Promise((resolve) => {
      const { loop, servers } = door;
      const silence = (): void => resolve(NO_ANSWER);
      loop.after(delays.patience, silence);
      loop.after(delays.there, () => {
        const server = servers.get(name);
        if (server?.ready) serve(door, server, { act, delays, resolve, silence });
        else loop.after(5, silence);
      });
    });

type Served<T> = {
  readonly act: Act<T>;
  readonly delays: Delays;
  readonly resolve: (reply: Reply<T>) => void;
  readonly silence: () => void;
};

function serve<T>({ loop, shared, onFault }: Door, server: Server, served: Served<T>): void {
  const { act, delays, resolve, silence } = served;
  const { life, orphans, payments } = server;
  orphans.add(silence);
  loop.afterFor(life, 0, () => {
    // Only where two servers share a lease does it matter for whom something is done.
    const answer = shared() ? asked.run(true, () => act(payments)) : act(payments);
    answer.then(
      (value) => {
        orphans.delete(silence);
        loop.after(delays.back, () => resolve({ answered: true, value }));
      },
      (fault) => {
        orphans.delete(silence);
        if (!life.dead) onFault(`a request failed: ${fault}`);
        silence();
      },
    );
  });
}

type Post = {
  readonly shop: { readonly request: Request; readonly names: () => readonly string[] };
  readonly swarm: () => Swarm;
  readonly draw: Stream;
  readonly loop: Loop;
  readonly onDelivered: (notice: Notice) => void;
};

/** Carries a notification to whichever server takes it. */
export const makePostman =
  ({ shop, swarm, draw, loop, onDelivered }: Post) =>
  async (notice: Notice): Promise<{ status: number | null; answer: string }> => {
    const { notices, latency } = swarm();
    const dropped = draw.chance(notices.dropped);
    const delay = draw.chance(notices.delayed) ? draw.span(500, 90_000) : 0;
    const there = draw.chance(notices.early) ? 1 : draw.int(...latency) + delay;
    if (dropped) {
      await loop.sleep(there);
      return { status: null, answer: '' };
    }
    const carry = (after: number) =>
      shop.request(
        draw.pick(shop.names()),
        { there: after, back: 5, patience: 120_000 },
        (payments) => payments.notified(Buffer.from(notice.body), notice.signature),
      );
    if (draw.chance(notices.duplicated)) void carry(there + draw.int(0, 20_000));
    const reply = await carry(there);
    if (!reply.answered) return { status: null, answer: '' };
    if (reply.value !== 'accepted') return { status: 401, answer: '' };
    onDelivered(notice);
    return { status: 200, answer: 'SUCCESS' };
  };
