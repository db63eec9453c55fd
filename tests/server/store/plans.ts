/** How SQLite goes about what it is asked. */
import { Kysely } from 'kysely';
import { nodeSqlite } from '@/server/store/dialect';
import { createHistory, type PageFilter } from '@/server/store/history';
import { type Session, sessionOn } from '@/server/store/prepared';
import type { Tables } from '@/server/store/schema';
import type { BigShop } from './big-shop';
import { aBackDoor } from './support';

/** The plans of all statements of some work, which is done as well; steps on lines of their own. */
export async function plansIn(
  file: string,
  work: (session: Session) => Promise<unknown>,
): Promise<string[]> {
  const door = await aBackDoor(file);
  const words = new Kysely<Tables>({ dialect: nodeSqlite(door) });
  const real = sessionOn(words, words);
  const plans: string[] = [];
  await work({
    words,
    run: (query) => {
      const values = query.parameters as readonly (string | number | null)[];
      const rows = door.prepare(`explain query plan ${query.sql}`).all(...values);
      plans.push(rows.map((row) => String(Object(row).detail)).join('\n'));
      return real.run(query);
    },
  });
  return plans;
}

/** The plan of the last statement of a page, step by step. */
export async function planOf(shop: BigShop, filter: PageFilter): Promise<string[]> {
  const { plans } = await watching(shop);
  return (await plans(filter)).at(-1)?.split('\n') ?? [];
}

/** `plans`: of each statement of a page. `statements`: their words. */
export async function watching(shop: BigShop) {
  const door = await aBackDoor(shop.file);
  const words = new Kysely<Tables>({ dialect: nodeSqlite(door) });
  const real = sessionOn(words, words);
  let said: string[] = [];
  let asked: string[] = [];
  const watched: Session = {
    words,
    run: (query) => {
      const values = query.parameters as readonly (string | number | null)[];
      const rows = door.prepare(`explain query plan ${query.sql}`).all(...values);
      asked.push(query.sql);
      said.push(rows.map((row) => String(Object(row).detail)).join('\n'));
      return real.run(query);
    },
  };
  const history = createHistory(watched);
  const plans = async (filter: PageFilter): Promise<string[]> => {
    said = [];
    await history.page(filter);
    return said;
  };
  const statements = async (filter: PageFilter): Promise<string[]> => {
    asked = [];
    await history.page(filter);
    return asked;
  };
  return { plans, statements };
}
