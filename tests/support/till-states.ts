/**
 * The till's states, one after the other at one counter, as a cashier comes to them: with the
 * largest amount, and in English, because that is what the keys are found by.
 */
import { expect, type Page } from 'playwright/test';
import type { MomentName } from '@/lib/display';
import type { Stack } from './stack';
import { expectState, freshCode, key, magicCode, moment, paymentId, scan } from './till';

type At = { readonly page: Page; readonly stack: Stack };
export type TillState = {
  readonly name: string;
  /** What the customer's screen comes to show of it; null where it goes on showing what it did. */
  readonly shows: MomentName | null;
  readonly reach: (at: At) => Promise<void>;
};

const LARGEST = '999999999';
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const forget = ({ stack }: At) =>
  fetch(`${stack.simulator.url}/control/fault`, { method: 'DELETE' }).then((it) => it.text());

/** No question gets a clear answer. */
const unclear = async ({ stack }: At, number?: string) => {
  const fault = { kind: 'respcd', respcd: '1254', times: 0 };
  await stack.control('fault', { kind: 'notice-never', endpoint: 'payment', times: 0 });
  const of = number === undefined ? {} : { number, inner: true };
  await stack.control('fault', { ...fault, ...of, endpoint: 'query' });
  await stack.control('fault', { ...fault, endpoint: 'close', stage: 'before' });
};

export const TILL_STATES: readonly TillState[] = [
  {
    name: 'nothing yet',
    shows: 'idle',
    reach: async ({ page }) => {
      await expect(page.getByTestId('amount')).toHaveAttribute('data-minor', '0');
    },
  },
  {
    name: 'too large an amount',
    shows: 'amount',
    reach: async ({ page }) => {
      await key(page, `${LARGEST}9`);
      await expect(page.getByTestId('amount-hint')).not.toBeEmpty();
    },
  },
  {
    name: 'a sum',
    shows: 'amount',
    reach: async ({ page }) => {
      await page.keyboard.press('Delete');
      await key(page, '999999998');
      await press(page, 'Add another amount');
      await key(page, '1');
      await expect(page.getByTestId('sum')).toBeVisible();
    },
  },
  {
    name: 'a product scanned',
    shows: null,
    reach: async ({ page }) => {
      await scan(page, '4006381333931');
      await expect(page.getByTestId('scan-refused')).toBeVisible();
    },
  },
  {
    name: 'no camera',
    shows: null,
    reach: async ({ page }) => {
      await page
        .getByRole('button', { name: /Scan the customer/ })
        .first()
        .click();
      await expect(page.getByTestId('scanner-status')).not.toBeEmpty();
    },
  },
  {
    name: 'QR',
    shows: 'scan',
    reach: async ({ page }) => {
      await page.keyboard.press('Escape');
      await press(page, 'WeChat Pay');
      await expect(page.getByTestId('qr')).toBeVisible();
    },
  },
  {
    name: 'stopping',
    shows: 'stopping',
    reach: async (at) => {
      await unclear(at, await paymentId(at.page));
      await press(at.page, 'Cancel payment');
      await expectState(at.page, 'cancelling');
    },
  },
  {
    name: 'code read',
    shows: null,
    reach: async ({ page }) => {
      await scan(page, freshCode());
      await expect(page.getByTestId('switching')).toBeVisible();
    },
  },
  {
    name: 'another way',
    shows: null,
    reach: async ({ page }) => {
      await press(page, 'Let this customer pay another way');
      const leave = page.getByTestId('override').getByRole('button').last();
      await expect(leave).toBeInViewport({ ratio: 1 });
    },
  },
  {
    name: 'paid',
    shows: 'paid',
    reach: async (at) => {
      await forget(at);
      await at.stack.control('pay', { number: await paymentId(at.page), force: true });
      await expectState(at.page, 'paid', 30_000);
    },
  },
  {
    name: 'confirming',
    shows: 'confirm',
    reach: async ({ page }) => {
      await key(page, LARGEST);
      await scan(page, magicCode('10'));
      await expectState(page, 'awaiting');
    },
  },
  {
    name: 'cancelled',
    shows: 'stopped',
    reach: async ({ page }) => {
      await press(page, 'Cancel payment');
      await expectState(page, 'closed', 30_000);
    },
  },
  {
    name: 'refused',
    shows: 'unpaid',
    reach: async ({ page }) => {
      await key(page, LARGEST);
      await scan(page, magicCode('05'));
      await expectState(page, 'failed');
    },
  },
  {
    name: 'unknown',
    shows: 'checking',
    reach: async (at) => {
      const once = { kind: 'respcd', respcd: '9999', endpoint: 'payment', times: 1 };
      await at.stack.control('fault', once);
      await unclear(at);
      await key(at.page, LARGEST);
      await scan(at.page, magicCode('01'));
      await expectState(at.page, 'unknown');
      await expect(moment(at.page).getByRole('button', { name: 'Check now' })).toBeVisible();
    },
  },
  {
    name: 'the same amount again',
    shows: null,
    reach: async ({ page }) => {
      await press(page, 'Serve the next customer');
      await press(page, 'Serve the next customer');
      await key(page, LARGEST);
      await press(page, 'Alipay');
      await expect(page.getByTestId('same-amount')).toBeVisible();
    },
  },
  {
    name: 'paid after all',
    shows: 'paid',
    reach: async (at) => {
      await press(at.page, 'Back to the open payment');
      // QFPay answers again, and the next question of the watch brings it.
      await forget(at);
      await expectState(at.page, 'paid', 30_000);
    },
  },
];
