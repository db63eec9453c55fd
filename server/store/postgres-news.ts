/**
 * What other servers did. PostgreSQL tells it as it is committed; that is only a hint, and what it
 * is about is read by number. So nothing is lost with a lost line: whoever comes back reads again,
 * and every few seconds somebody looks without having been told.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { clientConfig } from './postgres-connection';
import { CHANNEL } from './postgres-guards';

export type News = {
  /** Money changed somewhere, or may have: read the feed from the number that was seen last. */
  readonly changed: () => void;
  /** Somebody at another server changed what tills go by. */
  readonly refreshed: () => void;
};

const LOOK_MS = 5_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;

export function createNews(url: string, tell: (text: string) => Promise<void>) {
  const me = randomUUID();
  let told: News | null = null;
  const line = createLine(url, {
    /** Whatever was said while nobody listened. */
    opened: () => told?.changed(),
    said: (text) => {
      if (text === '') told?.changed();
      else if (text !== me) told?.refreshed();
    },
  });
  let looking: NodeJS.Timeout | undefined;
  return {
    /** From now on, until the end. */
    listen(news: News): void {
      told = news;
      const look = () => {
        news.changed();
        line.check();
      };
      looking = setInterval(look, LOOK_MS);
      looking.unref();
      line.open();
    },
    /** To everybody but ourselves. */
    refresh: (): Promise<void> => tell(me),
    close(): void {
      clearInterval(looking);
      line.close();
    },
  };
}

type Ear = { readonly opened: () => void; readonly said: (text: string) => void };

/** A line that is opened again whenever it is lost. */
function createLine(url: string, { opened, said }: Ear) {
  let line: pg.Client | null = null;
  let retryMs = FIRST_RETRY_MS;
  let ended = false;
  let waiting: NodeJS.Timeout | undefined;

  const later = () => {
    if (ended) return;
    waiting = setTimeout(() => void connect(), retryMs);
    waiting.unref();
    retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
  };
  const drop = (client: pg.Client) => {
    if (line !== client) return;
    line = null;
    later();
    // It may wait for ever for an answer to its farewell.
    void client.end().catch(() => {});
  };
  const connect = async () => {
    const client = new pg.Client({ ...clientConfig(url, 'listen'), query_timeout: LOOK_MS });
    line = client;
    client.on('error', () => drop(client));
    client.on('end', () => drop(client));
    client.on('notification', ({ payload = '' }) => said(payload));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      retryMs = FIRST_RETRY_MS;
    } catch {
      drop(client);
      return;
    }
    if (ended) void client.end().catch(() => {});
    else opened();
  };
  return {
    open: () => void connect(),
    /** A line can be dead without a word; a question finds it out. */
    check(): void {
      const client = line;
      client?.query('select 1').catch(() => drop(client));
    },
    close(): void {
      ended = true;
      clearTimeout(waiting);
      void line?.end().catch(() => {});
    },
  };
}
