/** The habits of the house, one rule each: settings, money, clocks, sizes, names, types, tests. */
import {
  isCode,
  type Rule,
  type Source,
  skeleton,
  withoutComments,
  withoutStrings,
} from './source';

/** Names the lines of a text that match, numbered from 1. */
const lines = (
  { file }: Source,
  text: string,
  wrongs: Readonly<Record<string, RegExp>>,
): string[] =>
  Object.entries(wrongs).flatMap(([says, bad]) =>
    text
      .split('\n')
      .flatMap((line, index) => (bad.test(line) ? [`${file}:${index + 1} ${says}`] : [])),
  );

const inProduct = (file: string): boolean => /^(app|components|lib|server)\//.test(file);
const isBeside = (file: string): boolean =>
  /^(server\/simulator|server\/commands|tests)\//.test(file);

export const settingsComeFromOnePlace: Rule = (source) => {
  const { file } = source;
  if (/^(server\/(env\.ts|commands\/[^/]+\.mjs|simulator\/main\.ts)$|tests\/)/.test(file))
    return [];
  // Next.js replaces these two words when it builds; they are no settings.
  const built = /^(instrumentation|proxy)\.ts$|^app\//.test(file);
  const words = built ? /process\.env\.(NODE_ENV|NEXT_RUNTIME)/g : /$^/;
  return [
    ...lines(source, skeleton(source.text).replace(words, ''), {
      'reads process.env': /\bprocess\s*\??\.\s*env\b|\bprocess\[/,
    }),
    ...lines(source, withoutComments(source.text), {
      'imports process': /['"](node:)?process['"]/,
    }),
  ];
};

export const moneyIsNoFloat: Rule = (source) =>
  inProduct(source.file)
    ? lines(source, skeleton(source.text), {
        'makes floats': /\bparseFloat\b|\.toFixed\b|\.toPrecision\b/,
        'divides money':
          /(?<!Math\.trunc\()\b[\w.]*([aA]mount|[mM]inor|[cC]ents)\w*\s*\/\s*\w|\b\w*([aA]mount|[mM]inor|[cC]ents)\w*\s*\*\s*\d*\.\d/,
      })
    : [];

export const decidersHaveNoClock: Rule = (source) => {
  const decides = /^(lib|server\/(payments|qfpay))\//.test(source.file);
  if (!decides || source.file === 'server/qfpay/transport.ts') return [];
  return lines(source, skeleton(source.text), {
    'has a clock':
      /\bDate\.now\b|\bnew Date\(\s*\)|\bset(Timeout|Interval|Immediate)\b|\bperformance\b/,
    'throws dice': /\bMath\.random\b|\brandom(UUID|Bytes|Int)\b|\bgetRandomValues\b/,
    'calls somebody': /(?<![.\w])fetch\s*\(/,
  });
};

/** Tables of words and codes are as long as what they list. */
const TABLES = /^(lib\/(messages\/.+|wallets\.ts|results\.ts)|tests\/.*data\/.+)$/;

export const filesAreShort: Rule = ({ file, text }) => {
  const count = text.replace(/\n$/, '').split('\n').length;
  return count > 300 && !TABLES.test(file) ? [`${file} has ${count} lines`] : [];
};

export const linesAreShort: Rule = (source) =>
  TABLES.test(source.file)
    ? []
    : lines(source, withoutStrings(source.text), { 'is over 100 columns': /^.{101,}$/ });

const BANNED = /^(utils?|helpers?|common|types?|managers?|services?|misc|shared)$/;
const FRONT_DOORS = /^(lib|server\/[a-z]+|components\/[a-z]+)\/index\.tsx?$/;
/** What Next.js, languages and tools name by rules of their own. */
const NAMED_FOR_US =
  /^(\[.+\]|\(.+\)|zh-Han[st]\.ts|Dockerfile|README\.md|CHANGELOG\.md|LICENSE|\..+)$/;
const KEBAB = /^[a-z0-9_]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;

export const namesSayWhatIsThere: Rule = ({ file }) => {
  const parts = file.split('/');
  const index = /(^|\/)index\.\w+$/.test(file) && isCode(file) && !FRONT_DOORS.test(file);
  return [
    ...parts
      .filter((part) => BANNED.test(part.replace(/\..*$/, '')))
      .map((part) => `${file} is called ${part}, which says nothing`),
    ...parts
      .filter((part) => !NAMED_FOR_US.test(part) && !KEBAB.test(part))
      .map((part) => `${file}: ${part} is not in kebab-case`),
    ...(index ? [`${file} is an index that is no room's front door`] : []),
  ];
};

const SWITCHES = [
  'eslint-dis' + 'able',
  'biome-ig' + 'nore',
  '@ts-(ig' + 'nore|expect-error|nocheck)',
];
const OFF = { 'switches a rule off': new RegExp(SWITCHES.join('|')) };

export const typesAreKept: Rule = (source) => {
  const off = lines(source, source.text, OFF);
  if (!/\.m?tsx?$/.test(source.file)) return off;
  return off.concat(
    lines(source, skeleton(source.text), {
      'says any': /(?:[:<,|&(=]\s*|\bas\s+|\bkeyof\s+)any\b(?!\s*[(.:'])/,
      'says ! instead of showing it': /[\w)\]]!(?=[.;,)\]}]|\s*$|\s+[)\]};?:&|])/,
      'has an enum': /^\s*(export\s+)?(declare\s+)?(const\s+)?enum\s/,
      'casts through unknown': /\bas\s+unknown\s+as\b/,
    }),
  );
};

