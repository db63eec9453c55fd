import { BinaryBitmap, Code128Reader, HybridBinarizer, RGBLuminanceSource } from '@zxing/library';
import QRCode from 'qrcode';
import { describe, expect, test } from 'vitest';
import { MESSAGES } from '@/server/simulator/messages';
import { code128Svg, code128Symbols } from '@/server/simulator/wallet/code128';
import { openShop, type Shop } from './shop';

const get = (shop: Shop, path: string) => fetch(`${shop.simulator.url}${path}`);
const state = async (shop: Shop, query = '') => (await get(shop, `/wallet/state${query}`)).json();
const press = (shop: Shop, path: string, body: object) =>
  fetch(`${shop.simulator.url}/wallet/${path}`, { method: 'POST', body: JSON.stringify(body) });

describe('the wallet page', () => {
  test('comes whole from this server: nothing of it is fetched elsewhere', async () => {
    const shop = await openShop();
    const page = await get(shop, '/wallet');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).toContain(MESSAGES.en.toPay);
    expect(html).not.toMatch(/\{\w+\}/);
    for (const path of ['page.css', 'page.js', 'parts.js']) {
      const part = await get(shop, `/wallet/${path}`);
      expect(part.status).toBe(200);
      expect(await part.text()).not.toMatch(/https?:\/\//);
    }
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('has words for everything it names, in three languages', async () => {
    const shop = await openShop();
    const html = await (await get(shop, '/wallet')).text();
    const named = [...html.matchAll(/data-(?:text|alt|label)="(\w+)"/g)].map((found) => found[1]);
    expect(named.length).toBeGreaterThan(15);
    for (const words of Object.values(MESSAGES)) {
      expect(Object.keys(words).sort()).toEqual(Object.keys(MESSAGES.en).sort());
      expect(Object.values(words).every((word) => word.trim() !== '')).toBe(true);
      for (const name of named) expect(words).toHaveProperty(String(name));
    }
    expect(MESSAGES['zh-Hant'].pay).toBe('付款');
    expect(MESSAGES['zh-Hant']['wallet-octopus']).toBe('八達通');
    expect(await (await get(shop, '/wallet/messages.json')).json()).toEqual(MESSAGES);
  });

  test('lists open QRs, and pays, refuses and ignores them', async () => {
    const shop = await openShop();
    for (const number of ['W-1', 'W-2', 'W-3', 'W-4']) await shop.showQr(number);
    const numbers = async () =>
      (await state(shop)).open.map((order: { number: string }) => order.number);
    expect(await numbers()).toEqual(['W-1', 'W-2', 'W-3', 'W-4']);
    expect((await press(shop, 'act', { act: 'pay', number: 'W-1' })).status).toBe(200);
    const refusal = { act: 'refuse', number: 'W-2', code: '1294' };
    expect((await press(shop, 'act', refusal)).status).toBe(200);
    expect((await press(shop, 'act', { act: 'ignore', number: 'W-3' })).status).toBe(200);
    expect(await numbers()).toEqual(['W-4']);
    expect(await shop.stateOf('W-1')).toBe('0000');
    expect(await shop.stateOf('W-2')).toBe('1294');
    expect(await shop.stateOf('W-3')).toBe('1143');
  });

  test('issues a code, sees it scanned, asks for the password and pays', async () => {
    const shop = await openShop();
    const answer = await press(shop, 'code', { wallet: 'alipay-hk', askPassword: true });
    const { code, expiresAt, issuedAt } = await answer.json();
    expect(expiresAt - issuedAt).toBe(60_000);
    expect((await state(shop, `?code=${code}`)).code.usedBy).toBeNull();
    await shop.scan('W-1', { pay_type: '800108', auth_code: code });
    const seen = await state(shop, `?code=${code}`);
    expect(seen.code.usedBy).toBe('W-1');
    expect(seen.prompts).toMatchObject([{ number: 'W-1', amount: 3850, wallet: 'alipay' }]);
    expect(seen.open).toEqual([]);
    await press(shop, 'act', { act: 'pay', number: 'W-1' });
    expect(await shop.stateOf('W-1')).toBe('0000');
    expect((await state(shop)).prompts).toEqual([]);
  });

  test('lets a closed QR be paid where that is allowed', async () => {
    const shop = await openShop();
    await shop.showQr('W-1');
    await shop.client.get('/trade/v1/close', { out_trade_no: 'W-1' });
    expect((await state(shop)).open).toEqual([]);
    await shop.control('order', { number: 'W-1', late: true });
    expect((await state(shop)).open).toMatchObject([{ number: 'W-1', state: 'closed' }]);
    expect((await press(shop, 'act', { act: 'pay', number: 'W-1' })).status).toBe(200);
  });

  test('refuses what it does not know', async () => {
    const shop = await openShop();
    expect((await press(shop, 'act', { act: 'steal', number: 'W-1' })).status).toBe(400);
    expect((await press(shop, 'act', { act: 'pay', number: 'W-1' })).status).toBe(404);
    expect((await press(shop, 'code', { wallet: 'purse' })).status).toBe(400);
    expect((await get(shop, '/wallet/../main.ts')).status).toBe(404);
    expect((await get(shop, '/wallet/barcode.svg?digits=x')).status).toBe(400);
  });

  test('is where the bare address leads', async () => {
    const shop = await openShop();
    expect((await get(shop, '/')).url).toBe(`${shop.simulator.url}/wallet`);
  });
});

/** The bars of the picture as grey pixels, three to a module. */
function pixels(svg: string) {
  const [, across = '0', down = '0'] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? [];
  const width = Number(across) * 3;
  const height = Number(down);
  const grey = new Uint8ClampedArray(width * height).fill(255);
  for (const [, x = '0', bar = '0'] of svg.matchAll(/M(\d+) 0h(\d+)v/g)) {
    for (let row = 0; row < height; row += 1) {
      const from = row * width + Number(x) * 3;
      grey.fill(0, from, from + Number(bar) * 3);
    }
  }
  return { grey, width, height };
}
const bitmap = ({ grey, width, height }: ReturnType<typeof pixels>) =>
  new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height)));

