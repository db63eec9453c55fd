import path from 'node:path';
import { defineConfig } from 'playwright/test';
import { findBrowser } from '../server/commands/browser.mjs';

const executablePath = await findBrowser();
if (executablePath === null) throw new Error('No browser: npm test finds or installs one.');

/**
 * Files in which nobody counts seconds: `npm test` runs two of them at a time, and everything else
 * afterwards, one by one. A new file stands alone until it is named here.
 */
const TOGETHER = filesNamed(
  ...['desk-*', 'doors', 'everyone', 'faults', 'notifications', 'one-screen', 'override'],
  ...['practice', 'receipts', 'refund-clocks', 'refunds', 'scan', 'scanner', 'screen-doors'],
  ...['secrets', 'shell'],
);
/** They take minutes each: begun last, one of them would keep everybody waiting. */
const LONGEST = filesNamed('screens', 'states');

function filesNamed(...names: readonly string[]): string[] {
  return names.map((name) => `**/${name}.spec.ts`);
}

export default defineConfig({
  testDir: path.join(import.meta.dirname, 'e2e'),
  outputDir: path.join(import.meta.dirname, '../test-results'),
  workers: 1,
  projects: [
    { name: 'longest', testMatch: LONGEST },
    { name: 'together', testMatch: TOGETHER },
    { name: 'alone', testIgnore: [...LONGEST, ...TOGETHER] },
  ],
  // A test that passes at the second try is a broken test.
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    headless: true,
    // It would answer where a test puts its own answer; shell.spec.ts lets it in and tries it.
    serviceWorkers: 'block',
    locale: 'en-HK',
    timezoneId: 'Asia/Hong_Kong',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [
        // Chromium refuses its sandbox to root, which is who runs tests in a container.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        // A name that is not this machine's own, so that a page there is not on a secure address.
        '--host-resolver-rules=MAP shop.test 127.0.0.1',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
