/**
 * Reads the titles of tests out of their sources, so that a claim to hold a row of a map counts.
 * A title is the first text of test(), it() or describe(), and every text in the table of an
 * each() whose rows it may print.
 */
import { type Source, skeleton } from './house/source';

export type Titles = { readonly file: string; readonly titles: readonly string[] };

const IS_TEST = /^tests\/(?!\.tmp\/).+\.(test|spec)\.tsx?$/;
const CALL = /\b(?:test|it|describe)((?:\.\w+)*)\s*\(/g;
const TEXT = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
const TITLE = new RegExp(`^\\s*(${TEXT.source})`);

export function titlesOf({ file, text }: Source): Titles {
  const bare = skeleton(text);
  const titles = [...bare.matchAll(CALL)].flatMap(({ 0: call, 1: chain = '', index }) => {
    const from = index + call.length;
    const to = closing(bare, from);
    const inside = text.slice(from, to);
    if (!/\.(each|for)$/.test(chain)) return TITLE.exec(inside)?.[1] ?? [];
    const printed = TITLE.exec(text.slice(to + 1).replace(/^\s*\(/, ''))?.[1] ?? [];
    return [...(inside.match(TEXT) ?? []), ...[printed].flat()];
  });
  return { file, titles };
}

/** The place of the bracket that closes what was opened right before `from`. */
function closing(bare: string, from: number): number {
  let depth = 1;
  for (let at = from; at < bare.length; at += 1) {
    const char = bare[at] ?? '';
    if ('([{'.includes(char)) depth += 1;
    if (')]}'.includes(char)) depth -= 1;
    if (depth === 0) return at;
  }
  return bare.length;
}

/** Which test files claim which number of a map: `F07`, `S31`; numbers of no row as well. */
export function claims(
  sources: readonly Source[],
  letter: 'F' | 'S',
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const number = new RegExp(`\\b${letter}\\d{2,}\\b`, 'g');
  for (const { file, titles } of sources.filter((one) => IS_TEST.test(one.file)).map(titlesOf)) {
    const numbers = new Set(titles.flatMap((title) => title.match(number) ?? []));
    for (const one of numbers) found.set(one, [...(found.get(one) ?? []), file]);
  }
  return found;
}
