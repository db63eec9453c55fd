import { describe, expect, test } from 'vitest';
import { Groups } from '@/components/desk/settings/settings-screen';
import { actSentence } from '@/components/desk/staff/act-words';
import { ActTable } from '@/components/desk/staff/acts';
import { DeviceTable, SessionTable } from '@/components/desk/staff/device-tables';
import { PeopleTable } from '@/components/desk/staff/people';
import { Rights } from '@/components/desk/staff/rights';
import { WalletTiles } from '@/components/till/wallet-tiles';
import type { Say } from '@/components/ui/language';
import { CAPABILITIES } from '@/lib/capabilities';
import { WHOLE } from '@/lib/messages/dictionary';
import { fill, LANGUAGES, type MessageKey } from '@/lib/messages/language';
import { readSetting, SETTING_NAMES, type Settings } from '@/lib/settings';
import { drawn } from '../../../support/shop-window';

const nothing = () => undefined;
const unset = Object.fromEntries(SETTING_NAMES.map((name) => [name, readSetting(name, null)]));
const settings = (facts: Partial<Settings> = {}): Settings => ({
  ...(unset as Settings),
  ...facts,
});

describe('the table of rights', () => {
  test('has words for every right, in every language', () => {
    for (const language of LANGUAGES) {
      const said: Readonly<Record<string, string>> = WHOLE[language];
      const missing = CAPABILITIES.filter((right) => said[`right.${right}`] === undefined);
      expect([language, missing]).toEqual([language, []]);
    }
  });

  test('says of each right who has it', () => {
    const html = drawn(<Rights />, 'en', 'owner');
    const row = (right: string) =>
      [...(html.split(`data-right="${right}"`)[1]?.split('</tr>')[0] ?? '').matchAll(/>(Yes|No)</g)]
        .map(([, word]) => word)
        .join(' ');
    expect(row('charge')).toBe('Yes Yes Yes');
    expect(row('refund')).toBe('No Yes Yes');
    expect(row('manage-staff')).toBe('No No Yes');
  });
});

describe('people', () => {
  const mei = { code: '3000', name: 'Mei', role: 'cashier', disabled: false } as const;
  const createdAt = '2026-01-05T14:02:07+08:00';

  test('stand with code, name, role and whether they may sign in', () => {
    const gone = { ...mei, code: '3001', name: '陳小明', disabled: true, createdAt };
    const html = drawn(
      <PeopleTable people={[{ ...mei, createdAt }, gone]} chosen={null} onChoose={nothing} />,
      'zh-Hant',
      'owner',
    );
    for (const said of ['3000', 'Mei', '收銀員', '在職', '陳小明', '已停用']) {
      expect(html).toContain(said);
    }
  });
});

test('devices and sessions say where and since when, and which one is this', () => {
  const at = '2026-01-05T14:02:07+08:00';
  const device = { id: 'd1', name: 'Counter 2', pairedAt: at, pairedBy: '1000', lastSeenAt: at };
  const devices = drawn(<DeviceTable devices={[{ ...device, here: true }]} onRevoke={nothing} />);
  for (const said of ['Counter 2', '01-05 14:02', '1000', 'This device', 'Revoke']) {
    expect(devices).toContain(said);
  }
  const session = { id: 's1', staff: '3000', name: 'Mei', since: at, lastSeenAt: at };
  const sessions = drawn(
    <SessionTable sessions={[{ ...session, device: null, here: false }]} onEnd={nothing} />,
  );
  for (const said of ['Mei', '3000', 'Not paired', 'Sign out']) expect(sessions).toContain(said);
  expect(sessions).not.toContain('This device');
});

