/**
 * Reads a source file the way the house rules need it: without comments, or without comments and
 * the insides of strings as well. Line numbers stay as they are. It is a scanner and no compiler:
 * what it cannot tell apart it leaves alone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../processes';

export type Source = { readonly file: string; readonly text: string };
/** What is wrong, one sentence each; empty when nothing is. */
export type Rule = (source: Source) => readonly string[];

const NOT_OURS =
  /^(\.git|\.next|node_modules|data|test-results|playwright-report|tests\/\.tmp|public\/vendor)$|\.tsbuildinfo$|^next-env\.d\.ts$|\.DS_Store$/;

/** Every file of the project, as paths from its root, whether Git knows them yet or not. */
export function projectFiles(folder = ''): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const at = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (NOT_OURS.test(at)) return [];
    return entry.isDirectory() ? projectFiles(at) : [at];
  });
}

export const isCode = (file: string): boolean => /\.(ts|tsx|mts|mjs|js|jsx|cjs)$/.test(file);

export function projectSources(): Source[] {
  return projectFiles()
    .filter(isCode)
    .map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));
}

/** Before these a slash begins a pattern and does not divide. */
const BEFORE_PATTERN = /(?:^|[=(,:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else))\s*$/;

type Piece = { readonly kind: 'code' | 'comment' | 'string'; readonly text: string };

/** Cuts a text into code, comments and strings (templates and patterns count as strings). */
function* pieces(text: string): Generator<Piece> {
  const rest =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/g;
  let code = '';
  let from = 0;
  for (let match = rest.exec(text); match !== null; match = rest.exec(text)) {
    const [found] = match;
    code += text.slice(from, match.index);
    const isPattern = found.startsWith('/') && !/^\/[/*]/.test(found);
    if (isPattern && !BEFORE_PATTERN.test(code.slice(-40))) {
      code += '/';
      rest.lastIndex = match.index + 1;
    } else {
      yield { kind: 'code', text: code };
      yield { kind: /^\/[/*]/.test(found) ? 'comment' : 'string', text: found };
      code = '';
    }
    from = rest.lastIndex;
  }
  yield { kind: 'code', text: code + text.slice(from) };
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

export function withoutComments(text: string): string {
  let out = '';
  for (const piece of pieces(text)) {
    out += piece.kind === 'comment' ? blank(piece.text) : piece.text;
  }
  return out;
}

/** Strings without their insides, which no formatter can break. */
export function withoutStrings(text: string): string {
  let out = '';
  for (const piece of pieces(text)) {
    out += piece.kind === 'string' ? `''${piece.text.replace(/[^\n]/g, '')}` : piece.text;
  }
  return out;
}

/** Comments and the insides of strings are blank. What a template computes is kept. */
export function skeleton(text: string): string {
  let out = '';
  for (const piece of pieces(text)) {
    if (piece.kind === 'code') out += piece.text;
    else if (piece.kind === 'comment') out += blank(piece.text);
    else if (piece.text.startsWith('`')) out += templateCode(piece.text);
    else out += piece.text[0] + blank(piece.text.slice(1, -1)) + piece.text.at(-1);
  }
  return out;
}

function templateCode(template: string): string {
  const computed = [...template.matchAll(/\$\{([^{}]*)\}/g)];
  let out = blank(template);
  for (const { index, 0: whole } of computed) {
    out = out.slice(0, index) + whole.replace('$', ' ') + out.slice(index + whole.length);
  }
  return out;
}

export type Import = { readonly ours: boolean; readonly name: string };

/** Ours as paths from the root without an extension; packages by the name they are asked by. */
export function importsOf({ file, text }: Source): Import[] {
  const code = withoutComments(text);
  const asked =
    /(?:^|[;\n}])\s*(?:import|export)\b(?:[^;'"`]*?\bfrom)?\s*(['"])([^'"\n]+)\1|\b(?:import|require)\s*\(\s*(['"])([^'"\n]+)\3/g;
  return [...code.matchAll(asked)]
    .map((match) => match[2] ?? match[4] ?? '')
    .filter((name) => !name.endsWith('.css'))
    .map((name) => {
      const bare = name.replace(/\.(ts|tsx|mts|mjs|js)$/, '');
      if (name.startsWith('@/')) return { ours: true, name: bare.slice(2) };
      if (!name.startsWith('.')) return { ours: false, name };
      return { ours: true, name: path.posix.join(path.posix.dirname(file), bare) };
    });
}
