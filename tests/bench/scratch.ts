/** Where a benchmark keeps what it throws away afterwards. */
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../support/processes';

/** Memory, so that a virtual day is not slowed by a real disk; a disk where there is none. */
const RAM_DISK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export const emptyFolder = (what: string): string =>
  mkdtempSync(path.join(RAM_DISK, `countertop-bench-${what}-`));

/** On the disk of the project: where syncs cost what they cost. */
export function folderOnDisk(what: string): string {
  const above = path.join(ROOT, 'tests/.tmp');
  mkdirSync(above, { recursive: true });
  return mkdtempSync(path.join(above, `bench-${what}-`));
}
