import { describe, expect, test } from 'vitest';
import { functionsAreShort, functionsOf } from './support/house/functions';
import * as habits from './support/house/habits';
import { livesInARoom, opensOntoItsNeighbours } from './support/house/plan';
import { projectFiles, projectSources, type Rule, skeleton } from './support/house/source';

const sources = projectSources();
const RULES: Readonly<Record<string, Rule>> = {
  'every source file lives in a room of the plan': livesInARoom,
  'rooms open only onto their neighbours, by the doors of the plan': opensOntoItsNeighbours,
  'functions are short and take few parameters': functionsAreShort,
  'settings come from one place': habits.settingsComeFromOnePlace,
  'money is no float': habits.moneyIsNoFloat,
  'what decides has no clock, no die and no network': habits.decidersHaveNoClock,
  'files are short': habits.filesAreShort,
  'lines are short': habits.linesAreShort,
  'names say what is there': habits.namesSayWhatIsThere,
  'no type and no rule is switched off': habits.typesAreKept,
  'exports have names': habits.exportsHaveNames,
  'logs go through one place': habits.logsGoThroughOnePlace,
  'tests neither sleep nor hide nor mock ourselves': habits.testsAreHonest,
};

describe('the house', () => {
  test.each(Object.entries(RULES))('%s', (_name, rule) => {
    expect(sources.flatMap(rule)).toEqual([]);
  });

  test('S57 S71 what Next.js could open stays shut', () => {
    expect(sources.flatMap(habits.nextStaysSmall)).toEqual([]);
  });

  test('S63 no value becomes a part of a statement', () => {
    expect(sources.flatMap(habits.textIsNoSql)).toEqual([]);
  });

  test('has nothing at its top but what a tool must find there', () => {
    const top = new Set(projectFiles().map((file) => file.split('/')[0] ?? ''));
    const given = /^(app|components|lib|server|public|tests|docs|security|\..+)$/;
    const found =
      /^((README|CHANGELOG|CONTRIBUTING)\.md|LICENSE|Dockerfile|(package|package-lock|tsconfig|biome)\.json|(next|tailwind)\.config\.ts|instrumentation\.ts|proxy\.ts)$/;
    expect([...top].filter((name) => !given.test(name) && !found.test(name))).toEqual([]);
  });
});

/** Written in two parts where this file would otherwise break the rule that it plants against. */
const off = (rule: string) => `biome-${'ignore'} ${rule}`;
const long = (lines: number) => `export function f(): void {\n${'  g();\n'.repeat(lines - 2)}}\n`;

type Case = readonly [rule: Rule, file: string, text: string];
/** Titles that stay on one line. */
const titled = (cases: readonly Case[]) =>
  cases.map(([rule, file, text]) => ({
    rule,
    file,
    text,
    title: `${rule.name} ${file} ${text.split('\n')[0]?.slice(0, 60)}`,
  }));

