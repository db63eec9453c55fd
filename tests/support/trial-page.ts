/** The page on which a scanner is tried, as a program uses it: files in, what was read out. */
import { expect, type Page } from 'playwright/test';
import type { Trial } from '@/components/till/trial/trial';
import type { Stack } from './stack';

export type Told = {
  readonly pending: number;
  readonly count: number;
  readonly results: readonly Trial[];
};

export async function openTrial(page: Page, { till }: Pick<Stack, 'till'>): Promise<void> {
  await page.goto(`${till}/settings/scanner`);
  await expect(page.getByTestId('scan-result')).toBeVisible();
}

export async function told(page: Page): Promise<Told> {
  const text = (await page.getByTestId('scan-result').textContent()) ?? '';
  return JSON.parse(text) as Told;
}

/** What was read of each, in the order in which they were given. `ms`: how long they may take. */
export async function readPictures(
  page: Page,
  files: readonly string[],
  ms: number,
): Promise<readonly Trial[]> {
  const before = (await told(page)).count;
  await page.getByTestId('scan-files').setInputFiles([...files]);
  const count = String(before + files.length);
  const result = page.getByTestId('scan-result');
  await expect(result).toHaveAttribute('data-count', count, { timeout: ms });
  return (await told(page)).results.slice(before);
}
