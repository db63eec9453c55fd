/**
 * After five failures the wait doubles, under each key that is counted, and it survives a restart.
 * Nobody is locked out for ever.
 */
import type { StaffStore } from './ports';

type Counting = { readonly store: StaffStore; readonly now: () => number };

const FREE_TRIES = 5;
const LONGEST_WAIT_S = 300;
const FORGET_MS = 15 * 60_000;

/** 0: somebody may try. */
export async function secondsBlocked(desk: Counting, keys: string[]): Promise<number> {
  const rows = await Promise.all(keys.map((key) => desk.store.throttle(key)));
  const until = Math.max(0, ...rows.map((row) => row?.blockedUntil ?? 0));
  return Math.max(0, Math.ceil((until - desk.now()) / 1_000));
}

/**
 * Read and written in one transaction: guesses made side by side, at several servers too, must not
 * overwrite each other's count.
 */
export function countFailure(desk: Counting, key: string): Promise<void> {
  return desk.store.change(async (rights) => {
    const now = desk.now();
    const row = await rights.throttle(key);
    const recent = row !== null && now - row.updatedAt < FORGET_MS ? row.failures : 0;
    const failures = recent + 1;
    const over = failures - FREE_TRIES;
    const wait = over < 0 ? 0 : Math.min(2 ** over, LONGEST_WAIT_S) * 1_000;
    await rights.putThrottle({ key, failures, blockedUntil: now + wait, updatedAt: now });
  });
}
