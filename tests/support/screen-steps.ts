/**
 * What stands behind a press on a screen: dialogs and forms. Each is reached in the reader's own
 * language, by the words of the dictionary.
 */
import { expect, type Page } from 'playwright/test';
import { WHOLE } from '@/lib/messages/dictionary';
import type { Language, MessageKey } from '@/lib/messages/language';
import { type Crowd, WORDS } from './crowded-shop';
import { STAFF } from './till';

export type Step = {
  readonly name: string;
  readonly route: string;
  readonly id?: (crowd: Crowd) => string;
  readonly reach: (page: Page, language: Language) => Promise<void>;
  /** For the customer, who may be told in more than one language. */
  readonly theirs?: boolean;
};

const words = (key: MessageKey, language: Language): string => WHOLE[language][key];
/** The button that says the sentence, whatever stands in its holes. */
const press = async (page: Page, key: MessageKey, language: Language): Promise<void> => {
  const pieces = words(key, language).split(/\{\w+\}/);
  const escaped = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const name = new RegExp(`^${escaped.join('.*')}$`, 's');
  await page.getByRole('button', { name }).filter({ visible: true }).first().click();
};
const dialog = (page: Page) => page.locator('dialog[open]');

/** As the owner's screen gives it, for one more tablet. */
const pairingCode = (page: Page): Promise<string> =>
  page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('/api/devices', { method: 'POST', headers, body });
      return ((await answer.json()) as { code: string }).code;
    },
    JSON.stringify({ name: WORDS.tablet, pin: STAFF.owner.pin }),
  );

export const STEPS: readonly Step[] = [
  {
    name: 'change of person',
    route: '/history',
    reach: async (page) => {
      await page.getByTestId('person').click();
      await expect(dialog(page)).toBeVisible();
    },
  },
  {
    name: 'own PIN',
    route: '/history',
    reach: async (page, language) => {
      await page.getByTestId('person').click();
      await press(page, 'person.own-pin', language);
      await expect(dialog(page).locator('input')).toHaveCount(3);
    },
  },
  {
    name: 'this tablet',
    route: '/',
    reach: async (page) => {
      await page.getByTestId('tablet').click();
      await expect(dialog(page)).toBeVisible();
    },
  },
  {
    name: 'network and wallets',
    route: '/',
    reach: async (page) => {
      await page.getByTestId('network').getByRole('button').click();
      await expect(page.getByTestId('wallet-health').first()).toBeVisible();
    },
  },
  {
    name: 'other counters',
    route: '/',
    reach: async (page, language) => {
      await page.getByTitle(words('status.change-counter', language)).click();
      await dialog(page).locator('input').first().fill('Z9');
      await press(page, 'status.save', language);
      await page.getByTestId('elsewhere').click();
      await expect(dialog(page).locator('li').first()).toBeVisible();
    },
  },
  {
    name: 'counter',
    route: '/shift',
    reach: async (page, language) => {
      await page.getByTitle(words('status.change-counter', language)).click();
      await expect(dialog(page)).toBeVisible();
    },
  },
  {
    name: 'view with a name',
    route: '/history?state=paid',
    reach: async (page, language) => {
      await press(page, 'views.delete-of', language);
      await expect(page.getByText(WORDS.view).filter({ visible: true }).last()).toBeVisible();
    },
  },
  {
    name: 'settlement',
    route: '/refunds/[id]',
    id: ({ sale }) => sale,
    reach: async (page) => {
      await page.locator('summary').click();
      await expect(page.getByTestId('settle-form')).toBeVisible();
    },
  },
  {
    name: 'found',
    route: '/refunds',
    reach: async (page) => {
      await page.locator('input[type=search]').fill('9999999.99');
      await expect(page.getByTestId('sale-row').first()).toBeVisible();
    },
  },
  {
    name: 'difference',
    route: '/reports/compare',
    reach: async (page, language) => {
      await page
        .getByTestId('difference')
        .getByRole('button', { name: words('difference.settle', language) })
        .first()
        .click();
      await expect(page.getByTestId('difference').locator('input').first()).toBeVisible();
    },
  },
  {
    name: 'end of shift',
    route: '/shift',
    reach: async (page, language) => {
      await press(page, 'shift.close', language);
      await expect(page.getByLabel(words('shift.close-title', language))).toBeVisible();
    },
  },
  {
    name: 'sealed shift',
    route: '/shift',
    reach: async (page, language) => {
      await page.locator('[data-testid=shift-row][data-state=closed] button').first().click();
      await press(page, 'shift.correct', language);
      await expect(page.getByRole('textbox').filter({ visible: true }).last()).toBeVisible();
    },
  },
  {
    name: 'somebody new',
    route: '/staff',
    reach: async (page, language) => {
      await press(page, 'staff.add', language);
      await page.getByLabel(words('staff.name', language), { exact: true }).fill(WORDS.manager);
      await expect(page.getByText(WORDS.manager).last()).toBeVisible();
    },
  },
  {
    name: 'person',
    route: '/staff',
    reach: async (page, language) => {
      await page.locator('[data-code="40000002"] button').click();
      await expect(page.getByLabel(words('staff.new-pin', language))).toBeVisible();
    },
  },
  {
    name: 'PIN',
    route: '/staff',
    reach: async (page, language) => {
      await page.locator('[data-code="40000002"] button').click();
      await press(page, 'staff.disable', language);
      await expect(page.getByTestId('pin-dialog').filter({ visible: true })).toBeVisible();
    },
  },
  {
    name: 'all acts',
    route: '/staff/acts',
    reach: async (page) => {
      await page.locator('main select, label select').last().selectOption('2000');
      await expect(page.getByTestId('act-row').first()).toContainText('2000');
    },
  },
  {
    name: 'settled',
    route: '/inbox',
    reach: async (page, language) => {
      await press(page, 'inbox.settled', language);
      await expect(page.getByTestId('decision').first()).toContainText(WORDS.reason.slice(0, 40));
    },
  },
  {
    name: 'a customer who pays',
    route: `/display?counter=${encodeURIComponent(WORDS.counters[0])}`,
    theirs: true,
    reach: async (page) => {
      await expect(page.getByTestId('display-amount')).toBeVisible();
    },
  },
  {
    name: 'a matter',
    route: '/history/[id]',
    id: ({ matter }) => matter,
    reach: async (page) => {
      await expect(page.getByTestId('open-matter')).toBeVisible();
    },
  },
  {
    name: 'paired',
    route: '/pair',
    reach: async (page, language) => {
      await page.getByLabel(words('pair.code', language)).fill(await pairingCode(page));
      await press(page, 'pair.submit', language);
      await expect(page.getByRole('status').filter({ hasText: WORDS.tablet })).toBeVisible();
    },
  },
  {
    name: 'nothing here',
    route: '/nowhere',
    reach: async (page, language) => {
      await expect(page.getByText(words('not-found.title', language))).toBeVisible();
    },
  },
];
