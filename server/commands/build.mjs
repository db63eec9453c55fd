/**
 * Builds the app when what it is made of has changed. It goes by the contents of the files, not
 * by their dates: a fresh clone, a checkout back and forth and a restored backup all build right.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NEXT, ROOT, run, Stop } from './child.mjs';

const FOLDERS = ['app', 'components', 'lib', 'public', 'server'];
const FILES = [
  'instrumentation.ts',
  'next.config.ts',
  'package.json',
  'package-lock.json',
  'proxy.ts',
  'tailwind.config.ts',
  'tsconfig.json',
];
/** They run beside the app and are no part of it. */
const APART = ['server/commands', 'server/simulator'];

/** One hash over the names and contents of everything that the build reads. */
function hashOfSources(root = ROOT) {
  const hash = createHash('sha256');
  const files = [...FOLDERS.flatMap((folder) => walk(root, folder)), ...FILES];
  for (const file of files.filter((name) => existsSync(path.join(root, name))).sort()) {
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function walk(root, folder) {
  if (APART.includes(folder) || !existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const at = `${folder}/${entry.name}`;
    if (entry.name.startsWith('.')) return [];
    return entry.isDirectory() ? walk(root, at) : [at];
  });
}

/** Answers whether it had to build. Throws Stop with what Next.js said when it could not. */
export async function buildIfChanged({ say, root = ROOT, build = runBuild }) {
  const note = path.join(root, '.next/countertop-hash');
  const wanted = hashOfSources(root);
  const built = existsSync(note) && existsSync(path.join(root, '.next/BUILD_ID'));
  if (built && readFileSync(note, 'utf8') === wanted) return false;
  say('Building the app (first start, or its sources changed; about half a minute)…');
  // A build that breaks off half-way must not pass for the old one.
  rmSync(note, { force: true });
  const { code, output } = await build();
  if (code !== 0) throw new Stop(output, 'The app could not be built: see above why.');
  mkdirSync(path.dirname(note), { recursive: true });
  writeFileSync(note, wanted);
  return true;
}

function runBuild() {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  return run(process.execPath, [NEXT, 'build'], { env });
}
