/**
 * One shop for all browser tests that need nothing special of it: it opens with the first of them
 * in a worker and closes with the last. Every test finds the gateway as if nobody had been there;
 * what earlier ones left open at the till stays there, at counters of their own.
 */
import { test as plain } from 'playwright/test';
import { hour } from './shop-clock';
import { type Stack, startStack } from './stack';

export { expect, type Page } from 'playwright/test';

type OfWorker = {
  readonly shop: Stack;
  /** "hh:mm" in Hong Kong for a shop that gives money back; null for whatever the time is. */
  readonly at: string | null;
};

export const test = plain.extend<{ readonly stack: Stack }, OfWorker>({
  at: [null, { option: true, scope: 'worker' }],
  shop: [
    async ({ at }, use) => {
      const there = at === null ? null : hour(at);
      const shop = await startStack({ env: there?.env ?? {} });
      await there?.set(shop);
      await use(shop);
      await shop.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  stack: async ({ shop }, use) => {
    await shop.control('reset', {});
    await use(shop);
  },
});
