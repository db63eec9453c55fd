import { describe, expect, test } from 'vitest';
import { moved } from '@/components/desk/settings/moved';
import { Preview } from '@/components/desk/settings/receipt-text';
import { WalletLists } from '@/components/desk/settings/wallets';
import { QuickAmounts } from '@/components/till/quick-amounts';
import { WalletTiles } from '@/components/till/wallet-tiles';
import { sideBySide } from '@/lib/messages/dictionary';
import { fill, LANGUAGES } from '@/lib/messages/language';
import type { Settings } from '@/lib/settings';
import { COUNTER_WALLETS } from '@/lib/wallets';
import { drawn } from '../../support/shop-window';

const nothing = () => undefined;

describe('a list in order', () => {
  test('moves one item by one place, and nothing beyond its ends', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });

  const rows = (settings: Pick<Settings, 'wallets' | 'outlet-wallets'>, outlets = NO_OUTLETS) =>
    drawn(<WalletLists settings={settings} outlets={outlets} onSaved={nothing} />, 'en', 'owner');
  const NO_OUTLETS: readonly { readonly id: string; readonly name: string }[] = [];
  const chosen = { wallets: ['octopus' as const, 'fps' as const], 'outlet-wallets': {} };

  test('shows the wallets that are on in their order, and the others behind them', () => {
    const html = rows(chosen);
    const items = [...html.matchAll(/data-item="(\w+)"/g)].map(([, item]) => item);
    expect(items).toEqual(['octopus', 'fps', 'alipay', 'wechat', 'unionpay', 'payme']);
    expect(html.match(/checked=""/g)).toHaveLength(2);
    for (const word of ['Move Octopus up', 'Move Octopus down']) expect(html).toContain(word);
    // At either end the button stays where it is, or whoever presses it would lose their place.
    expect(html.match(/aria-disabled="true"/g)).toHaveLength(2);
    expect(html).not.toMatch(/<button[^>]*\bdisabled=""[^>]*Move/);
  });

  test('asks for an outlet only where there are several', () => {
    expect(rows(chosen)).not.toContain('<select');
    const several = rows(chosen, [
      { id: 'A', name: 'Wan Chai' },
      { id: 'B', name: 'Mong Kok' },
    ]);
    for (const word of ['The whole shop', 'Wan Chai', 'Mong Kok']) expect(several).toContain(word);
  });
});

describe('the till', () => {
  const named = (html: string) =>
    [...html.matchAll(/<span class="flex flex-col">([\w ]+)<\/span>/g)].map(([, it]) => it);
  const tiles = (facts: object) =>
    named(drawn(<WalletTiles amount={100} onPick={nothing} />, 'en', facts));

  test('shows its tiles in the shop’s order, or in that of its counter’s outlet', () => {
    const wallets = ['fps', 'alipay'];
    expect(tiles({ wallets })).toEqual(['FPS', 'Alipay']);
    // A part that is drawn by the server stands at counter 1.
    expect(tiles({ wallets, counterWallets: { '1': ['payme', 'fps'] } })).toEqual(['PayMe', 'FPS']);
    expect(tiles({ wallets, counterWallets: { '2': ['payme'] } })).toEqual(['FPS', 'Alipay']);
    expect(tiles({ wallets: COUNTER_WALLETS })).toHaveLength(6);
  });

  test('shows quick amounts whole, in the owner’s order, and nothing when there are none', () => {
    const quick = (facts: object, disabled = false) =>
      drawn(<QuickAmounts onPut={nothing} onTell={nothing} disabled={disabled} />, 'en', facts);
    expect(quick({})).toBe('');
    const html = quick({ quickAmounts: [4_850, 2_000, 999_999_999] });
    expect([...html.matchAll(/>([\d,.]+)</g)].map(([, text]) => text)).toEqual([
      ...['48.50', '20', '9,999,999.99'],
    ]);
    expect(html).toContain('aria-label="HK$20.00"');
    expect(html).not.toContain('disabled=""');
    expect(quick({ quickAmounts: [2_000] }, true)).toContain('disabled=""');
    expect(quick({ quickAmounts: [2_000], currency: 'JPY' })).toContain('>2,000<');
  });
});

describe('paper', () => {
  test('bears what the owner wrote, as text and never as markup', () => {
    const text = { header: ['<b>Cha Kee</b>', '12 Lockhart Road'], footer: ['多謝'] };
    const html = drawn(<Preview {...text} />);
    for (const word of ['&lt;b&gt;Cha Kee', '12 Lockhart Road', '多謝'])
      expect(html).toContain(word);
    expect(html).not.toContain('Countertop');
    expect(drawn(<Preview header={[]} footer={[]} />)).toContain('Countertop');
  });

  test('says each sentence in its languages, and what is alike once', () => {
    const both = sideBySide(['zh-Hant', 'en']);
    expect(both['refunds.step.done']).toBe('已退款 Refunded');
    expect(both['wallet.payme']).toBe('PayMe');
    expect(fill(both['refunds.fires'], { time: '00:31' }).match(/00:31/g)).toHaveLength(2);
    for (const language of LANGUAGES) {
      expect(sideBySide([language])['slip.title']).not.toContain(' undefined');
    }
    expect(sideBySide(['en'])['slip.title']).toBe(sideBySide(['en', 'en'])['slip.title']);
  });
});
