/**
 * One running server of the shop: the very payment room with its own clock, allowance of calls and
 * voice, on the shared store. When it dies, nothing that it awaited ever comes and nothing that it
 * had not committed stays.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { PaymentId, SaleId } from '@/lib/payment';
import type { RefundId } from '@/lib/refund';
import { createHub } from '@/server/hub';
import { createIds } from '@/server/numbers';
import { createPayments, type Payments, type World } from '@/server/payments';
import type { Alert, Clock, Ids, Store } from '@/server/payments/ports';
import { createBudget } from '@/server/qfpay/budget';
import { createQfpay } from '@/server/qfpay/client';
import { createNotificationReader } from '@/server/qfpay/notification';
import type { Transport } from '@/server/qfpay/transport';
import type { OpenedStore } from '@/server/store';
import { ACCOUNT } from './bank';
import { PREFIX } from './files';
import type { Life, Loop } from './loop';
import type { Stream } from './random';

class Crash extends Error {
  override readonly name = 'Crash';
}

export type Server = {
  readonly name: string;
  readonly life: Life;
  readonly payments: Payments;
  readonly hub: ReturnType<typeof createHub>;
  /** Serves requests: it has read what its forerunner left. */
  ready: boolean;
  /** Who hears that a request will never be answered. */
  readonly orphans: Set<() => void>;
};

export type ServerEars = {
  /** A transaction of this server has been committed; `asked` by a person or a notification. */
  readonly onCommit: (life: Life, asked: boolean) => void;
  readonly onTransaction: (open: 1 | -1) => void;
  readonly onStale: () => void;
  readonly onAlert: (life: Life, alert: Alert) => void;
  /** True when the server dies here. */
  readonly onFault: (life: Life, point: string) => boolean;
};

type Given = {
  readonly loop: Loop;
  readonly life: Life;
  readonly opened: OpenedStore;
  readonly transport: Transport;
  /** How far this machine's wall clock is off now. */
  readonly skew: () => number;
  readonly ids: Ids;
  readonly outlet: string | null;
  readonly draw: Stream;
  readonly ears: ServerEars;
};

/** Set while the server works for a person or a notification; unset in its own watch. */
export const asked = new AsyncLocalStorage<true>();

const UNIT_OF = { JPY: null, IDR: null, MMK: null } as const;
const SETTING = {
  appCode: ACCOUNT.appCode,
  key: ACCOUNT.key,
  signType: 'SHA256',
  unitOf: UNIT_OF,
  notifyUrl: null,
  shopName: 'Simulated',
  shopTimeZone: 'Asia/Hong_Kong',
} as const;

export async function startServer(given: Given): Promise<Server> {
  const { loop, life, opened, ears } = given;
  const clock = clockOf(given);
  const store = gated(given);
  const budget = createBudget({
    ...{ clock, store },
    random: given.draw.next,
    name: ACCOUNT.appCode,
  });
  const hub = createHub({
    changes: opened.reads.changes,
    startAt: await opened.reads.lastChange(),
    onFault: () => {},
  });
  const world: World = {
    store,
    gateway: createQfpay({ ...SETTING, clock, budget, transport: given.transport }),
    readNotification: createNotificationReader({ key: ACCOUNT.key, unitOf: UNIT_OF }),
    budget,
    clock,
    ids: given.ids,
    out: {
      changed: () => life.dead || hub.changed(),
      alert: (alert) => life.dead || ears.onAlert(life, alert),
    },
    fault: (point) => {
      if (!life.dead && ears.onFault(life, point)) throw new Crash(point);
    },
    server: life.name,
    outlets: async () => [given.outlet],
    comparisons: opened.comparisons,
    currency: 'HKD',
    fpsRefunds: false,
  };
  const server: Server = {
    name: life.name,
    life,
    payments: createPayments(world),
    hub,
    ready: false,
    orphans: new Set(),
  };
  server.payments.start().then(
    () => {
      server.ready = true;
      loop.tell(life.name, 'serves');
    },
    (fault: unknown) => {
      const says = fault instanceof Error ? fault.message : String(fault);
      if (!life.dead) ears.onAlert(life, { kind: 'stuck', paymentId: null, says });
    },
  );
  return server;
}

function clockOf({ loop, life, skew }: Given): Clock {
  const bornAt = loop.now();
  const firstWall = bornAt + skew();
  return {
    wall: () => loop.now() + skew(),
    steady: () => firstWall + (loop.now() - bornAt),
    sleep: (ms) => (life.dead ? new Promise(() => {}) : loop.sleepFor(life, ms)),
  };
}

/** The store as this server sees it: the dead are never answered, and never commit. */
function gated({ life, opened, ears }: Given): Store {
  const never = new Promise<never>(() => {});
  const alive = <T>(promise: Promise<T>): Promise<T> =>
    promise.then(
      (value) => (life.dead ? never : value),
      (fault: unknown) => {
        if (life.dead) return never;
        throw fault;
      },
    );
  const read: Store['read'] = new Proxy(opened.store.read, {
    get: (target, name) => {
      const ask: unknown = Reflect.get(target, name);
      if (typeof ask !== 'function') return ask;
      return (...values: unknown[]) =>
        life.dead ? never : alive<unknown>(Reflect.apply(ask, target, values));
    },
  });
  return {
    read,
    transaction: (work) => {
      if (life.dead) return never;
      const forSomebody = asked.getStore() === true;
      ears.onTransaction(1);
      const done = opened.store.transaction(async (records) => {
        const result = await work(records);
        if (life.dead) throw new Crash('died before the commit');
        return result;
      });
      return alive(
        done.then(
          (result) => {
            ears.onTransaction(-1);
            if (!life.dead) ears.onCommit(life, forSomebody);
            return result;
          },
          (fault: unknown) => {
            ears.onTransaction(-1);
            if (fault instanceof Error && fault.name === 'Stale') ears.onStale();
            throw fault;
          },
        ),
      );
    },
  };
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Numbers out of the seed, with the check character that the product itself asks for. */
export function seededIds(draw: Stream, wall: () => number): Ids {
  const real = createIds(PREFIX, { key: Buffer.alloc(32, 7), wall });
  const word = (length: number): string =>
    Array.from({ length }, () => CROCKFORD.charAt(draw.int(0, 31))).join('');
  const number = (): string => {
    const body = PREFIX + word(10);
    const found = [...CROCKFORD].find((character) => real.isOurs(body + character));
    if (found === undefined) throw new Error(`no check character fits ${body}`);
    return body + found;
  };
  return {
    ...real,
    paymentNumber: () => number() as PaymentId,
    refundNumber: () => number() as RefundId,
    saleId: () => `01${word(24)}` as SaleId,
  };
}
