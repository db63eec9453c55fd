/**
 * A shop on its fullest day: the longest names, sums of eight figures, refunds, matters for a
 * manager, sealed and open shifts, differences with QFPay. All of it came in by the doors.
 */
import { expect } from 'playwright/test';
import { newKey, refund, type Shop, settled, told } from './money-back';
import type { Answer } from './staff-client';
import { STAFF } from './till';

/** The largest amount that a till takes, in minor units. */
const LARGEST = 999_999_999;
const longest = (words: string, most: number): string => words.repeat(9).slice(0, most).trim();

/** Names and words of people, in no sentence of the dictionary. */
export const WORDS = {
  shop: '廣發海味涼茶鋪 Kwong Fat Seafood & Herbal',
  owner: 'Wolfeschlegelsteinhausen-Bergerdorff Chu',
  manager: '歐陽震華 Maximilian Aurelius Featherstone',
  cashier: '司徒麗娟 Anastasia Konstantinopoulou-Lee',
  outlet: '尖沙咀海港城海運大廈地下 Harbour Promenade',
  other: 'Causeway Bay Hysan Avenue Kiosk Mezzanin',
  counters: ['WWW Takeaway Window 0012', '尖沙咀地下大堂收銀處第二十八號枱', 'B2'],
  reason: longest('Wrong size and the box was dented; 顧客話個盒凹咗，想換大一個碼。 ', 200),
  note: longest('枱 28 – birthday cake, oat milk, 走甜走冰 ', 200),
  proof: longest('CASH-SLIP-2026-000123456789-', 100),
  view: longest('Friday nights at the harbour, 八達通 only', 40),
  tablet: longest('Samsung tablet with a cracked corner 二', 40),
} as const;
const [WIDE, CHINESE, SHORT] = WORDS.counters;

export type Crowd = {
  /** A sale with refunds in every state, notes and a settlement. */
  readonly sale: string;
  readonly refund: string;
  /** A payment that a manager has to look at. */
  readonly matter: string;
  /** Of the sale's receipt, as its address ends. */
  readonly token: string;
  readonly comparison: string;
};

const must = ({ status, body }: Answer): Record<string, unknown> => {
  if (status >= 400) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
};
const idOf = (body: Record<string, unknown>, name: string): string =>
  (body[name] as { id: string }).id;

export async function crowd(shop: Shop): Promise<Crowd> {
  await people(shop);
  await places(shop);
  const sales = await sell(shop);
  const sale = sales[0] ?? '';
  const matter = await matters(shop);
  const given = await goBack(shop, sales);
  await keepShifts(shop);
  const { path } = must(await shop.cashier.call('GET', `/api/payments/${sale}/receipt`));
  const token = String(path).replace('/r/', '');
  return { sale, token, matter, refund: given, comparison: await compareDay(shop) };
}

async function people({ owner }: Shop): Promise<void> {
  const { pin } = STAFF.owner;
  for (const who of ['owner', 'manager', 'cashier'] as const) {
    const body = { name: WORDS[who], pin };
    must(await owner.call('PUT', `/api/staff/${STAFF[who].code}`, { body }));
  }
  for (const [code, role] of [
    ['40000001', 'cashier'],
    ['40000002', 'manager'],
  ] as const) {
    const body = { code, name: `${WORDS[role].slice(0, 38)}二`, role, newPin: '739105', pin };
    must(await owner.call('POST', '/api/staff', { body }));
  }
  must(await owner.call('PUT', '/api/staff/40000001', { body: { disabled: true, pin } }));
  for (let tablet = 0; tablet < 2; tablet += 1) {
    const body = { name: `${WORDS.tablet.slice(0, 38)}${tablet}`, pin };
    const { code } = must(await owner.call('POST', '/api/devices', { body }));
    must(await owner.call('POST', '/api/pair', { body: { code } }));
  }
}

/** The shop itself under M100, and another outlet under M200. */
async function places({ owner }: Shop): Promise<void> {
  type Outlets = { readonly outlets: readonly { readonly id: string; readonly name: string }[] };
  const own = (must(await owner.call('GET', '/api/outlets')) as Outlets).outlets[0]?.id ?? '';
  must(await owner.call('POST', `/api/outlets/${own}`, { body: { name: WORDS.outlet } }));
  const body = { name: WORDS.other, mchid: 'M200' };
  const { outlets } = must(await owner.call('POST', '/api/outlets', { body })) as Outlets;
  const other = outlets.find(({ id }) => id !== own)?.id ?? '';
  for (const [counter, outlet] of [
    [WIDE, own],
    [CHINESE, own],
    [SHORT, other],
  ] as const) {
    must(await owner.call('POST', '/api/outlets/counters', { body: { counter, outlet } }));
  }
  const limit = { staffCode: '40000002', outlets: [own, other] };
  must(await owner.call('POST', '/api/outlets/staff', { body: limit }));
}

const WALLETS = ['alipay-hk', 'wechat', 'unionpay', 'payme', 'octopus'] as const;

/** Eight figures and more in one day, by every wallet whose code can be scanned. */
async function sell({ stack, cashier, owner }: Shop): Promise<string[]> {
  const sales: string[] = [];
  for (let place = 0; place < 15; place += 1) {
    const wallet = WALLETS[place % WALLETS.length];
    const { code } = (await stack.control('issue-code', { wallet })) as { code: string };
    const counter = WORDS.counters[place % 3];
    const amount = place < 10 ? LARGEST : 4_850 + place;
    const body = { amount, authCode: code, counter, note: place % 4 === 0 ? WORDS.note : '' };
    const seller = place % 5 === 4 ? owner : cashier;
    const made = must(await seller.call('POST', '/api/payments', { body, key: newKey() }));
    sales.push(idOf(made, 'payment'));
  }
  const last = { amount: LARGEST, payType: '800201', counter: WIDE };
  must(await cashier.call('POST', '/api/payments', { body: last, key: newKey() }));
  return sales;
}

