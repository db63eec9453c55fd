/**
 * Finds functions with bodies, how long they are and how many parameters they take. It counts
 * brackets in a skeleton; where a return type is stranger than it knows, it lets a function pass.
 */
import { type Rule, skeleton } from './source';

export type Measured = {
  readonly name: string;
  /** From 1. */
  readonly line: number;
  readonly lines: number;
  readonly parameters: number;
};

const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const NO_FUNCTION = /^(if|for|while|switch|catch|with|await|return|typeof|import)$/;

/** The place after the bracket that closes the one at `at`. */
function after(code: string, at: number): number {
  const open: string[] = [];
  for (let i = at; i < code.length; i++) {
    const char = code[i] ?? '';
    if (CLOSES[char] !== undefined) open.push(CLOSES[char]);
    else if (char === open.at(-1)) open.pop();
    if (open.length === 0) return i + 1;
  }
  return code.length;
}

const skipBlanks = (code: string, at: number): number =>
  at + (/^\s*/.exec(code.slice(at, at + 400))?.[0].length ?? 0);

/** The place after a type, or `at` itself when none begins there. */
function afterType(code: string, at: number): number {
  let i = skipBlanks(code, at);
  for (;;) {
    const char = code[i] ?? '';
    const word = /^(?:['"][^'"\n]*['"]|[\w.]+)/.exec(code.slice(i, i + 200))?.[0] ?? '';
    if (CLOSES[char] !== undefined) i = after(code, i);
    else if (char === '<') i = afterAngles(code, i);
    else if (word !== '') i += word.length;
    else return i;
    const next = skipBlanks(code, i);
    const joint = /^(?:[|&]|=>|extends\b|is\b|\[|<|\?|:)/.exec(code.slice(next, next + 8))?.[0];
    const joins = joint !== undefined && (joint !== '=>' || code[i - 1] === ')');
    if (!joins && !/\b(keyof|readonly|typeof|asserts)$/.test(code.slice(at, i))) return i;
    i = joint === '[' || joint === '<' ? next : skipBlanks(code, next + (joint?.length ?? 0));
  }
}

function afterAngles(code: string, at: number): number {
  let depth = 0;
  for (let i = at; i < code.length; i++) {
    if (code[i] === '<') depth++;
    if (code[i] === '>' && code[i - 1] !== '=') depth--;
    if (depth === 0) return i + 1;
  }
  return code.length;
}

function parameters(inside: string): number {
  let depth = 0;
  let count = 0;
  let something = false;
  for (const [i, char] of [...inside].entries()) {
    if ('([{<'.includes(char)) depth++;
    else if (')]}'.includes(char) || (char === '>' && inside[i - 1] !== '=')) depth--;
    if (char === ',' && depth === 0) {
      count++;
      something = false;
    } else if (/\S/.test(char)) something = true;
  }
  return count + (something ? 1 : 0);
}

export function functionsOf(text: string): Measured[] {
  const code = skeleton(text);
  const found: Measured[] = [];
  for (let at = code.indexOf('('); at >= 0; at = code.indexOf('(', at + 1)) {
    const before = code.slice(Math.max(0, at - 200), at);
    const name = /([\w$]+)\s*(?:<[^()]*>)?\s*$/.exec(before)?.[1] ?? '';
    if (NO_FUNCTION.test(name)) continue;
    const closed = after(code, at);
    let next = skipBlanks(code, closed);
    if (code[next] === ':') next = skipBlanks(code, afterType(code, next + 1));
    const arrow = code.startsWith('=>', next);
    if (arrow) next = skipBlanks(code, next + 2);
    const body = code[next] === '{';
    if (!arrow && !body) continue;
    // A call with a block after it is no declaration; Biome's format leaves no such thing but this.
    const end = body ? after(code, next) : next;
    found.push({
      name: arrow
        ? (/([\w$]+)\s*(?::[^=\n;]*)?=\s*(?:async\s*)?$/.exec(before)?.[1] ?? 'arrow')
        : name,
      line: code.slice(0, at).split('\n').length,
      lines: code.slice(at, end).split('\n').length,
      parameters: parameters(code.slice(at + 1, closed - 1)),
    });
  }
  return found;
}

const LINES_MAX = 60;
const PARAMETERS_MAX = 3;

export const functionsAreShort: Rule = ({ file, text }) => {
  // A describe() is a chapter of sentences, and a row of test.each a row: nothing to understand.
  if (/\.test\.tsx?$|^tests\/e2e\//.test(file)) return [];
  return functionsOf(text).flatMap(({ name, line, lines, parameters: count }) => [
    ...(lines > LINES_MAX ? [`${file}:${line} ${name} has ${lines} lines`] : []),
    ...(count > PARAMETERS_MAX ? [`${file}:${line} ${name} takes ${count} parameters`] : []),
  ]);
};
