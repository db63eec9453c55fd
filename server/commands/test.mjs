/**
 * npm test: types, style, what nothing uses, everything in Vitest, some simulated worlds and
 * everything in the browser. It installs and builds what is missing, goes on after a failure so
 * that one run shows them all, and closes with one line that adds them up.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { needBrowser } from './browser.mjs';
import { buildIfChanged } from './build.mjs';
import { main, NEXT, ROOT, run, stopRunning } from './child.mjs';
import { installMissing } from './install.mjs';
import {
  closingLine,
  failedInPlaywright,
  failedInVitest,
  ofPlaywright,
  ofProgram,
  ofVitest,
  total,
} from './tally.mjs';

const REPORTS = path.join(ROOT, 'tests/.tmp/reports');
const UNIT_REPORT = path.join(REPORTS, 'vitest.json');
/** Browser tests that do not mind a busy machine run two at a time, the others by themselves. */
const BROWSER_RUNS = [
  { projects: ['longest', 'together'], workers: 2 },
  { projects: ['alone'], workers: 1 },
];
const browserReport = ({ projects }) => path.join(REPORTS, `playwright-${projects[0]}.json`);
/** A short part of what `npm run simulate` can go on with for hours. */
const SEEDS = 5000;
const bin = (name) => path.join('node_modules', name);

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => {
    stopRunning('SIGINT');
    process.exit(1);
  });
}

await main(async ({ say }) => {
  await installMissing({ say });
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const tallies = [await types(say), await style(say), await unused(say)];
  const built = await attempt(() => buildIfChanged({ say }));
  // Most tests wait for something: meanwhile the worlds, which wait for nothing, go on.
  const worlds = lived();
  tallies.push(await unit(say));
  for (const each of BROWSER_RUNS) {
    tallies.push(built ? await browser(say, each) : ofPlaywright(null, 1));
  }
  say('Simulated worlds…');
  const { code, output } = await worlds;
  say(output);
  tallies.push(ofProgram(code));
  const failed = [
    ...(code === 0 ? [] : ['simulated worlds']),
    ...failedInVitest(read(UNIT_REPORT)),
    ...BROWSER_RUNS.flatMap((each) => failedInPlaywright(read(browserReport(each)))),
  ];
  for (const name of failed) say(`failed: ${name}`);
  const whole = total(tallies);
  say(`\n${closingLine(whole)}`);
  process.exitCode = whole.failed === 0 ? 0 : 1;
});

async function types(say) {
  say('Types…');
  // tsc knows the routes and the CSS of Next.js only by the files that this writes.
  const made = await run(process.execPath, [NEXT, 'typegen']);
  const checked = await run(process.execPath, [bin('typescript/bin/tsc'), '--noEmit']);
  const code = made.code || checked.code;
  if (code !== 0) say((made.code === 0 ? '' : made.output) + checked.output);
  return ofProgram(code);
}

async function style(say) {
  say('Style…');
  return ofProgram(await program(say, ['@biomejs/biome/bin/biome', 'ci', '--colors=off', '.']));
}

/** A file, an export or a package that nothing uses is read by everybody who looks for one. */
async function unused(say) {
  say('Unused code…');
  return ofProgram(await program(say, ['knip/bin/knip.js', '--config', 'tests/knip.jsonc']));
}

/** Says what a program said only when it found something. */
async function program(say, [name, ...args]) {
  const { code, output } = await run(process.execPath, [bin(name), ...args]);
  if (code !== 0) say(output);
  return code;
}

async function unit(say) {
  say('Tests without a browser…');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${UNIT_REPORT}`];
  const args = [bin('vitest/vitest.mjs'), 'run', '--config', 'tests/vitest.config.mts'];
  const { code } = await run(process.execPath, [...args, ...reporters], { show: true });
  return ofVitest(read(UNIT_REPORT), code);
}

function lived() {
  const args = ['--import', 'tsx', 'server/commands/simulate.ts', '--seeds', String(SEEDS)];
  return run(process.execPath, args, { patient: true });
}

async function browser(say, each) {
  say(`Tests in a browser, ${each.projects.join(' and ')}…`);
  let code = 1;
  await attempt(async () => {
    const env = {
      ...process.env,
      CHROMIUM_PATH: await needBrowser({ say }),
      PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport(each),
    };
    const args = [bin('playwright/cli.js'), 'test', '--config', 'tests/playwright.config.ts'];
    const named = each.projects.flatMap((project) => ['--project', project]);
    const some = [...named, '--workers', String(each.workers)];
    const show = ['--reporter=list,json'];
    ({ code } = await run(process.execPath, [...args, ...some, ...show], { env, show: true }));
  });
  return ofPlaywright(read(browserReport(each)), code);
}

/** Shows why something could not be done, and goes on with the rest. */
async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    return false;
  }
}

function read(report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
}
