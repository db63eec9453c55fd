/** Somebody who has a keyboard and nothing else: what has the focus, and the way to something. */
import { expect, type Page } from 'playwright/test';

/** What has the focus, as a screen reader would name it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement | null;
    if (at === null || at === document.body) return '';
    const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : null;
    return (at.getAttribute('aria-label') ?? label ?? at.textContent ?? '').trim();
  });

/** More stops than any screen has. */
const MOST = 80;

/** Tab by Tab to what bears this name; fails when it cannot be reached or its focus not be seen. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < MOST; step += 1) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (typeof name === 'string' ? now === name : name.test(now)) {
      const ring = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement ?? document.body);
        return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
      });
      expect([now, ring]).toEqual([now, true]);
      return;
    }
    passed.push(now);
  }
  throw new Error(`no Tab leads to ${name}; it went past ${passed.join(' | ')}`);
}