describe('the drawn code', () => {
  test.each([
    '134567890123456789',
    '150000000000000000',
    '280123456789012345678901',
    '6212345678901234567',
    '81999999999999999999',
  ])('%s is read back from its bars by another’s reader', (digits) => {
    const read = new Code128Reader().decode(bitmap(pixels(code128Svg(digits))));
    expect(read.getText()).toBe(digits);
  });

  test('starts in set C, two digits to a symbol, between quiet zones', () => {
    // 105 + 1×13 + 2×45 = 208, and 208 mod 103 = 2.
    expect(code128Symbols('1345')).toEqual([105, 13, 45, 2, 106]);
    const svg = code128Svg('1345');
    // 4 symbols of 11 modules, a stop of 13, and 12 on either side.
    expect(svg).toContain(`viewBox="0 0 ${4 * 11 + 13 + 24} 40"`);
    expect(svg).toContain('M12 0h2v');
    expect(() => code128Symbols('12a4')).toThrow(RangeError);
  });

  test('and its QR are served as pictures of the same digits', async () => {
    const shop = await openShop();
    const digits = '134567890123456789';
    const bars = await get(shop, `/wallet/barcode.svg?digits=${digits}`);
    expect(bars.headers.get('content-type')).toBe('image/svg+xml');
    expect(await bars.text()).toBe(code128Svg(digits));
    const qr = await (await get(shop, `/wallet/qr.svg?text=${digits}`)).text();
    const { size } = QRCode.create(digits, { errorCorrectionLevel: 'M' }).modules;
    expect(qr).toContain(`viewBox="0 0 ${size + 8} ${size + 8}"`);
  });
});
