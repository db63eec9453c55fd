/**
 * The files of a world, in memory where the machine has a file system for that. A crash leaves
 * what a killed process leaves, the database and its log as they are; a power cut leaves of the log
 * only what had been synced.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@/server/store';

const MEMORY = '/dev/shm';

/** An empty shop, migrated once and then copied for every world. */
export type Template = { readonly folder: string; readonly bytes: Buffer };

export async function makeTemplate(): Promise<Template> {
  const folder = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'countertop-world-'));
  const file = join(folder, 'template.db');
  const opened = await openStore({ file });
  await opened.meta.installationPrefix(() => PREFIX);
  opened.close();
  return { folder, bytes: readFileSync(file) };
}
export const PREFIX = 'S1M';

export const forget = ({ folder }: Template): void =>
  rmSync(folder, { recursive: true, force: true });

export type Files = ReturnType<typeof makeFiles>;

export function makeFiles(template: Template, seed: number) {
  const folder = join(template.folder, String(seed));
  let serial = 0;
  const fresh = (): string => {
    serial += 1;
    return join(folder, `${serial}.db`);
  };
  mkdirSync(folder, { recursive: true });
  return {
    first(): string {
      const file = fresh();
      writeFileSync(file, template.bytes, { mode: 0o600 });
      return file;
    },
    /** What is on the disk now; `syncedLog` cuts the log to what a power cut leaves. */
    copy(file: string, syncedLog?: number): string {
      const next = fresh();
      copyFileSync(file, next);
      if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${next}-wal`);
      if (syncedLog !== undefined && logSize(next) > syncedLog) {
        truncateSync(`${next}-wal`, syncedLog);
      }
      return next;
    },
    end: (): void => rmSync(folder, { recursive: true, force: true }),
  };
}

export function logSize(file: string): number {
  return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}
