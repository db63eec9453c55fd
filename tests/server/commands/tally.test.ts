import { describe, expect, test } from 'vitest';
import {
  closingLine,
  failedInPlaywright,
  failedInVitest,
  ofPlaywright,
  ofProgram,
  ofVitest,
  total,
} from '../../../server/commands/tally.mjs';

const vitest = (numbers: object, testResults: object[] = []) => ({
  ...{ numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 },
  ...numbers,
  testResults,
});
const playwright = (stats: object, errors: object[] = []) => ({
  stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats },
  errors,
});

describe('the closing line', () => {
  test('adds up all runners', () => {
    const tallies = [
      ofProgram(0),
      ofProgram(1),
      ofVitest(vitest({ numPassedTests: 40, numFailedTests: 2, numPendingTests: 1 }), 1),
      ofPlaywright(playwright({ expected: 7, skipped: 2 }), 0),
    ];
    expect(closingLine(total(tallies))).toBe('48 passed, 3 failed, 3 skipped');
  });

  test('leaves out what nobody skipped', () => {
    expect(closingLine(total([ofProgram(0)]))).toBe('1 passed, 0 failed');
  });
});

describe('a failure is counted', () => {
  test('when a runner left no report', () => {
    expect(ofVitest(null, 0).failed).toBe(1);
    expect(ofPlaywright(null, 0).failed).toBe(1);
  });

  test('when a runner failed although every test of its report passed', () => {
    expect(ofVitest(vitest({ numPassedTests: 3 }), 1)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 0,
    });
    expect(ofPlaywright(playwright({ expected: 3 }), 1).failed).toBe(1);
  });

  test('when a runner ran no test at all', () => {
    expect(ofVitest(vitest({}), 0).failed).toBe(1);
    expect(ofVitest(vitest({ numPendingTests: 9 }), 0).failed).toBe(1);
    expect(ofPlaywright(playwright({}), 0).failed).toBe(1);
  });

  test('when a file of tests cannot be read', () => {
    const broken = { status: 'failed', assertionResults: [] };
    const fine = { status: 'passed', assertionResults: [{}] };
    expect(ofVitest(vitest({ numPassedTests: 3 }, [broken, fine]), 1).failed).toBe(1);
  });

  test('when a browser test passes only at times', () => {
    expect(ofPlaywright(playwright({ expected: 3, flaky: 2 }), 0).failed).toBe(2);
  });

  test('when the browser runner itself breaks', () => {
    expect(ofPlaywright(playwright({ expected: 3 }, [{}, {}]), 1).failed).toBe(2);
  });
});

describe('what failed is named', () => {
  test('by its file, also in a suite within a suite', () => {
    const spec = (title: string, ok: boolean) => ({ title, ok, file: 'sale.spec.ts' });
    const report = {
      suites: [{ specs: [spec('pays', true)], suites: [{ specs: [spec('refuses', false)] }] }],
    };
    expect(failedInPlaywright(report)).toEqual(['sale.spec.ts › refuses']);
    const result = (fullName: string, status: string) => ({ fullName, status });
    const file = {
      name: 'a.test.ts',
      assertionResults: [result('b', 'failed'), result('c', 'passed')],
    };
    expect(failedInVitest({ testResults: [file] })).toEqual(['a.test.ts › b']);
  });

  test('and nothing is where a runner left no report', () => {
    expect([failedInPlaywright(null), failedInVitest(null)]).toEqual([[], []]);
  });
});
