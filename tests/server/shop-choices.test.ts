/** What the owner chooses per outlet, for the till and for paper: kept, told and in the audit. */
import { describe, expect, test } from 'vitest';
import { type SettingsChange, settingsChangeSchema } from '@/lib/settings';
import { createHub } from '@/server/hub';
import { openOutlets } from '@/server/outlets';
import { choose, shopChoices } from '@/server/shop-choices';
import { NOON } from '../support/payments';
import { staffRoom } from './staff/shop';

const BY = { by: '1000', device: null };
type Change = Omit<SettingsChange, 'pin'>;

/** Wan Chai with counter 1, Mong Kok with counter 2, and a counter 3 in neither. */
async function aChain() {
  const { desk, opened, told } = await staffRoom({ '1000': 'owner' });
  const making = { newId: () => 'WANCHAI', now: NOON };
  await openOutlets(opened, { mchid: 'M100', name: 'Wan Chai' }, making);
  const more = { active: true, createdAt: NOON + 1 };
  const second = { id: 'MONGKOK', name: 'Mong Kok', mchid: 'M200', ...more };
  await opened.outlets.insert(second, null);
  const note = {
    ...{ at: NOON, paymentId: null, saleId: null, kind: 'person' as const, actor: '1000' },
    ...{ state: null, detail: { did: 'counter-outlet' } },
  };
  await opened.outlets.putCounter('1', 'WANCHAI', note);
  await opened.outlets.putCounter('2', 'MONGKOK', note);
  const hub = createHub({ changes: async () => [], startAt: 0, onFault: () => {} });
  const parts = { desk, opened, hub };
  const set = (change: Change) => choose(parts, change, BY);
  const toldOfSettings = async () =>
    (await told()).filter((act) => 'did' in act && act.did === 'setting-changed');
  return { set, hub, opened, second, told: toldOfSettings, tills: () => shopChoices(parts) };
}

describe('wallets of an outlet', () => {
  test('are its own, in its order, at its counters alone', async () => {
    const { set, tills } = await aChain();
    const own = { outlet: 'MONGKOK', wallets: ['payme', 'alipay'] } as const;
    await set({ 'outlet-wallets': { ...own, wallets: [...own.wallets] } });
    const { wallets, counterWallets } = await tills();
    expect(counterWallets).toMatchObject({ '2': ['payme', 'alipay'] });
    expect(counterWallets['1'] ?? wallets).toEqual(wallets);
    expect(wallets).toHaveLength(6);
    expect(counterWallets).not.toHaveProperty('3');
  });

  test('an outlet without a list follows the shop, also again', async () => {
    const { set, tills } = await aChain();
    await set({ 'outlet-wallets': { outlet: 'MONGKOK', wallets: ['fps'] } });
    await set({ 'outlet-wallets': { outlet: 'MONGKOK', wallets: null }, wallets: ['octopus'] });
    expect(await tills()).toMatchObject({ wallets: ['octopus'], counterWallets: {} });
  });

  test('one outlet’s list leaves another one’s alone, and the audit names the outlet', async () => {
    const { set, told, tills } = await aChain();
    await set({ 'outlet-wallets': { outlet: 'WANCHAI', wallets: ['fps'] } });
    await set({ 'outlet-wallets': { outlet: 'MONGKOK', wallets: ['alipay', 'fps'] } });
    await set({ 'outlet-wallets': { outlet: 'MONGKOK', wallets: ['fps', 'alipay'] } });
    // The same once more changes nothing, and is no line.
    await set({ 'outlet-wallets': { outlet: 'MONGKOK', wallets: ['fps', 'alipay'] } });
    expect((await tills()).counterWallets).toEqual({ '1': ['fps'], '2': ['fps', 'alipay'] });
    const line = { actor: '1000', did: 'setting-changed', setting: 'outlet-wallets' };
    expect(await told()).toEqual([
      { ...line, outlet: 'Wan Chai', before: 'null', after: '["fps"]' },
      { ...line, outlet: 'Mong Kok', before: 'null', after: '["alipay","fps"]' },
      { ...line, outlet: 'Mong Kok', before: '["alipay","fps"]', after: '["fps","alipay"]' },
    ]);
  });

  test('an outlet that nobody knows is refused, and nothing else changes with it', async () => {
    const { set, told } = await aChain();
    const wish = { 'outlet-wallets': { outlet: 'NOWHERE', wallets: null } };
    expect(await set({ ...wish, wallets: ['fps'] })).toEqual({ refused: 'not-found' });
    expect(await told()).toEqual([]);
  });

  test('with one outlet in business there is one list', async () => {
    const { set, tills, opened, second } = await aChain();
    await set({ 'outlet-wallets': { outlet: 'WANCHAI', wallets: ['fps'] } });
    await opened.outlets.change({ ...second, active: false }, null);
    expect((await tills()).counterWallets).toEqual({});
  });
});

test('every screen that is open looks again, and none when nothing was changed', async () => {
  const { set, hub } = await aChain();
  let ended = 0;
  hub.listen({
    onChange: () => {},
    onClose: () => {
      ended += 1;
    },
  });
  await set({ 'receipt-text': { header: ['4111 1111 1111 1111'], footer: [] } });
  expect(ended).toBe(0);
  await set({ 'quick-amounts': [2_000, 5_000] });
  expect(ended).toBe(1);
});

test('quick amounts, languages and receipts are kept, each a line of what was and what is', async () => {
  const { set, told, tills } = await aChain();
  const text = { header: ['茶記 Cha Kee', '2345 6789'], footer: ['Thank you'] };
  await set({ 'quick-amounts': [2_000, 500], 'staff-language': 'zh-Hant' });
  await set({ 'customer-language': 'zh-Hans', 'receipt-languages': ['en'] });
  const kept = await set({ 'receipt-text': text });
  expect((await tills()).quickAmounts).toEqual([2_000, 500]);
  expect(kept).toMatchObject({
    settings: {
      ...{ 'staff-language': 'zh-Hant', 'customer-language': 'zh-Hans' },
      ...{ 'receipt-languages': ['en'], 'receipt-text': text },
    },
  });
  expect(await told()).toMatchObject([
    { setting: 'quick-amounts', before: '[]', after: '[2000,500]' },
    { setting: 'staff-language', before: 'null', after: '"zh-Hant"' },
    { setting: 'receipt-languages', before: '["zh-Hant","en"]', after: '["en"]' },
    { setting: 'customer-language', before: 'null', after: '"zh-Hans"' },
    { setting: 'receipt-text', before: '{"header":[],"footer":[]}', after: JSON.stringify(text) },
  ]);
});

test.each([
  { header: ['4111 1111 1111 1111'], footer: [] },
  { header: ['Cha Kee'], footer: ['card 4111111111111111'] },
])('a card number is never kept for paper: %o', async (text) => {
  const { set, told } = await aChain();
  expect(await set({ 'receipt-text': text, wallets: ['fps'] })).toEqual({
    refused: 'card-number',
  });
  expect(await told()).toEqual([]);
});

test('a change as it comes through the door is what is kept', async () => {
  const { set } = await aChain();
  const sent = { 'receipt-text': { header: ['  Cha Kee  '], footer: [] }, pin: '1' };
  const { pin: _, ...change } = settingsChangeSchema.parse(sent);
  expect(await set(change)).toMatchObject({
    settings: { 'receipt-text': { header: ['Cha Kee'], footer: [] } },
  });
});
