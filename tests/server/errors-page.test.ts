/** docs/errors.md explains every code that a person may meet, and none that there is not. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROBLEM_CODES, type ProblemCode } from '@/lib/contract';
import { MATTERS } from '@/lib/matters';
import { en } from '@/lib/messages/en';
import { problemText } from '@/lib/messages/problems';
import { zhHans } from '@/lib/messages/zh-Hans';
import { zhHant } from '@/lib/messages/zh-Hant';
import { LOOKED_AT } from '@/server/commands/findings';
import { REFUSAL_CODES } from '@/server/store/refused';
import { ROOT } from '../support/processes';

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

type Paragraph = { readonly code: string; readonly text: string; readonly quotes: string[] };

/** The paragraphs below each heading of the page. */
function chapters(): Map<string, Paragraph[]> {
  const [, ...parts] = read('docs/errors.md').split(/^## /m);
  return new Map(
    parts.map((part) => {
      const [head = '', ...paragraphs] = part.split(/^### /m);
      return [head.split('\n')[0] ?? '', paragraphs.map(paragraphOf)];
    }),
  );
}

function paragraphOf(part: string): Paragraph {
  const [heading = '', ...lines] = part.trim().split('\n');
  const quotes = lines.filter((line) => line.startsWith('> ')).map((line) => line.slice(2).trim());
  const text = lines.filter((line) => line !== '' && !line.startsWith('> ')).join(' ');
  return { code: /^`([\w-]+)`$/.exec(heading)?.[1] ?? heading, text, quotes };
}

const page = chapters();
const under = (chapter: string): Paragraph[] => page.get(chapter) ?? [];
const codesUnder = (chapter: string): string[] => under(chapter).map(({ code }) => code);

/** The words of a union of literals, from the source: there is no list of them to import. */
function unionIn(file: string, beginning: RegExp): string[] {
  const [, rest = ''] = read(file).split(beginning);
  const end = rest.search(/;/);
  return [...rest.slice(0, end).matchAll(/'([\w-]+)'/g)].map(([, word]) => word ?? '');
}

const FAILURES = unionIn('lib/payment.ts', /^export type FailureCode =/m);
const REVIEWS = unionIn('lib/payment.ts', /^export type ReviewReason =/m);
const ALERTS = unionIn(
  'server/payments/ports.ts',
  /^(?:export )?type Alert = \{\n {2}readonly kind:/m,
);
const ALARMS = unionIn('server/qfpay/call.ts', /^(?:export )?type AlarmKind =/m);

describe('the page of errors', () => {
  test.each([
    ['At the till and the desk', Object.keys(PROBLEM_CODES)],
    ['Why a payment was not paid', [...FAILURES, 'withdrawn']],
    ['What a manager has to look at', REVIEWS],
    ['When a command or the server refuses to start', REFUSAL_CODES],
    ['What the doctor finds', LOOKED_AT],
    ['Alarms in the log', [...new Set([...ALERTS, ...ALARMS])]],
  ])('explains under “%s” each code once, and none that there is not', (chapter, codes) => {
    expect(codes.length).toBeGreaterThan(5);
    expect(codesUnder(chapter).sort()).toEqual([...codes].sort());
  });

  test('the lists that are read from the source are those that the source uses', () => {
    expect(MATTERS.filter((matter) => matter !== 'late').sort()).toEqual(REVIEWS.sort());
    expect(FAILURES).toContain('no-answer');
    expect([ALERTS.at(-1), ALARMS.at(-1)]).toEqual(['day-differs', 'clock']);
  });

  test.each(under('At the till and the desk'))(
    'quotes what is said with $code',
    ({ code, quotes, text }) => {
      const known = code as ProblemCode;
      const said = (['en', 'zh-Hant', 'zh-Hans'] as const).map((it) => problemText(known, it));
      expect(quotes).toEqual(said);
      expect(text).toMatch(new RegExp(`^HTTP ${PROBLEM_CODES[known]}\\. `));
    },
  );

  const SAID = { failure: 'Why a payment was not paid', review: 'What a manager has to look at' };
  test.each(Object.entries(SAID))('quotes what a screen says of a %s', (kind, chapter) => {
    for (const { code, quotes } of under(chapter)) {
      const key = `${kind}.${code}`;
      const said = [en, zhHant, zhHans].flatMap((all) => Reflect.get(all, key) ?? []);
      expect([key, quotes]).toEqual([key, said]);
    }
  });

  test('every paragraph says what to do, and whether money is touched where it could be', () => {
    const [doors, failures, reviews, , findings] = [...page.values()];
    const about = [...page.values()].flat();
    expect(about.filter(({ text }) => !/\*\*Do:\*\* \S/.test(text))).toEqual([]);
    const money = [doors, failures, reviews, findings].flatMap((it) => it ?? []);
    expect(money.filter(({ text }) => !/\*\*Money:\*\* \S/.test(text))).toEqual([]);
  });
});
