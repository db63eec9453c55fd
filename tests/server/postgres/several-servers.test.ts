/** Two servers of one shop: what either does is in order, is told to the other, and counts once. */
import { describe, expect, test } from 'vitest';
import { createHub } from '@/server/hub';
import { createBudget } from '@/server/qfpay/budget';
import { countFailure, secondsBlocked } from '@/server/staff/throttle';
import type { Change } from '@/server/store';
import { NOON } from '../../support/payments';
import { until } from '../../support/processes';
import { aNote, aPayment, paymentId, recordSale, update } from '../store/support';
import { aDatabase, aServer, asked, type Server, urlOf } from './shops';

const HALF_A_SECOND = { withinMs: 5_000 };

async function twoServers(): Promise<{ database: string; a: Server; b: Server }> {
  const database = await aDatabase();
  const [a, b] = await Promise.all([aServer(database), aServer(database)]);
  return { database, a, b };
}

/** What the tablets of a server are told, and how often they are sent to look again. */
async function tabletsOf(server: Server) {
  const told: number[] = [];
  let refreshed = 0;
  const hub = createHub({
    changes: server.reads.changes,
    startAt: await server.reads.lastChange(),
    onFault: () => {},
    tellOthers: server.others?.refresh ?? (async () => {}),
  });
  hub.listen({
    onChange: ({ seq }: Change) => told.push(seq),
    onClose: () => {
      refreshed += 1;
    },
  });
  server.others?.listen({ changed: hub.changed, refreshed: hub.refreshHere });
  return { told, hub, refreshed: () => refreshed };
}

/** The lines on which servers listen. */
const LISTENING = `from pg_stat_activity where application_name = 'countertop listen'
  and datname = current_database()`;
const listeners = async (database: string): Promise<number> => {
  const [found] = await asked<{ count: string }>(
    urlOf(database),
    `select count(*) ${LISTENING} and state = 'idle' and query ilike 'listen%'`,
  );
  return Number(found?.count ?? 0);
};

describe('what one server does', () => {
  test('reaches the tablets of the other as it is committed', async () => {
    const { database, a, b } = await twoServers();
    const tablets = await tabletsOf(b);
    await until(async () => (await listeners(database)) === 1, HALF_A_SECOND);
    await recordSale(a, aPayment(1));
    await update(a, aPayment(1, { state: 'sending' }));
    // Long before anybody looks by themselves.
    await until(() => tablets.told.at(-1) === 2, { withinMs: 2_000 });
    expect(tablets.told).toEqual([...new Set(tablets.told)].sort());
  });

  test('and was undone reaches nobody', async () => {
    const { database, a, b } = await twoServers();
    const tablets = await tabletsOf(b);
    await until(async () => (await listeners(database)) === 1, HALF_A_SECOND);
    const undone = a.store.transaction(async (records) => {
      await records.insertSale({ ...aPayment(1), id: aPayment(1).saleId, note: null });
      await records.insertPayment(aPayment(1), null);
      throw new Error('the power went');
    });
    await expect(undone).rejects.toThrow('the power went');
    await recordSale(a, aPayment(2));
    await until(() => tablets.told.length > 0, HALF_A_SECOND);
    expect(tablets.told).toEqual([1]);
    const [first] = await b.reads.changes(0, 10);
    expect(first !== undefined && 'payment' in first && first.payment.id).toBe(paymentId(2));
  });

  test('is read by its number when the line was lost meanwhile', async () => {
    const { database, a, b } = await twoServers();
    const tablets = await tabletsOf(b);
    await until(async () => (await listeners(database)) === 1, HALF_A_SECOND);
    await recordSale(a, aPayment(1));
    await until(() => tablets.told.length === 1, HALF_A_SECOND);
    await asked(urlOf(database), `select pg_terminate_backend(pid) ${LISTENING}`);
    for (const n of [2, 3, 4]) await recordSale(a, aPayment(n));
    await until(() => tablets.told.length === 4, { withinMs: 8_000 });
    expect(tablets.told).toEqual([1, 2, 3, 4]);
    // And it listens again.
    await until(async () => (await listeners(database)) === 1, HALF_A_SECOND);
    await recordSale(a, aPayment(5));
    await until(() => tablets.told.length === 5, { withinMs: 2_000 });
  });

  test('sends the tablets of all others to look again, each once', async () => {
    const { database, a, b } = await twoServers();
    const [mine, theirs] = [await tabletsOf(a), await tabletsOf(b)];
    await until(async () => (await listeners(database)) === 2, HALF_A_SECOND);
    mine.hub.refresh();
    await until(() => theirs.refreshed() === 1, HALF_A_SECOND);
    // What comes later over the same line says that nothing else is under way.
    await recordSale(b, aPayment(1));
    await until(() => mine.told.length === 1 && theirs.told.length === 1, HALF_A_SECOND);
    expect([mine.refreshed(), theirs.refreshed()]).toEqual([1, 1]);
  });
});