/** Late money, money twice, and an amount that differs: this one. */
async function matters(shop: Shop): Promise<string> {
  const { stack, cashier } = shop;
  const start = async (more: object = {}) => {
    const body = { amount: LARGEST, payType: '801501', counter: WIDE, note: WORDS.note, ...more };
    return must(await cashier.call('POST', '/api/payments', { body, key: newKey() }));
  };
  const at = (id: string, path: string) => cashier.call('POST', `/api/payments/${id}/${path}`);
  const stopped = async (id: string) => {
    must(await at(id, 'cancel'));
    await expect.poll(async () => (await told(shop, id)).payment.state).toBe('closed');
  };
  const paidLate = async (id: string) => {
    await stack.control('pay', { number: id, force: true });
    must(await at(id, 'check'));
  };
  const late = idOf(await start(), 'payment');
  await stopped(late);
  await paidLate(late);
  const first = await start();
  await stopped(idOf(first, 'payment'));
  const second = idOf(await start({ saleId: idOf(first, 'sale') }), 'payment');
  await stack.control('pay', { number: second });
  must(await at(second, 'check'));
  await paidLate(idOf(first, 'payment'));
  const odd = idOf(await start(), 'payment');
  await stack.control('fault', {
    kind: 'smaller-amount',
    endpoint: 'query',
    number: odd,
    times: 0,
  });
  await stack.control('pay', { number: odd });
  must(await at(odd, 'check'));
  const inbox = must(await shop.manager.call('GET', '/api/inbox'));
  const found = (inbox.cards as { matter: string }[]).map(({ matter }) => matter);
  expect(found.sort()).toEqual(['answer-differs', 'late', 'paid-twice']);
  const body = { choice: 'keep', reason: WORDS.reason, pin: STAFF.manager.pin, matter: 'late' };
  must(await shop.manager.call('POST', `/api/payments/${late}/decide`, { body, key: newKey() }));
  return odd;
}

/** Done, refused and waiting; and the rest settled in cash. Answers the refund that is done. */
async function goBack(shop: Shop, [sale = '', other = '']: readonly string[]): Promise<string> {
  const { manager, owner, stack } = shop;
  const reason = WORDS.reason;
  const done = must(await refund(shop, sale, { amount: 111_111_111, reason }));
  await settled(shop, sale);
  await stack.control('config', { fullOnlyCurrencies: ['HKD'] });
  must(await refund(shop, sale, { amount: 222_222_222, reason, who: 'owner' }));
  const { refunds } = await settled(shop, sale);
  expect(refunds.map(({ state }) => state).sort()).toEqual(['done', 'failed']);
  // Nothing but a few cents was taken today, as QFPay sees it: the next one waits.
  await stack.control('takings', { amount: 100, mchid: 'M100' });
  must(await refund(shop, other, { amount: LARGEST, reason }));
  for (const says of [WORDS.note, WORDS.reason]) {
    must(await manager.call('POST', `/api/payments/${sale}/notes`, { body: { says } }));
  }
  const cash = { amount: 333_333_333, how: 'cash', reason, proof: WORDS.proof };
  const body = { ...cash, pin: STAFF.manager.pin };
  must(await manager.call('POST', `/api/payments/${sale}/settlements`, { body, key: newKey() }));
  const view = { name: WORDS.view, search: 'state=paid' };
  must(await owner.call('POST', '/api/views', { body: view }));
  return idOf(done, 'refund');
}

/** One sealed and corrected, and open ones. */
async function keepShifts({ manager, cashier }: Shop): Promise<void> {
  const { shifts } = must(await manager.call('GET', '/api/shifts')) as {
    shifts: { id: string; counter: string }[];
  };
  const sealed = shifts.find(({ counter }) => counter === WIDE)?.id ?? '';
  must(await manager.call('POST', `/api/shifts/${sealed}/close`, { body: {}, key: newKey() }));
  const body = { reason: WORDS.reason };
  must(await manager.call('POST', `/api/shifts/${sealed}/correct`, { body, key: newKey() }));
  must(await cashier.call('POST', '/api/shifts', { body: { counter: WIDE }, key: newKey() }));
}

/** Today's, with rows that only QFPay has; one of them is settled. */
async function compareDay({ stack, manager }: Shop): Promise<string> {
  for (const [number, mchid] of [
    ['TERMINAL-0000000000000000000000007', 'M100'],
    ['TERMINAL-0000000000000000000000008', 'M100'],
  ]) {
    await stack.control('foreign-order', { number, amount: LARGEST, mchid });
  }
  const { today, outlets } = must(await manager.call('GET', '/api/compare')) as {
    today: string;
    outlets: { id: string; name: string }[];
  };
  const outlet = outlets.find(({ name }) => name === WORDS.outlet)?.id;
  const begun = must(await manager.call('POST', '/api/compare', { body: { day: today, outlet } }));
  const id = idOf(begun, 'comparison');
  const now = async () => must(await manager.call('GET', `/api/compare/${id}`));
  await expect.poll(async () => (await now()).comparison).toMatchObject({ state: 'done' });
  const { differences } = must(await manager.call('GET', `/api/differences?comparison=${id}`)) as {
    differences: { id: string; explained: unknown }[];
  };
  const settle = differences.find(({ explained }) => explained === null)?.id ?? '';
  const body = { reason: WORDS.reason, pin: STAFF.manager.pin };
  must(await manager.call('POST', `/api/differences/${settle}/settle`, { body, key: newKey() }));
  return id;
}
