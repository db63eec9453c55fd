/**
 * Where PostgreSQL's programs are on this machine. Where there are none they are installed, if
 * that can be done without asking anybody: on Debian and its like, by who may.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const OLDEST = 13;
/** Of Debian, of Fedora, of Homebrew; one folder for each version. */
const PLACES = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt', '/usr/local'];
const INSTALL_MS = 240_000;

export type Binaries = { readonly folder: string } | { readonly missing: string };

let known: Binaries | null = null;

export function postgresBinaries(): Binaries {
  known ??= found() ?? installed();
  return known;
}

/** The version that the others should be like comes first, then the newest. */
function found(): Binaries | null {
  const all = PLACES.flatMap((place) => (existsSync(place) ? foldersIn(place) : []));
  const byVersion = all
    .filter(({ folder, version }) => version >= OLDEST && existsSync(join(folder, 'initdb')))
    .sort((a, b) => Number(b.version === 15) - Number(a.version === 15) || b.version - a.version);
  return byVersion[0] ?? onThePath();
}

function foldersIn(place: string): { folder: string; version: number }[] {
  return readdirSync(place).flatMap((name) => {
    const [, version] = /^(?:postgresql@|pgsql-)?(\d+)$/.exec(name) ?? [];
    return version === undefined
      ? []
      : [{ folder: join(place, name, 'bin'), version: Number(version) }];
  });
}

function onThePath(): Binaries | null {
  try {
    const folder = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim();
    return existsSync(join(folder, 'initdb')) ? { folder } : null;
  } catch {
    return null;
  }
}

function installed(): Binaries {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return { missing: 'no PostgreSQL is installed here, and this user cannot install one' };
  }
  const apt = (...words: string[]) =>
    execFileSync('apt-get', words, {
      stdio: 'ignore',
      timeout: INSTALL_MS,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  try {
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', 'postgresql');
  } catch {
    return { missing: 'no PostgreSQL is installed here, and apt-get could not install one' };
  }
  return found() ?? { missing: 'apt-get installed a PostgreSQL that is not to be found' };
}
