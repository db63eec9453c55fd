/** What the pages say that a computer can look up: commands, files, links and settings. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readEnvironment, type Source } from '@/server/env';
import { ROOT } from '../processes';

export type Page = { readonly file: string; readonly text: string };

const TOP = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'Dockerfile'];

export function pages(): Page[] {
  const below = readdirSync(path.join(ROOT, 'docs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));
  return [...TOP, ...below].map((file) => ({
    file,
    text: readFileSync(path.join(ROOT, file), 'utf8'),
  }));
}

/** What stands in code, inline or fenced; a file that is no page is code from end to end. */
export function codeOf({ file, text }: Page): string[] {
  if (!file.endsWith('.md')) return [text];
  const fenced = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
  const rest = text.replace(/^```[\s\S]*?^```/gm, '');
  return [...fenced, ...[...rest.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)];
}

const all = (code: readonly string[], pattern: RegExp): string[] =>
  code.flatMap((one) => [...one.matchAll(pattern)].map(([, found = '']) => found));

export const scriptsOf = (page: Page): string[] =>
  all(codeOf(page), /\bnpm (?:run )?(?:-s )?(start|test|(?<=run (?:-s )?)[a-z0-9]+)\b/g);

/** `run.mjs NAME`, which is a file beside it. */
export const commandsOf = (page: Page): string[] => all(codeOf(page), /\brun\.mjs ([a-z]+)/g);

const ROOM = String.raw`(?:app|components|lib|server|tests|docs|public|\.ci)`;
const FILE = new RegExp(
  String.raw`(?<![\w./-])(${ROOM}/[\w./()[\]-]*[\w)\]])(?![\w…*{/-]|\.[*{])`,
  'g',
);

/** Paths from the root; not those that leave something open. */
export const pathsOf = (page: Page): string[] =>
  all(codeOf(page), FILE).filter((name) => !name.includes('…'));

export type Link = { readonly to: string; readonly anchor: string | null };

/** Links to our own pages, from the root. */
export const linksOf = ({ file, text }: Page): Link[] =>
  [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(
    ([, to = '', anchor = null]) => ({
      to: to === '' ? file : path.posix.join(path.posix.dirname(file), to),
      anchor,
    }),
  );

/** The anchors of a page's headings, as GitHub makes them. */
export const anchorsIn = (text: string): string[] =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const SETTING =
  /\b((?:QFPAY|SHOP|SIMULATOR|TLS|SETUP|DATABASE|PUBLIC|TRUSTED|AUTH|NEXTAUTH)_[A-Z_]*[A-Z])\b/g;

export const settingsIn = (page: Page): string[] => all(codeOf(page), SETTING);

/** What npm start and Node.js tell the app, and nobody else sets. */
const BETWEEN_OURSELVES = /^(COUNTERTOP_|QFPAY_SIMULATOR_|NODE_)/;

/** Every name that the settings ask for, found out by asking in every environment. */
export function settingsAskedFor(): string[] {
  const asked = new Set<string>();
  const given = [
    ...['simulator', 'sandbox', 'test', 'prod'].map((QFPAY_ENV) => ({ QFPAY_ENV })),
    { DATABASE_URL: 'postgres://shop@127.0.0.1/shop' },
    { QFPAY_APPCODE: 'CODE', QFPAY_KEY: 'KEY' },
  ];
  for (const source of given as readonly Source[]) {
    const listening = new Proxy(source, {
      get: (target, name) => {
        if (typeof name === 'string') asked.add(name);
        return Reflect.get(target, name);
      },
    });
    readEnvironment(listening);
  }
  return [...asked].filter((name) => !BETWEEN_OURSELVES.test(name)).sort();
}

/**
 * The names in the first column of the README's table of settings. `…_KEY` changes the end of the
 * name before it; `same for TEST` repeats a row for another environment.
 */
export function settingsExplained(readme: string): string[] {
  const table = readme.slice(readme.indexOf('## Configuration'));
  const rows = table.slice(0, table.indexOf('\n## ')).split('\n').slice(1);
  return rows.flatMap((row) => {
    const [, first = ''] = row.split('|');
    const names: string[] = [];
    for (const [, word = ''] of first.matchAll(/`([^`]+)`/g)) {
      const before = names[0] ?? '';
      if (word.startsWith('…')) names.push(before.replace(/_[A-Z]+$/, word.slice(1)));
      else if (/^(TEST|PROD)$/.test(word)) names.push(...forOther(names, word));
      else names.push(word);
    }
    return names;
  });
}

const forOther = (names: readonly string[], other: string): string[] =>
  names.filter((name) => name.includes('SANDBOX')).map((name) => name.replace('SANDBOX', other));
