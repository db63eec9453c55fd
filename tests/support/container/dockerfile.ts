/** Reads Dockerfile and .dockerignore as far as ours go: no heredoc, and COPY of plain names. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../processes';

type Instruction = { readonly word: string; readonly rest: string };
export type Stage = { readonly image: string; readonly instructions: readonly Instruction[] };
export type Copy = { readonly from: string | null; readonly names: string[]; readonly to: string };

const read = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');

export function stages(): Stage[] {
  const text = read('Dockerfile')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n/g, ' ');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const found: { image: string; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (word === 'FROM') found.push({ image: rest.split(' ')[0] ?? '', instructions: [] });
    else found.at(-1)?.instructions.push({ word, rest: rest.trim() });
  }
  return found;
}

/** What a word of a stage says, each time that it is said. */
export const said = (stage: Stage | undefined, word: string): string[] =>
  (stage?.instructions ?? []).filter((each) => each.word === word).map(({ rest }) => rest);

export const copies = (stage: Stage | undefined): Copy[] =>
  said(stage, 'COPY').map((rest) => {
    const [, from = null, names = ''] = /^(?:--from=(\S+)\s+)?(.*)$/.exec(rest) ?? [];
    const all = names.split(/\s+/);
    return { from, names: all.slice(0, -1), to: all.at(-1) ?? '' };
  });

/** `["node", "x.mjs"]`, which no shell comes between. */
export const execForm = (text: string): string[] => JSON.parse(text.slice(text.indexOf('[')));

export const settingsOf = (stage: Stage | undefined): Record<string, string> =>
  Object.fromEntries(
    said(stage, 'ENV')
      .flatMap((rest) => rest.split(/\s+/))
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );

/** Whether .dockerignore keeps a file out: the last rule for it, or for a folder of it, says. */
export function isKeptOut(file: string): boolean {
  const rules = read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ kept: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }));
  const parts = file.split('/');
  const above = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
  const last = rules.findLast(({ pattern }) => above.some((each) => pattern.test(each)));
  return last !== undefined && !last.kept;
}

function patternOf(glob: string): RegExp {
  const plain = glob.replace(/[.+^${}()|[\]]/g, '\\$&');
  return new RegExp(`^${plain.replace(/\*\*\/|\*/g, (it) => (it === '*' ? '[^/]*' : '(.*/)?'))}$`);
}