describe('what was done', () => {
  const say: Say = (key, ...values) => fill(WHOLE.en[key as MessageKey], values[0]);
  const amount = (minor: number) => `HK$${Math.trunc(minor / 100)}`;
  const of = (detail: Record<string, string | number | boolean | null>) =>
    actSentence({ detail }, { say, amount });
  test.each([
    [
      { did: 'staff-added', person: '3000', name: 'Mei', role: 'cashier' },
      'Added 3000, Mei, as Cashier',
    ],
    [
      { did: 'staff-changed', person: '3000', what: 'role', before: 'cashier', after: 'manager' },
      '3000: role from Cashier to Manager',
    ],
    [{ did: 'staff-changed', person: '3000', what: 'disabled' }, '3000: may not sign in any more'],
    [{ did: 'staff-changed', person: '3000', what: 'own-pin' }, 'Changed their own PIN'],
    [{ did: 'device-paired', device: 'Bar', id: 'x' }, '“Bar” was paired'],
    [{ did: 'display-paired', counter: '2', id: 'x' }, 'Paired a customer’s screen with counter 2'],
    [
      { did: 'display-revoked', counter: '2', id: 'x' },
      'Revoked the customer’s screen of counter 2',
    ],
    [
      { did: 'setting-changed', setting: 'refund-limit', before: 'null', after: '50000' },
      'Limit of refunds: from No limit to HK$500',
    ],
    [
      { did: 'setting-changed', setting: 'paired-devices-only', before: 'false', after: 'true' },
      'Paired devices only: from Off to On',
    ],
    [
      { did: 'setting-changed', setting: 'wallets', before: '["fps","payme"]', after: '["fps"]' },
      'Wallets at the till: from FPS, PayMe to FPS',
    ],
    [
      {
        ...{ did: 'setting-changed', setting: 'outlet-wallets', outlet: 'Mong Kok' },
        ...{ before: 'null', after: '["alipay"]' },
      },
      'Wallets of an outlet, Mong Kok: from As in the whole shop to Alipay',
    ],
    [
      { did: 'setting-changed', setting: 'quick-amounts', before: '[]', after: '[2000,500]' },
      'Quick amounts: from nothing to HK$20, HK$5',
    ],
    [
      { did: 'setting-changed', setting: 'staff-language', before: 'null', after: '"zh-Hant"' },
      'Language of the staff: from As the device is set to 繁體中文',
    ],
    [
      {
        ...{ did: 'setting-changed', setting: 'receipt-text' },
        before: '{"header":[],"footer":[]}',
        after: '{"header":["Cha, \\"Kee\\""],"footer":["多謝"]}',
      },
      'Text on receipts: from nothing to Cha, "Kee", 多謝',
    ],
    [
      { did: 'setting-changed', setting: 'day-ends-at', before: '0', after: '240' },
      'End of the day: from 0 to 240',
    ],
    [
      { did: 'leave-given', person: '3000', may: 'refund' },
      'Agreed that 3000 may: Give money back',
    ],
    [{ did: 'refund', amount: 2_500, reason: 'x' }, 'Gave HK$25 back'],
    [{ did: 'shift-opened' }, 'shift-opened'],
  ])('%o: %s', (detail, sentence) => {
    expect(of(detail)).toBe(sentence);
  });

  test('S10 that a customer’s words cannot become markup, and an empty list says what comes', () => {
    const act = { seq: 1, at: '2026-01-05T14:02:07+08:00', actor: '1000', paymentId: null };
    const detail = { did: 'device-paired', device: '<img src=x onerror=alert(1)>' };
    const html = drawn(<ActTable acts={[{ ...act, detail }]} names={new Map()} />);
    expect(html).toContain('&lt;img');
    expect(drawn(<ActTable acts={[]} names={new Map()} />)).toContain('Nothing yet');
  });
});

describe('settings', () => {
  test('stand as they are, each with its own button', () => {
    const now = settings({ 'refund-limit': 999_999_999, 'idle-lock-minutes': 7 });
    const html = drawn(<Groups settings={now} onSaved={nothing} />, 'en', 'owner');
    expect(html).toContain('value="9,999,999.99"');
    expect(html).toContain('After 7 min');
    expect(html.match(/type="submit"/g)).toHaveLength(12);
    // Nothing has changed, so that there is nothing to save.
    expect(html.match(/type="submit"[^>]*disabled|disabled=""[^>]*type="submit"/g)).toHaveLength(
      12,
    );
  });

  test.each(LANGUAGES)('speak %s to the end', (language) => {
    const html = drawn(<Groups settings={settings()} onSaved={nothing} />, language, 'owner');
    expect(html).not.toMatch(/>(settings|right|wallet)\.[\w-]+</);
  });
});

test('the till shows the tiles of the wallets that the owner chose', () => {
  const html = drawn(<WalletTiles amount={100} onPick={nothing} />);
  expect(html.match(/<button/g)).toHaveLength(6);
});
