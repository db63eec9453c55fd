/** Databases of a test's own, and servers that are open on them until its end. */
import { afterEach, onTestFinished } from 'vitest';
import { openPostgres } from '@/server/store';
import { asked, fresh, urlOf } from '../../support/postgres/databases';

export { asked, cutOff, urlOf } from '../../support/postgres/databases';

export type Server = Awaited<ReturnType<typeof openPostgres>>;

const left: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of left.splice(0)) await end();
});

/** An empty shop; or a database with nothing in it at all. */
export async function aDatabase(how: 'shop' | 'nothing' = 'shop'): Promise<string> {
  const name = await fresh(how === 'shop' ? undefined : 'template0');
  left.push(() => asked(urlOf('postgres'), `drop database if exists ${name} with (force)`));
  return name;
}

export async function aServer(
  database: string,
  setting: { now?: () => number } = {},
): Promise<Server> {
  const opened = await openPostgres({ ...setting, url: urlOf(database), name: database });
  onTestFinished(() => opened.close().catch(() => {}));
  return opened;
}
