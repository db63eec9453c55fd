/**
 * The memory of a shop with several servers, in PostgreSQL: the same rooms over the same schema.
 * The pen passes from server to server, and each hears of what the others do.
 */
import { type MigrateSetting, migratePostgres } from './migrate-postgres';
import { createClockLead } from './postgres-clock';
import { faultOf, openPool, sessionOver } from './postgres-connection';
import { CHANNEL } from './postgres-guards';
import { createNews } from './postgres-news';
import { penOf } from './postgres-pen';
import { refusalOf } from './refused';
import { type OpenedStore, repositories } from './store';

export type OpenPostgres = MigrateSetting & {
  /** Wall ms UTC; the database's own clock where nobody hands over another. */
  readonly now?: () => number;
};

export type OpenedPostgres = Omit<OpenedStore, 'close'> & {
  /** Nothing is begun any more; resolves when what was under way has ended. */
  close(): Promise<void>;
};

/** Throws `StoreRefused` when the database cannot be used; then it is left as it was found. */
export async function openPostgres(setting: OpenPostgres): Promise<OpenedPostgres> {
  try {
    await migratePostgres(setting);
    return await opened(setting);
  } catch (error) {
    throw refusalOf(faultOf(error), setting.name);
  }
}

async function opened(setting: OpenPostgres): Promise<OpenedPostgres> {
  const { url } = setting;
  const writing = openPool(url, 'write');
  const reading = openPool(url, 'read');
  const sessions = {
    reader: sessionOver(reading),
    writer: sessionOver(writing),
    within: penOf(writing),
  };
  const news = createNews(url, async (text) => {
    await writing.query('select pg_notify($1, $2)', [CHANNEL, text]);
  });
  const lead = createClockLead(reading);
  await lead.look();
  const { now = () => Date.now() + lead.ms() } = setting;
  return {
    ...repositories(sessions, now),
    others: { listen: news.listen, refresh: news.refresh, clockLead: lead.ms },
    async close() {
      news.close();
      lead.close();
      await Promise.all([writing.end(), reading.end()]);
    },
  };
}
