/**
 * Several servers go by one clock, the database's: a lease of ten seconds means nothing between two
 * machines that are a minute apart. What is within a second is the line's own delay, and left.
 */
import type pg from 'pg';

const LOOK_MS = 60_000;
const NOT_WORTH_IT_MS = 1_000;
/** A slower answer says too little about when it was given. */
const SLOW_MS = 1_000;

export function createClockLead(pool: pg.Pool) {
  let lead = 0;
  const look = async (): Promise<void> => {
    const asked = performance.now();
    const before = Date.now();
    const { rows } = await pool.query<{ at: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::bigint as at',
    );
    const took = performance.now() - asked;
    const [now] = rows;
    if (now === undefined || took > SLOW_MS) return;
    const measured = Math.round(now.at - before - took / 2);
    if (Math.abs(measured - lead) > NOT_WORTH_IT_MS) {
      lead = Math.abs(measured) > NOT_WORTH_IT_MS ? measured : 0;
    }
  };
  const looking = setInterval(() => void look().catch(() => {}), LOOK_MS);
  looking.unref();
  return { look, ms: () => lead, close: () => clearInterval(looking) };
}
