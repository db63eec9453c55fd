/**
 * One transaction at a time, over all servers. `Store` promises that nobody else writes meanwhile,
 * and the room of payments reads, decides and writes by that promise, as on a file of SQLite.
 *
 * Each change of money takes the next number of the change feed and each note the next of the audit
 * chain. Both rows stay locked until their transaction ends, or a reader could see number n + 1
 * before n is there and pass it over for ever. So transactions that write queue up all the same; a
 * lock before the first read puts the reads in the queue as well, and nothing can lock in another
 * order. READ COMMITTED suffices behind it: each statement sees all that was kept before. A shop
 * may make 400 calls a minute to QFPay, and needs a few commits for each.
 */
import type pg from 'pg';
import { PEN } from './postgres';
import { rethrown, sessionOver } from './postgres-connection';
import type { Session, Transact } from './prepared';
import { DatabaseFault } from './refused';

const BEGIN = `begin isolation level read committed; select pg_advisory_xact_lock(${PEN})`;
const MOST_TRIES = 3;
/** Serialization failure and deadlock: a migration or a stranger's hand, for we ourselves queue. */
const WORTH_ANOTHER_TRY = new Set(['40001', '40P01']);

/** A crowd at the counters is served in turn; whoever comes to a dead database hears of it. */
const LONGEST_QUEUE_MS = 15_000;

/** `pool` has one connection: two of one server would only wait for each other. */
export function penOf(pool: pg.Pool): Transact {
  let turns: Promise<unknown> = Promise.resolve();
  return (work) => {
    const since = performance.now();
    const mine = turns.then(() => {
      if (performance.now() - since < LONGEST_QUEUE_MS) return tried(pool, work);
      throw new DatabaseFault(null, 'too many wait for the database');
    });
    turns = mine.catch(() => {});
    return mine;
  };
}

async function tried<T>(pool: pg.Pool, work: (session: Session) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once(pool, work);
    } catch (error) {
      const again = error instanceof DatabaseFault && WORTH_ANOTHER_TRY.has(error.code ?? '');
      // Undone as a whole, so it may be done again: what it read is read afresh.
      if (!again || tries >= MOST_TRIES) throw error;
    }
  }
}

const sessions = new WeakMap<pg.PoolClient, Session>();

function sessionOf(client: pg.PoolClient): Session {
  const session = sessions.get(client) ?? sessionOver(client);
  sessions.set(client, session);
  return session;
}

async function once<T>(pool: pg.Pool, work: (session: Session) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch(rethrown);
  try {
    await client.query(BEGIN).catch(rethrown);
    const result = await work(sessionOf(client));
    const { command } = await client.query('commit').catch(rethrown);
    // A transaction in which a statement failed ends so, without a word, if nobody stopped it.
    if (command !== 'COMMIT') throw new DatabaseFault(null, 'the transaction was undone');
    client.release();
    return result;
  } catch (error) {
    await client.query('rollback').then(
      () => client.release(),
      // The line is broken: the database undoes what was begun as soon as it notices.
      () => client.release(true),
    );
    throw error;
  }
}
