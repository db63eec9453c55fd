/** A tablet on which these people have had the tour: it is not in the way of what a test does. */
import type { BrowserContext } from 'playwright/test';

export const hadTour = (context: BrowserContext, codes: readonly string[]): Promise<unknown> =>
  context.addInitScript((seen) => {
    // A test of the tour itself goes on with what the page has kept.
    if (localStorage.getItem('countertop.toured') === null) {
      localStorage.setItem('countertop.toured', JSON.stringify(seen));
    }
  }, codes);
