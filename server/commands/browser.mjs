/**
 * Finds a browser for the tests, or gets one: Debian's where that is possible, else the one that
 * Playwright keeps. CHROMIUM_PATH wins over every search.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { run, Stop } from './child.mjs';

/** The one without windows first: the same pages for a third less of the processor's time. */
const HEADLESS = 'chromium-headless-shell';
const NAMES = [HEADLESS, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The path of a browser that stands ready, or null. Throws Stop when CHROMIUM_PATH is wrong.
 * @param {Record<string, string | undefined>} env
 * @param {() => Promise<string | null>} ownOfPlaywright
 */
export async function findBrowser(env = process.env, ownOfPlaywright = playwrightsOwn) {
  const given = env.CHROMIUM_PATH;
  if (given) {
    if (isProgram(given)) return given;
    throw new Stop('CHROMIUM_PATH names no program: correct it, or leave it out for a search.');
  }
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const candidates = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return candidates.find(isProgram) ?? (await ownOfPlaywright());
}

/** Finds one or installs one. Throws Stop, saying how to do it by hand, when neither works. */
export async function needBrowser({ say, env = process.env }) {
  const found = await findBrowser(env);
  if (found !== null) return found;
  say('No browser found; installing one…');
  const said = [];
  for (const [program, ...args] of ways()) {
    if ((await findBrowser(env)) !== null) break;
    const { code, output } = await run(program, args, { env: { ...env, ...QUIET } });
    if (code !== 0) said.push(`${[program, ...args].join(' ')}\n${output}`);
  }
  const installed = await findBrowser(env);
  if (installed !== null) return installed;
  throw new Stop(
    ...said,
    'There is no browser for the tests and none could be installed: install Chromium or Google ' +
      'Chrome (on Debian: apt-get install chromium), or set CHROMIUM_PATH to one.',
  );
}

const APT_INSTALL = ['apt-get', 'install', '-y', '-q', '--no-install-recommends'];
const QUIET = { DEBIAN_FRONTEND: 'noninteractive' };

function ways() {
  const debian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  return debian
    ? [
        ['apt-get', 'update', '-q'],
        // An older Debian has it with windows alone.
        ...[HEADLESS, 'chromium'].map((name) => [...APT_INSTALL, name]),
      ]
    : [[process.execPath, 'node_modules/playwright/cli.js', 'install', 'chromium']];
}

async function playwrightsOwn() {
  try {
    const own = (await import('playwright')).chromium.executablePath();
    return isProgram(own) ? own : null;
  } catch {
    return null;
  }
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
