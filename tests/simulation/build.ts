/**
 * Puts the simulation and the product's sources into one file that a worker runs, as they are or
 * with one bug planted. The bug is put in while the file is made: the product has no switch for it.
 */
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { build } from 'esbuild';
import type { Change, PlantedBug } from './planted';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Inside the modules' folder, so that the package engine is found from there. */
const CACHE = join(ROOT, 'node_modules', '.cache');

export type Built = { readonly file: string; readonly forget: () => Promise<void> };

export async function buildWorlds(bug: PlantedBug | null): Promise<Built> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'countertop-worlds-'));
  const file = join(folder, 'worlds.mjs');
  await build({
    entryPoints: [join(ROOT, 'tests/simulation/worker.ts')],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'error',
    alias: { '@': ROOT.replace(/\/$/, '') },
    external: ['@photostructure/sqlite', 'pg'],
    plugins: bug === null ? [] : [planting(bug)],
  });
  return { file, forget: () => rm(folder, { recursive: true, force: true }) };
}

/** Every replacement must find its place exactly once: a bug that is not there would survive. */
function plant(name: string, text: string, { from, to }: Omit<Change, 'file'>): string {
  const places = text.split(from).length - 1;
  if (places !== 1) throw new Error(`${name}: its place is there ${places} times`);
  return text.replace(from, () => to);
}

/** A source as it would be with the bug. */
export const planted = (bug: PlantedBug, file: string): string =>
  bug.changes
    .filter((change) => change.file === file)
    .reduce(
      (text, change) => plant(bug.name, text, change),
      readFileSync(join(ROOT, file), 'utf8'),
    );

function planting(bug: PlantedBug): Plugin {
  const files = new Map(bug.changes.map(({ file }) => [join(ROOT, file), file]));
  return {
    name: 'planted-bug',
    setup(worlds) {
      worlds.onLoad({ filter: /\.ts$/ }, (asked) => {
        const file = files.get(asked.path);
        return file === undefined ? undefined : { contents: planted(bug, file), loader: 'ts' };
      });
    },
  };
}