/** Where Next.js or a tool asks for a default export. */
const DEFAULTS = new RegExp(
  [
    '^app/.*(page|layout|error|loading|not-found|template|default|manifest|icon|robots)\\.tsx?$',
    '^(next|tailwind)\\.config\\.ts$',
    '^tests/(vitest|playwright)\\.config\\.m?ts$',
  ].join('|'),
);

export const exportsHaveNames: Rule = (source) =>
  DEFAULTS.test(source.file)
    ? []
    : lines(source, skeleton(source.text), {
        'exports a default': /^\s*export\s+default\b|^export\s*\{.*\bas default\b/,
      });

export const logsGoThroughOnePlace: Rule = (source) => {
  if (isBeside(source.file) || !inProduct(source.file)) return [];
  const mayPrint = /^server\/(log|runtime)\.ts$/.test(source.file);
  return lines(source, skeleton(source.text), {
    'writes to the console': mayPrint
      ? /\bconsole\s*\./
      : /\bconsole\s*\.|\bprocess\.std(out|err)\b/,
  });
};

/** Migrations and the move of a shop speak of tables by names that stand in our own sources. */
const SPEAKS_OF_TABLES = /^server\/store\/(migrat[\w-]*|move|postgres-news)\.ts$/;
const SPLICED = /\.(query|prepare|exec)\(\s*(`[^`]*\$\{|'[^']*'\s*\+|"[^"]*"\s*\+|\w+\s*\+)/;

/** S63: a value never becomes a part of a statement's text. */
export const textIsNoSql: Rule = (source) => {
  const { file } = source;
  if (!/^(app|server)\//.test(file) || isBeside(file) || SPEAKS_OF_TABLES.test(file)) return [];
  return lines(source, withoutComments(source.text), {
    'puts a text into SQL': SPLICED,
    'writes SQL past the query builder': /\bsql(<[^>]*>)?\.raw\(/,
  });
};

/** S57, S71: doors of Next.js that stay shut. */
export const nextStaysSmall: Rule = (source) => {
  if (isBeside(source.file)) return [];
  const configures = /^next\.config\./.test(source.file);
  return [
    ...lines(source, withoutComments(source.text), {
      'has a server action': /^\s*['"]use server['"]/,
      'sends a setting to the browser': /\bNEXT_PUBLIC_/,
      'uses a part that had holes': /['"]next\/(og|image|legacy\/image)['"]/,
    }),
    ...lines(source, configures ? skeleton(source.text) : '', {
      'opens what must stay shut': /\b(rewrites|serverActions|env|i18n|assetPrefix)\b\s*[:(]/,
    }),
  ];
};

const PUT_ASIDE = /\b(?:test|it|describe)(?:\.\w+)*\.(?:skip|skipIf|runIf|fails)\b/;
const REASON = /['"`][^'"`]*\bbecause\b/;
const MOCK = /\b(?:vi|jest)\.(?:mock|doMock)\(/;

export const testsAreHonest: Rule = (source) => {
  if (!source.file.startsWith('tests/')) return [];
  const code = withoutComments(source.text).split('\n');
  const bare = skeleton(source.text);
  const at = (found: RegExp, wrong: (lines: string) => boolean, says: string) =>
    bare.split('\n').flatMap((line, index) => {
      const context = code.slice(index, index + 4).join('\n');
      return found.test(line) && wrong(context) ? [`${source.file}:${index + 1} ${says}`] : [];
    });
  return [
    ...at(PUT_ASIDE, (context) => !REASON.test(context), 'skips without saying because of what'),
    ...at(MOCK, (context) => /\(\s*['"`](@\/|\.)/.test(context), 'mocks a module of ours'),
    ...lines(source, bare, {
      'leaves tests out': /\b(?:test|it|describe)(?:\.\w+)*\.(?:only|todo|fixme)\b/,
      sleeps: /\bwaitForTimeout\b|\bsetTimeout\(\s*\w+\s*,\s*\d{3,}/,
    }),
  ];
};
