/** Keeps the world in a file: written whole beside the old one, then put in its place. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Model } from './model/model';
import { isSnapshot, putBack, takeSnapshot } from './model/snapshot';

export type Keeper = {
  /** Writes now, whatever was written last. */
  save(): void;
  stop(): void;
};

const PAUSE_MS = 2000;
/** Writing takes at most a twentieth of the time, however large the world has grown. */
const SHARE = 20;

/** False when there is a file but it holds no world; the caller decides what to say of it. */
export function loadWorld(model: Model, file: string): boolean {
  if (!existsSync(file)) return true;
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isSnapshot(value)) return false;
    putBack(model.world, value);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

export function keepWorld(model: Model, file: string): Keeper {
  let last = '';
  let timer: NodeJS.Timeout;
  const save = (): void => {
    const text = JSON.stringify(takeSnapshot(model.world));
    if (text === last) return;
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    last = text;
  };
  const saveAndPlan = (): void => {
    const began = performance.now();
    save();
    const took = performance.now() - began;
    timer = setTimeout(saveAndPlan, Math.max(PAUSE_MS, took * SHARE));
    timer.unref();
  };
  saveAndPlan();
  return { save, stop: () => clearTimeout(timer) };
}