describe('a planted violation is caught:', () => {
  const planted: readonly Case[] = [
    [livesInARoom, 'server/utils/x.ts', ''],
    [livesInARoom, 'components/shop/x.tsx', ''],
    [livesInARoom, 'src/x.ts', ''],
    [livesInARoom, 'x.ts', ''],
    [livesInARoom, 'tests/x.test.ts', ''],
    [livesInARoom, 'tests/misc/x.ts', ''],
    [opensOntoItsNeighbours, 'lib/x.ts', "import { useState } from 'react';"],
    [opensOntoItsNeighbours, 'lib/x.ts', "import { log } from '@/server/log';"],
    [opensOntoItsNeighbours, 'lib/x.ts', "import { log } from '../server/log';"],
    [opensOntoItsNeighbours, 'lib/x.ts', "import type { P } from '@/server/payments/ports';"],
    [opensOntoItsNeighbours, 'lib/x.ts', "import {\n  a,\n  b,\n} from 'kysely';"],
    [opensOntoItsNeighbours, 'lib/x.ts', "export * from 'node:fs';"],
    [opensOntoItsNeighbours, 'lib/x.ts', "const a = await import('node:fs');"],
    [opensOntoItsNeighbours, 'lib/x.ts', "import '@/server/log';"],
    [opensOntoItsNeighbours, 'server/payments/x.ts', "import { z } from 'zod';"],
    [opensOntoItsNeighbours, 'server/payments/x.ts', "import { s } from 'node:crypto';"],
    [opensOntoItsNeighbours, 'server/payments/x.ts', "import { openStore } from '@/server/store';"],
    [opensOntoItsNeighbours, 'server/payments/x.ts', "import { sign } from '../qfpay/sign';"],
    [opensOntoItsNeighbours, 'server/payments/x.ts', "import { env } from '@/server/env';"],
    [
      opensOntoItsNeighbours,
      'server/qfpay/x.ts',
      "import { charge } from '@/server/payments/charge';",
    ],
    [opensOntoItsNeighbours, 'server/qfpay/x.ts', "import { p } from '@/server/payments';"],
    [opensOntoItsNeighbours, 'server/qfpay/x.ts', "import https from 'node:https';"],
    [opensOntoItsNeighbours, 'server/qfpay/x.ts', "import { db } from '@/server/store';"],
    [opensOntoItsNeighbours, 'server/store/x.ts', "import { sign } from '@/server/qfpay/sign';"],
    [
      opensOntoItsNeighbours,
      'server/store/x.ts',
      "import { charge } from '@/server/payments/charge';",
    ],
    [
      opensOntoItsNeighbours,
      'server/store/x.ts',
      "import { signIn } from '@/server/staff/sign-in';",
    ],
    [opensOntoItsNeighbours, 'server/staff/x.ts', "import { openStore } from '@/server/store';"],
    [opensOntoItsNeighbours, 'server/reports/x.ts', "import { openStore } from '@/server/store';"],
    [opensOntoItsNeighbours, 'server/runtime.ts', "import { s } from '@/server/simulator/main';"],
    [opensOntoItsNeighbours, 'server/runtime.ts', "import { Till } from '@/components/till/till';"],
    [
      opensOntoItsNeighbours,
      'server/simulator/x.ts',
      "import { sign } from '@/server/qfpay/sign';",
    ],
    [opensOntoItsNeighbours, 'server/commands/x.mjs', "import { z } from 'zod';"],
    [opensOntoItsNeighbours, 'server/commands/x.mjs', "import { log } from '../log.ts';"],
    [
      opensOntoItsNeighbours,
      'components/ui/x.tsx',
      "import { Till } from '@/components/till/till';",
    ],
    [opensOntoItsNeighbours, 'components/till/x.tsx', "import { log } from '@/server/log';"],
    [opensOntoItsNeighbours, 'components/till/x.tsx', "import { x } from '@/components/desk/x';"],
    [opensOntoItsNeighbours, 'components/till/x.tsx', "import { p } from '@/app/page';"],
    [opensOntoItsNeighbours, 'components/till/x.tsx', "import axios from 'axios';"],
    [opensOntoItsNeighbours, 'app/x.ts', "import { openStore } from '@/server/store';"],
    [opensOntoItsNeighbours, 'app/x.ts', "import { charge } from '@/server/payments/charge';"],
    [opensOntoItsNeighbours, 'app/x.ts', "import { log } from '@/server/log';"],
    [opensOntoItsNeighbours, 'app/x.ts', "import { environment } from '@/server/env';"],
    [opensOntoItsNeighbours, 'app/x.ts', "import { s } from '@/server/simulator/main';"],
    [opensOntoItsNeighbours, 'instrumentation.ts', "await import('./server/store');"],
    [opensOntoItsNeighbours, 'proxy.ts', "import { log } from './server/log';"],
    [opensOntoItsNeighbours, 'next.config.ts', "import { log } from './server/log';"],
    [habits.settingsComeFromOnePlace, 'server/store/x.ts', 'const a = process.env.HOME;'],
    [habits.settingsComeFromOnePlace, 'server/runtime.ts', 'const { PORT } = process.env;'],
    [habits.settingsComeFromOnePlace, 'server/commands/bench.ts', 'run(process.env);'],
    [habits.settingsComeFromOnePlace, 'app/page.tsx', 'const a = process.env.QFPAY_KEY;'],
    [habits.settingsComeFromOnePlace, 'lib/x.ts', 'if (process.env.NODE_ENV) f();'],
    [habits.settingsComeFromOnePlace, 'server/x.ts', "const e = process['env'];"],
    [habits.settingsComeFromOnePlace, 'server/x.ts', "import { env } from 'node:process';"],
    [habits.moneyIsNoFloat, 'components/till/x.ts', 'const a = parseFloat(text);'],
    [habits.moneyIsNoFloat, 'lib/money.ts', 'return Number.parseFloat(text);'],
    [habits.moneyIsNoFloat, 'app/x.ts', 'const a = `$' + '{total.toFixed(2)}`;'],
    [habits.moneyIsNoFloat, 'lib/x.ts', 'const a = payment.amount / 100;'],
    [habits.moneyIsNoFloat, 'lib/x.ts', 'const a = amount * 0.01;'],
    [habits.decidersHaveNoClock, 'lib/x.ts', 'const a = Date.now();'],
    [habits.decidersHaveNoClock, 'lib/x.ts', 'const a = new Date();'],
    [habits.decidersHaveNoClock, 'server/payments/x.ts', 'setTimeout(f, 1);'],
    [habits.decidersHaveNoClock, 'server/payments/x.ts', 'const a = Math.random();'],
    [habits.decidersHaveNoClock, 'server/qfpay/client.ts', 'await fetch(url);'],
    [habits.decidersHaveNoClock, 'server/qfpay/client.ts', 'const a = crypto.randomUUID();'],
    [habits.filesAreShort, 'lib/x.ts', 'a();\n'.repeat(301)],
    [habits.linesAreShort, 'lib/x.ts', `// ${'x'.repeat(98)}`],
    [habits.linesAreShort, 'lib/x.ts', `const a = '' + ${'b + '.repeat(25)}c;`],
    [habits.namesSayWhatIsThere, 'lib/utils.ts', ''],
    [habits.namesSayWhatIsThere, 'server/store/helpers.ts', ''],
    [habits.namesSayWhatIsThere, 'components/common/x.tsx', ''],
    [habits.namesSayWhatIsThere, 'lib/types.ts', ''],
    [habits.namesSayWhatIsThere, 'server/payments/manager.ts', ''],
    [habits.namesSayWhatIsThere, 'server/staff/service.ts', ''],
    [habits.namesSayWhatIsThere, 'components/ui/Button.tsx', ''],
    [habits.namesSayWhatIsThere, 'components/ui/bigButton.tsx', ''],
    [habits.namesSayWhatIsThere, 'lib/messages/index.ts', ''],
    [habits.namesSayWhatIsThere, 'app/index.tsx', ''],
    [habits.typesAreKept, 'lib/x.ts', 'const a: any = 1;'],
    [habits.typesAreKept, 'lib/x.ts', 'const a = b as any;'],
    [habits.typesAreKept, 'lib/x.ts', 'const a: Array<any> = [];'],
    [habits.typesAreKept, 'lib/x.ts', 'const a = b!.c;'],
    [habits.typesAreKept, 'lib/x.ts', 'f(list[0]!);'],
    [habits.typesAreKept, 'lib/x.ts', 'export enum State {}'],
    [habits.typesAreKept, 'lib/x.ts', 'const a = b as unknown as C;'],
    [habits.typesAreKept, 'lib/x.ts', `// ${off('lint: reason')}`],
    [habits.typesAreKept, 'lib/x.ts', `// @ts-${'ignore'}`],
    [habits.typesAreKept, 'lib/x.ts', `// @ts-${'expect-error'}`],
    [habits.typesAreKept, 'server/commands/x.mjs', `// ${'eslint-'}disable`],
    [habits.exportsHaveNames, 'lib/x.ts', 'export default function f() {}'],
    [habits.exportsHaveNames, 'components/till/page.tsx', 'export default Page;'],
    [habits.exportsHaveNames, 'lib/x.ts', 'export { f as default };'],
    [habits.logsGoThroughOnePlace, 'server/store/x.ts', 'console.log(1);'],
    [habits.logsGoThroughOnePlace, 'components/ui/x.tsx', 'console.error(e);'],
    [habits.logsGoThroughOnePlace, 'server/payments/x.ts', "process.stdout.write('x');"],
    [habits.nextStaysSmall, 'app/x.ts', "'use server';"],
    [habits.nextStaysSmall, 'app/x.ts', 'const a = process.env.NEXT_PUBLIC_KEY;'],
    [habits.nextStaysSmall, 'app/x.tsx', "import Image from 'next/image';"],
    [habits.nextStaysSmall, 'app/x.tsx', "import { ImageResponse } from 'next/og';"],
    [habits.nextStaysSmall, 'next.config.ts', 'const c = { async rewrites() { return []; } };'],
    [habits.nextStaysSmall, 'next.config.ts', 'const c = { env: { KEY: 1 } };'],
    [habits.nextStaysSmall, 'next.config.ts', 'const c = { experimental: { serverActions: {} } };'],
    [habits.textIsNoSql, 'server/store/x.ts', 'await sql.raw(text).execute(db);'],
    [habits.textIsNoSql, 'server/store/x.ts', 'sql<SqlBool>.raw(`a = $' + '{b}`)'],
    [habits.textIsNoSql, 'server/store/x.ts', 'client.query(`select $' + '{name} from sale`)'],
    [habits.textIsNoSql, 'server/reports/x.ts', "database.exec('drop table ' + name)"],
    [habits.textIsNoSql, 'app/api/x.ts', 'database.prepare(`select * from $' + '{table}`)'],
    [habits.testsAreHonest, 'tests/x.test.ts', "test.skip('a sale', f);"],
    [habits.testsAreHonest, 'tests/x.test.ts', "test.skipIf(slow)('a sale', f);"],
    [habits.testsAreHonest, 'tests/x.test.ts', "describe.only('a sale', f);"],
    [habits.testsAreHonest, 'tests/x.test.ts', "test.todo('a sale');"],
    [habits.testsAreHonest, 'tests/e2e/x.test.ts', 'await page.waitForTimeout(500);'],
    [habits.testsAreHonest, 'tests/x.test.ts', 'await new Promise((go) => setTimeout(go, 1000));'],
    [habits.testsAreHonest, 'tests/x.test.ts', "vi.mock('@/server/store');"],
    [functionsAreShort, 'lib/x.ts', long(61)],
    [functionsAreShort, 'lib/x.ts', 'export function f(a: A, b: B, c: C, d: D) {\n}\n'],
    [functionsAreShort, 'lib/x.ts', 'const f = (a: A, { b, c }: B, d = 1, ...e: E[]) => g();\n'],
  ];
  test.each(titled(planted))('$title', ({ rule, file, text }) => {
    expect(rule({ file, text })).not.toEqual([]);
  });
});

