/**
 * Brings node_modules to what package-lock.json says, and leaves it alone when it is there
 * already. No package gets to run a script of its own: none that we use needs one.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, run, Stop } from './child.mjs';

/** Answers whether it had to install. Throws Stop when npm could not. */
export async function installMissing({ say, root = ROOT, npm = runNpm }) {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const stamp = path.join(root, 'node_modules/.countertop-lock-hash');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  const missing = !isInstalled(root, lock);
  if (missing) {
    say('Installing packages (about half a minute)…');
    const { code, output } = await npm();
    if (code !== 0) {
      throw new Stop(output, 'npm could not install the packages: see above what it said.');
    }
  }
  writeFileSync(stamp, wanted);
  return missing;
}

/** Somebody may have installed by hand: npm notes what it did in node_modules. */
function isInstalled(root, lock) {
  const note = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const there = JSON.parse(readFileSync(note, 'utf8')).packages ?? {};
  return Object.entries(JSON.parse(lock.toString()).packages).every(
    ([name, { version, optional }]) =>
      name === '' || there[name]?.version === version || (optional && there[name] === undefined),
  );
}

function runNpm() {
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  const self = process.env.npm_execpath;
  return self?.endsWith('js') ? run(process.execPath, [self, ...args]) : run('npm', args);
}
