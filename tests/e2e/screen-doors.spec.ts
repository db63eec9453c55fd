/**
 * Each role before each screen: it is shown, leads to the sign-in, or is not there, in words. Asked
 * of the server alone, without a browser: what a page then shows, its own doors decide.
 */
import { can } from '@/lib/capabilities';
import { WHOLE } from '@/lib/messages/dictionary';
import { LANGUAGE_COOKIE, LANGUAGES, type Language } from '@/lib/messages/language';
import { newKey, openShop, paidSale, refund, type Shop } from '../support/money-back';
import { SCREENS, type Viewer } from '../support/screens';
import { expect, test } from '../support/shop-fixture';
import { STAFF } from '../support/till';

type Role = 'nobody' | keyof typeof STAFF;
const ROLES: readonly Role[] = ['nobody', 'cashier', 'manager', 'owner'];

let shop: Shop;
/** What is behind the holes of the addresses, so that nothing is missing but a right. */
const ids: Record<string, string> = {};
test.beforeAll(async ({ shop: stack }) => {
  shop = await openShop(stack);
  const sale = await paidSale(shop);
  const { body } = await refund(shop, sale, { amount: 100 });
  const day = String((await shop.manager.call('GET', '/api/compare')).body.today);
  const order = { body: { day }, key: newKey() };
  const begun = await shop.manager.call('POST', '/api/compare', order);
  const receipt = await shop.cashier.call('GET', `/api/payments/${sale}/receipt`);
  ids['/r/[token]'] = String(receipt.body.path).replace('/r/', '');
  ids['/history/[id]'] = sale;
  ids['/refunds/[id]'] = sale;
  ids['/refund-slip/[id]'] = (body.refund as { id: string }).id;
  ids['/reports/compare/[id]'] = (begun.body.comparison as { id: string }).id;
});

const addressOf = (route: string): string => {
  if (!route.includes('[')) return route;
  const id = ids[route];
  if (id === undefined) throw new Error(`say what stands in the hole of ${route}`);
  return route.replace(/\[.+\]/, id);
};

/** What a visit comes to: the page, another address, or that there is nothing. */
async function visit(role: Role, route: string, language: Language = 'en'): Promise<string> {
  const headers = { cookie: `${LANGUAGE_COOKIE}=${language}` };
  const { till } = shop.stack;
  const answer =
    role === 'nobody'
      ? await fetch(till + addressOf(route), { headers, redirect: 'manual' })
      : await shop[role].send(addressOf(route), {
          headers: { 'accept-language': language === 'zh-Hant' ? 'zh-HK' : language },
        });
  const text = await answer.text();
  if (answer.status === 404) {
    expect(text).toContain(WHOLE[language]['not-found.title']);
    expect(text).toContain(WHOLE[language]['not-found.text']);
    return 'not there';
  }
  const to = answer.headers.get('location');
  if (to !== null) return `to ${new URL(to, till).pathname}`;
  expect([route, role, answer.status]).toEqual([route, role, 200]);
  return 'shown';
}

function expected(viewer: Viewer, role: Role): string {
  if (viewer === 'anybody') return 'shown';
  if (viewer === 'first') return 'not there';
  if (viewer === 'stranger') return role === 'nobody' ? 'shown' : 'to /';
  if (role === 'nobody') return 'to /sign-in';
  return can(role, viewer) ? 'shown' : 'not there';
}

/** What every screen is to a role, beside what it should be. */
async function tour(role: Role, but: Readonly<Record<string, string>> = {}) {
  const seen: Record<string, string> = {};
  const wanted: Record<string, string> = {};
  for (const [route, viewer] of Object.entries(SCREENS)) {
    wanted[route] = but[route] ?? expected(viewer, role);
    seen[route] = await visit(role, route);
  }
  return { seen, wanted };
}

for (const role of ROLES) {
  test(`every screen before ${role}`, async () => {
    const { seen, wanted } = await tour(role);
    expect(seen).toEqual(wanted);
  });
}

test('where hands are lent a cashier comes as far as the refund of a sale they may see', async () => {
  const { owner, cashier } = shop;
  const set = async (mode: string) => {
    const body = { 'pin-mode': mode, pin: STAFF.owner.pin };
    expect((await owner.call('PUT', '/api/settings', { body })).status).toBe(200);
  };
  const own = ids['/refunds/[id]'] ?? '';
  const desk = (id: string) => cashier.call('GET', `/api/payments/${id}/refunds`);
  expect((await desk(own)).body.code).toBe('not-allowed');
  await set('restricted');
  const { seen, wanted } = await tour('cashier', { '/refunds/[id]': 'shown' });
  expect(seen).toEqual(wanted);
  expect((await desk(own)).status).toBe(200);
  const order = { amount: 100, payType: '800201', counter: 'Lent' };
  const made = await shop.manager.call('POST', '/api/payments', { body: order, key: newKey() });
  expect((await desk((made.body.payment as { id: string }).id)).status).toBe(404);
  expect((await cashier.call('GET', '/api/refunds')).body.code).toBe('not-allowed');
  await set('never');
});

test('that a screen is not there is said in the reader’s language', async () => {
  for (const language of LANGUAGES) {
    expect(await visit('cashier', '/staff', language)).toBe('not there');
  }
});