describe('what only looks like a violation passes:', () => {
  const innocent: readonly Case[] = [
    [opensOntoItsNeighbours, 'lib/x.ts', "// import { log } from '@/server/log';"],
    [opensOntoItsNeighbours, 'lib/x.ts', 'const says = "import { log } from \'react\'";'],
    [opensOntoItsNeighbours, 'lib/x.ts', "const x = from(a, 'react');"],
    [opensOntoItsNeighbours, 'app/page.tsx', "import { app } from '@/server/runtime';"],
    [opensOntoItsNeighbours, 'instrumentation.ts', "await import('./server/runtime');"],
    [opensOntoItsNeighbours, 'server/qfpay/transport.ts', "import https from 'node:https';"],
    [opensOntoItsNeighbours, 'server/qfpay/x.ts', "import { G } from '@/server/payments/ports';"],
    [opensOntoItsNeighbours, 'server/store/x.ts', "import { S } from '@/server/staff/ports';"],
    [habits.settingsComeFromOnePlace, 'proxy.ts', "process.env.NODE_ENV === 'development'"],
    [habits.settingsComeFromOnePlace, 'server/env.ts', 'read(process.env);'],
    [habits.settingsComeFromOnePlace, 'lib/x.ts', '// never process.env here'],
    [habits.moneyIsNoFloat, 'lib/money.ts', 'const whole = Math.trunc(minor / 100);'],
    [habits.decidersHaveNoClock, 'lib/x.ts', "const a = new Date(at); const b = 'Date.now()';"],
    [habits.decidersHaveNoClock, 'server/qfpay/transport.ts', 'setTimeout(f, 3000);'],
    [habits.filesAreShort, 'lib/messages/results.ts', 'a();\n'.repeat(400)],
    [habits.filesAreShort, 'lib/x.ts', 'a();\n'.repeat(300)],
    [habits.linesAreShort, 'lib/x.ts', `const a = '${'x'.repeat(98)}';`],
    [habits.namesSayWhatIsThere, 'app/api/auth/[...nextauth]/route.ts', ''],
    [habits.namesSayWhatIsThere, 'app/(till)/page.tsx', ''],
    [habits.namesSayWhatIsThere, 'lib/messages/zh-Hant.ts', ''],
    [habits.namesSayWhatIsThere, 'server/payments/index.ts', ''],
    [habits.namesSayWhatIsThere, 'lib/pay-type.ts', ''],
    [habits.typesAreKept, 'lib/x.ts', "const a = b !== c && !d; const e = 'any: any!'; // any!"],
    [habits.typesAreKept, 'lib/x.ts', 'const any = list.some((one) => one.any());'],
    [habits.exportsHaveNames, 'app/(till)/page.tsx', 'export default function Page() {}'],
    [habits.textIsNoSql, 'server/store/x.ts', "client.query('select pg_notify($1)', [text])"],
    [habits.testsAreHonest, 'tests/x.test.ts', "test.skipIf(root)('because root may', f);"],
    [functionsAreShort, 'lib/x.ts', long(60)],
    [functionsAreShort, 'lib/x.ts', 'f(a, b, c, d); if (a) {\n}\n'],
    [functionsAreShort, 'lib/x.ts', 'const f = (a: Map<string, number>, { b, c, d }: B) => g();'],
  ];
  test.each(titled(innocent))('$title', ({ rule, file, text }) => {
    expect(rule({ file, text })).toEqual([]);
  });
});

describe('the measures', () => {
  test('find functions of every shape', () => {
    const text = [
      'export async function one(a: A): Promise<Record<string, { x: 1 }>> {',
      '}',
      'const two = ({ a, b }: C): a is { d: 1 } => {',
      '  return a ? (b) : { c };',
      '};',
      'class Three { four(a: () => void, b?: X[]): { y: 1 } | null {',
      '} }',
    ].join('\n');
    expect(functionsOf(text)).toEqual([
      { name: 'one', line: 1, lines: 2, parameters: 1 },
      { name: 'two', line: 3, lines: 3, parameters: 1 },
      { name: 'four', line: 6, lines: 2, parameters: 2 },
      { name: 'arrow', line: 6, lines: 1, parameters: 0 },
    ]);
  });

  test('see through comments, strings, templates and patterns', () => {
    const text = "a('{ // x') /* { */ + /[/'{]/.test(b) / 2 + `{ $" + "{c(d)} }`; // it's {";
    const bare = skeleton(text);
    expect(bare).toHaveLength(text.length);
    expect(bare.replace(/\s+/g, ' ').trim()).toBe("a(' ') + / /.test(b) / 2 + {c(d)} ;");
  });
});
