/** Lays out the last stage of the Dockerfile as a folder, from what is built and installed here. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  constants,
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ROOT } from '../processes';
import { copies, stages } from './dockerfile';

export function layOut(folder: string): void {
  for (const { from, names, to } of copies(stages().at(-1))) {
    for (const name of names) {
      const own = from === null ? name : path.posix.relative('/srv/countertop', name);
      const many = names.length > 1 || to.endsWith('/');
      const at = path.join(folder, many ? path.join(to, path.basename(own)) : to);
      if (own === 'node_modules') takeForProduction(at);
      else cpSync(path.join(ROOT, own), at, { recursive: true, filter: isNoCache });
    }
  }
}

const isNoCache = (file: string): boolean =>
  path.relative(ROOT, file).split(path.sep).join('/') !== '.next/cache';

type Lock = { readonly packages: Readonly<Record<string, { dev?: true; devOptional?: true }>> };

/** What `npm prune --omit=dev` would leave, and the note by which a start knows it. */
function takeForProduction(to: string): void {
  const text = readFileSync(path.join(ROOT, 'package-lock.json'));
  const lock: Lock = JSON.parse(text.toString());
  for (const [name, { dev, devOptional }] of Object.entries(lock.packages)) {
    if (name === '' || dev || devOptional) continue;
    linkTree(path.join(ROOT, name), path.join(to, path.relative('node_modules', name)));
  }
  // install.mjs left it there before the packages for development went.
  const stamp = createHash('sha256').update(text).digest('hex');
  writeFileSync(path.join(to, '.countertop-lock-hash'), stamp);
}

/** A package with what lies in it, but not the packages that lie in it: the lock names those. */
function linkTree(from: string, to: string): void {
  const entries = entriesOf(from);
  if (entries.length === 0) return;
  mkdirSync(to, { recursive: true });
  chmodSync(to, 0o755);
  for (const entry of entries) {
    const [a, b] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory() && entry.name !== 'node_modules') linkTree(a, b);
    else if (entry.isFile()) linkFile(a, b);
  }
}

/** Of an optional package for another machine there is nothing. */
function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function linkFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
}
