/**
 * One shop for all browser tests that need nothing special of it: it opens with the first of them
 * in a worker and closes with the last. Every test finds the gateway as if nobody had been there;
 * what earlier ones left open at the till stays there, at counters of their own.
 */
import { test as plain } from 'playwright/test';
import { type Stack, startStack } from './stack';

export { expect, type Page } from 'playwright/test';

export const test = plain.extend<{ readonly stack: Stack }, { readonly shop: Stack }>({
  shop: [
    async ({ playwright: _ }, use) => {
      const shop = await startStack();
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
