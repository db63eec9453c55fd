/**
 * Stands in for `@/server/store` where a test file runs a second time: what is opened by the name
 * of a file is a database of PostgreSQL then, and everything else is the same.
 */
import { type OpenedFile, openPostgres } from '../../../server/store/index';
import { databaseOf, urlOf } from './databases';

export * from '../../../server/store/index';

type Setting = {
  readonly file: string;
  readonly log?: (says: string) => void;
  readonly now?: () => number;
};

export async function openStore({ file, ...setting }: Setting): Promise<OpenedFile> {
  const database = await databaseOf(file);
  const opened = await openPostgres({ ...setting, url: urlOf(database), name: database });
  return {
    ...opened,
    integrity: () => 'ok',
    close: () => void opened.close().catch(() => {}),
  };
}