describe('side by side', () => {
  test('nobody who follows the feed by its numbers misses one, whoever writes', async () => {
    const { database, a, b } = await twoServers();
    const reader = await aServer(database);
    const SALES = 60;
    const writing = Promise.all(
      Array.from({ length: SALES }, (_, n) => recordSale(n % 2 === 0 ? a : b, aPayment(n))),
    );
    let [last, done] = [0, false];
    const seen: number[] = [];
    const following = (async () => {
      while (!done || seen.length < SALES) {
        for (const { seq } of await reader.reads.changes(last, 7)) {
          seen.push(seq);
          last = seq;
        }
        if (done && last === (await reader.reads.lastChange())) return;
      }
    })();
    await writing;
    done = true;
    await following;
    expect(seen).toEqual(Array.from({ length: SALES }, (_, n) => n + 1));
  });

  test('the audit is one chain', async () => {
    const { a, b } = await twoServers();
    const notes = Array.from({ length: 40 }, (_, n) =>
      (n % 2 === 0 ? a : b).store.transaction((records) => records.note(aNote(n))),
    );
    await Promise.all(notes);
    expect(await a.verifyAudit()).toEqual({ ok: true, rows: 40 });
  });

  test('a row that is read and then written loses nothing: the calls that all share', async () => {
    const { a, b } = await twoServers();
    const FRESH = { arrival: 0, questions: 0, heldUntil: 0, slowed: 1, holdMs: 0 };
    const draws = Array.from({ length: 60 }, (_, n) =>
      (n % 2 === 0 ? a : b).store.transaction(async (records) => {
        const bucket = (await records.bucket('shared')) ?? FRESH;
        await records.putBucket('shared', { ...bucket, arrival: bucket.arrival + 1 });
      }),
    );
    await Promise.all(draws);
    const kept = await a.store.transaction((records) => records.bucket('shared'));
    expect(kept?.arrival).toBe(60);
  });

  test('S23 wrong tries are counted together, and block at both', async () => {
    const { a, b } = await twoServers();
    const [here, there] = [a, b].map(({ staff }) => ({ store: staff, now: () => NOON }));
    if (here === undefined || there === undefined) throw new Error('two servers are open');
    const guesses = Array.from({ length: 20 }, (_, n) =>
      countFailure(n % 2 === 0 ? here : there, 'staff:1000'),
    );
    await Promise.all(guesses);
    expect((await a.staff.throttle('staff:1000'))?.failures).toBe(20);
    // 2^15 s, but nobody waits for longer than five minutes.
    expect(await secondsBlocked(there, ['staff:1000'])).toBe(300);
  });

  test('three servers draw no more calls from it than one may make', async () => {
    const { database, a, b } = await twoServers();
    const servers = [a, b, await aServer(database)];
    const startedAt = Date.now();
    const steady = () => Date.now();
    const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
    const granted = await Promise.all(
      servers.flatMap(({ store }) => {
        const clock = { steady, sleep };
        const budget = createBudget({ clock, random: () => 0.5, store, name: 'one key' });
        return Array.from({ length: 30 }, () => budget.take('charge', 1_000));
      }),
    );
    const seconds = (Date.now() - startedAt) / 1_000;
    const calls = granted.filter((is) => is).length;
    // A burst of 20, and then six in each second (protocol.md §2.4).
    expect(calls).toBeLessThanOrEqual(20 + 6 * (seconds + 2));
    expect(calls).toBeGreaterThan(8);
  });
});

describe('a server that stops', () => {
  test('in the middle of a transaction leaves nothing behind', async () => {
    const { a, b, database } = await twoServers();
    const stopped = a.store.transaction(async (records) => {
      await records.insertSale({ ...aPayment(1), id: aPayment(1).saleId, note: null });
      const writers = "application_name = 'countertop write' and state = 'idle in transaction'";
      const where = `datname = '${database}' and ${writers}`;
      await asked(
        urlOf('postgres'),
        `select pg_terminate_backend(pid) from pg_stat_activity where ${where}`,
      );
      await records.insertPayment(aPayment(1), null);
    });
    await expect(stopped).rejects.toThrow(/terminat|connection/i);
    expect(await b.store.read.sale(aPayment(1).saleId)).toBeNull();
    expect(await recordSale(b, aPayment(1))).toBe(true);
    expect(await recordSale(a, aPayment(2))).toBe(true);
  });

  test('does not keep the pen: others lose patience later than it loses the pen', async () => {
    const { a, b } = await twoServers();
    let wake = () => {};
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const sleeper = a.store.transaction(async (records) => {
      await records.note(aNote(1));
      begin();
      await asleep;
      await records.note(aNote(2));
    });
    const told = sleeper.catch((fault: Error) => fault.message);
    await begun;
    expect(await recordSale(b, aPayment(1))).toBe(true);
    wake();
    expect(await told).toMatch(/idle-in-transaction|terminat|connection/i);
    expect(await b.verifyAudit()).toEqual({ ok: true, rows: 0 });
  });
});
