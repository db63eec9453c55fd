/** Places to keep a database that can become full, as a disk does. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Running } from '../support/processes';

/** No file may grow beyond this many bytes: what a quota does, on any machine and for anybody. */
export function quota(bytes: number): Running {
  // POSIX counts in blocks of 512 bytes; a shell that counts in kilobytes gets twice the room.
  const blocks = Math.ceil(bytes / 512);
  return { through: ['sh', '-c', `ulimit -f ${blocks} && exec "$0" "$@"`] };
}

/** Root without the right to pass over permissions; for others permissions hold anyway. */
export const obedient = (): Running =>
  process.getuid?.() === 0
    ? { through: ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] }
    : {};

export type Disk = {
  readonly folder: string;
  readonly fill: () => void;
  readonly free: () => void;
  readonly remove: () => void;
};

/** Memory that looks like a small disk; only root may mount one. */
export function smallDisk(folder: string): Disk {
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=0700', 'tmpfs', folder]);
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    fill: () => {
      const file = openSync(ballast, 'a');
      try {
        for (;;) writeSync(file, Buffer.alloc(4_096));
      } catch {
        closeSync(file);
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remove: () => {
      execFileSync('umount', ['-l', folder]);
    },
  };
}

export const mayMount = (): boolean => process.platform === 'linux' && process.getuid?.() === 0;
