/**
 * Settings may stand in .env files, as Next.js users expect. They are read here, once, for every
 * process that a command starts; were Next.js to read them by itself, the app could believe in
 * another environment than the simulator beside it.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What is already set wins, then the file that comes first. Dollar signs mean nothing here. */
export function withEnvFiles(env, { root, mode }) {
  const files = [`.env.${mode}.local`, '.env.local', `.env.${mode}`, '.env'];
  const found = files.map((name) => path.join(root, name)).filter((file) => existsSync(file));
  const read = found.map((file) => parseEnvFile(readFileSync(file, 'utf8')));
  return Object.assign({}, ...read.reverse(), env, { __NEXT_PROCESSED_ENV: 'true' });
}

/** `NAME=value` a line; `#` starts a comment, quotes keep blanks and `#`. */
export function parseEnvFile(text) {
  const values = {};
  const line = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\n#]*))/gm;
  for (const [, name, double, single, bare] of text.matchAll(line)) {
    values[name] = double ?? single ?? bare.trim();
  }
  return values;
}
