/**
 * Adds up what the runners found. It believes a runner's report only together with its exit code:
 * a runner that failed without saying which test, or said nothing at all, counts as one failure.
 */

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/** A program that is one test by itself. @returns {Tally} */
export const ofProgram = (code) => ({
  passed: code === 0 ? 1 : 0,
  failed: code === 0 ? 0 : 1,
  skipped: 0,
});

/** What failed, by file and name, of Vitest's report. @returns {string[]} */
export const failedInVitest = (report) =>
  (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${name} › ${fullName}`),
  );

/** The same of Playwright's, whose files are suites that hold suites. @returns {string[]} */
export function failedInPlaywright(report) {
  const inSuite = ({ specs = [], suites = [] }) => [
    ...specs.filter(({ ok }) => !ok).map(({ file, title }) => `${file} › ${title}`),
    ...suites.flatMap(inSuite),
  ];
  return (report?.suites ?? []).flatMap(inSuite);
}

/** Vitest's JSON report, null when there is none. @returns {Tally} */
export function ofVitest(report, code) {
  if (report === null) return NOTHING;
  // A file that could not even be read has no tests to count.
  const unread = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return believed(code, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unread.length,
    skipped: report.numPendingTests + report.numTodoTests,
  });
}

/** Playwright's JSON report, null when there is none. @returns {Tally} */
export function ofPlaywright(report, code) {
  if (report === null) return NOTHING;
  const { expected, unexpected, flaky, skipped } = report.stats;
  // What passes only at times is broken.
  const failed = unexpected + flaky;
  return believed(code, { passed: expected, failed: failed || report.errors.length, skipped });
}

const NOTHING = { passed: 0, failed: 1, skipped: 0 };

function believed(code, tally) {
  const ran = tally.passed + tally.failed > 0;
  return tally.failed === 0 && (code !== 0 || !ran) ? { ...tally, failed: 1 } : tally;
}

/** @param {Tally[]} tallies */
export function total(tallies) {
  const sum = (name) => tallies.reduce((whole, tally) => whole + tally[name], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** The last line of npm test. @param {Tally} tally */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
