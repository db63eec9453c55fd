/** What the doors of receipts answer, and to whom, over the real store. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Role } from '@/lib/contract';
import { RECEIPT_LOOKS } from '@/lib/contract-receipts';
import { PAYMENT_STATES, type Payment } from '@/lib/payment';
import { lookOfReceipt } from '@/server/receipt-look';
import { createReceiptTokens } from '@/server/receipt-token';
import { createReceiptVerbs } from '@/server/receipt-verbs';
import { openStore } from '@/server/store';
import { aFolder, aPayment, aRefund, giveBack, NOON, paymentId, recordSale } from './store/support';

const who = (code: string, role: Role) =>
  ({ person: { code, name: code, role }, language: 'en' }) as const;
const MEI = who('3000', 'cashier');
const OTHER = who('3001', 'cashier');
const DAY = 86_400_000;

async function aCounter(...payments: Payment[]) {
  const opened = await openStore({ file: join(aFolder(), 'till.db') });
  onTestFinished(() => opened.close());
  for (const payment of payments) await recordSale(opened, payment);
  const shop = { name: 'Lucky Cup', timeZone: 'Asia/Hong_Kong', currency: 'HKD' } as const;
  const env = { environment: 'prod', publicUrl: 'https://pay.example', shop } as const;
  const receipts = createReceiptTokens(Buffer.alloc(32, 7));
  const clock = { now: NOON };
  const desk = { store: opened.staff, now: () => clock.now };
  const verbs = createReceiptVerbs({ env, opened, desk, receipts });
  const read = (token: string, address = 'phone') =>
    verbs.customerReceipt(token, { language: 'zh-Hant', address });
  return { opened, verbs, receipts, clock, read, token: receipts.tokenOf(paymentId(1)) };
}

const paid = aPayment(1, { state: 'paid', paidAt: NOON, confirmed: true, staff: '3000' });
const press = (key: string) =>
  ({ id: paymentId(1), key, body: { paper: 80, way: 'browser' } }) as const;

test('the counter hands out an address, and each print counts; a copy says so', async () => {
  const { verbs, token } = await aCounter(paid);
  const before = await verbs.receipt(paymentId(1), MEI);
  expect(before).toMatchObject({
    ...{ path: `/r/${token}`, address: `https://pay.example/r/${token}`, prints: [] },
    endsAt: expect.stringMatching(/\+08:00$/),
  });
  const first = await verbs.printReceipt(press('a'), MEI);
  expect(JSON.stringify(first)).not.toMatch(/COPY|副本/);
  expect(await verbs.printReceipt(press('a'), MEI)).toEqual(first);
  const second = await verbs.printReceipt(press('b'), MEI);
  expect(second).toMatchObject({ print: { number: 2 }, paper: { face: 'zh-Hant' } });
  expect('paper' in second ? second.paper.lines[0] : null).toMatchObject({ text: '副本 2 COPY 2' });
  const after = await verbs.receipt(paymentId(1), MEI);
  expect(after).toMatchObject({ prints: [{ number: 1, staff: '3000' }, { number: 2 }] });
});

test('another cashier’s sale has no receipt for them, nor has one that is not paid', async () => {
  const { verbs } = await aCounter(paid, aPayment(2, { staff: '3000' }));
  expect(await verbs.receipt(paymentId(1), OTHER)).toEqual({ refused: 'not-found' });
  expect(await verbs.printReceipt(press('a'), OTHER)).toEqual({ refused: 'not-found' });
  expect(await verbs.receipt(paymentId(2), MEI)).toMatchObject({ paper: null, prints: [] });
  const open = { ...press('b'), id: paymentId(2) };
  expect(await verbs.printReceipt(open, MEI)).toEqual({ refused: 'receipt-not-paid' });
});

test('the customer reads it in their language, and nothing about anybody', async () => {
  const { read, token } = await aCounter({ ...paid, walletNumber: '4200001234567890' });
  const told = await read(token);
  expect(told).toMatchObject({ look: 'paid', title: '已付款', shop: 'Lucky Cup', practice: null });
  const said = JSON.stringify(told);
  expect(said).toContain('7890');
  for (const secret of ['3000', '420000123456', paid.saleId]) expect(said).not.toContain(secret);
});

test('a wrong address and one whose time is over are the same, at every attempt', async () => {
  const { read, token, clock, opened } = await aCounter(paid);
  clock.now = NOON + 30 * DAY - 1;
  expect(await read(token)).toMatchObject({ look: 'paid' });
  clock.now += 1;
  const answers = async (which: string, from: string) => {
    const all: unknown[] = [];
    for (let n = 0; n < 7; n += 1) all.push(await read(which, from));
    return all;
  };
  const ended = await answers(token, 'one');
  const unknown = await answers(`${token.slice(0, -1)}0`, 'two');
  expect(ended).toEqual(unknown);
  expect(ended[0]).toEqual({ refused: 'not-found' });
  expect(ended.at(-1)).toMatchObject({ refused: 'too-many-tries' });
  // The shop gives it more time: the same address is good again, even where others were guessing.
  const longer = { key: 'receipt-days', value: '31', at: NOON, by: '1000' };
  await opened.settings.put(longer);
  expect(await read(token, 'one')).toMatchObject({ look: 'paid' });
});

test('what goes back is told to the customer while it is on its way and when it is done', async () => {
  const { read, token, opened } = await aCounter(paid);
  await giveBack(opened, aRefund(1, { paymentId: paymentId(1), amount: 100, state: 'requested' }));
  const said = JSON.stringify(await read(token));
  expect(said).toContain('-HK$1.00');
  expect(said).toContain('處理中');
});

test('no state but paid is green, and none of the others has a receipt', () => {
  const looks = PAYMENT_STATES.map((state) => [state, lookOfReceipt(aPayment(1, { state })).look]);
  expect(Object.fromEntries(looks)).toEqual({
    ...{ created: 'waiting', sending: 'waiting', awaiting: 'waiting' },
    ...{ unknown: 'checking', cancelling: 'checking', failed: 'unpaid', closed: 'unpaid' },
    paid: 'paid',
  });
  const denied = { ...paid, review: 'paid-then-denied' } as const;
  expect(lookOfReceipt(denied).look).toBe('ask');
  expect(lookOfReceipt({ ...paid, refunded: 1 }).look).toBe('back');
  expect(RECEIPT_LOOKS).toContain('paid');
});
