/** What a customer's screen is told: the newest payment of its counter, and of it only so much. */
import { expect, test } from 'vitest';
import type { DisplayPicture } from '@/lib/contract-display';
import type { Payment } from '@/lib/payment';
import { createDisplayVerbs } from '@/server/display-verbs';
import type { Change, Listener } from '@/server/hub';
import type { Person } from '@/server/staff/sign-in';
import { NOON } from '../support/payments';
import { PIN, staffRoom } from './staff/shop';
import { aPayment, recordSale } from './store/support';

const FRONT = { counter: 'Front', person: null };
const MEI: Person = { code: '3000', name: 'Mei', role: 'cashier' };

async function aCounter() {
  const room = await staffRoom({ '1000': 'owner', '3000': 'cashier' });
  const { opened, desk } = room;
  await opened.outlets.insert(
    { id: 'o1', name: 'Mong Kok', mchid: null, active: true, createdAt: NOON },
    null,
  );
  const shop = { name: 'Mei’s Tea', timeZone: 'Asia/Hong_Kong', currency: 'HKD' } as const;
  const env = { environment: 'prod', shop, fpsRefunds: false, publicUrl: null } as const;
  const listeners = new Set<Listener>();
  let refreshed = 0;
  const hub = {
    listen(listener: Listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh: () => {
      refreshed += 1;
    },
  };
  const changed = (payment: Payment) => {
    const change: Change = { seq: 1, payment };
    for (const listener of listeners) listener.onChange(change);
  };
  const verbs = createDisplayVerbs({
    ...{ env, opened, hub, desk },
    receipts: { tokenOf: (id) => `${id}SEAL` },
  });
  const watched = async (watch: { counter: string; person: Person | null } = FRONT) => {
    const pictures: DisplayPicture[] = [];
    await verbs.watchDisplay(watch, { send: (it) => pictures.push(it), end: () => {} });
    return pictures;
  };
  const keep = (n: number, facts: Partial<Payment> = {}) => {
    const payment = aPayment(n, { counter: 'Front', createdAt: NOON + n, ...facts });
    return recordSale(opened, payment).then(() => payment);
  };
  return { ...room, verbs, changed, watched, keep, refreshed: () => refreshed };
}

const shownOf = (pictures: readonly DisplayPicture[]) =>
  pictures.map(({ payment }) => payment && [payment.id, payment.state]);

test('one payment, and nothing of who takes it, why it was refused or under which numbers', async () => {
  const { verbs, keep } = await aCounter();
  const failure = { code: 'refused', respcd: '1201' } as const;
  const { id } = await keep(1, { state: 'failed', failure, qfpayNumber: 'Q1', walletNumber: 'W1' });
  const picture = await verbs.displayPicture(FRONT);
  expect(picture).toEqual({
    ...{ shop: 'Mei’s Tea', outlet: null, counter: 'Front', environment: 'prod' },
    wallets: expect.any(Array),
    keyed: null,
    payment: {
      ...{ id, state: 'failed', mode: 'CPM', payType: '800208', wallet: 'wechat' },
      ...{ amount: 8800, currency: 'HKD', qrCode: null, qrExpiresAt: null, confirmed: false },
      ...{ createdAt: expect.any(String), paidAt: null, version: 1 },
      ...{ next: 'other-wallet', doubted: false, receiptUrl: null },
    },
  });
});

test('the newest of the counter stands there, also when an older one changes after it', async () => {
  const { keep, watched, changed } = await aCounter();
  const old = await keep(1, { state: 'unknown' });
  const newest = await keep(2, { state: 'awaiting' });
  await keep(3, { counter: 'Back', state: 'awaiting' });
  const pictures = await watched();
  changed({ ...old, state: 'paid', version: 9 });
  changed({ ...newest, counter: 'Back', version: 9 });
  changed({ ...newest, state: 'paid', version: 2 });
  changed({ ...newest, state: 'awaiting', version: 1 });
  expect(shownOf(pictures)).toEqual([
    [newest.id, 'awaiting'],
    [newest.id, 'paid'],
  ]);
});

test('a screen that comes back is told at once what is, and nothing of hours ago', async () => {
  const { keep, watched, later } = await aCounter();
  expect(shownOf(await watched())).toEqual([null]);
  const { id } = await keep(1, { state: 'paid', paidAt: NOON });
  expect(shownOf(await watched())).toEqual([[id, 'paid']]);
  later(16 * 60_000);
  expect(shownOf(await watched())).toEqual([null]);
});

test('a window beside the till shows no payment of an outlet that the cashier may not see', async () => {
  const { keep, watched } = await aCounter();
  await keep(1, { state: 'awaiting', outlet: 'M1' });
  const limited = { ...MEI, outlets: [null] };
  expect(shownOf(await watched({ counter: 'Front', person: limited }))).toEqual([null]);
  const everywhere = await watched({ counter: 'Front', person: MEI });
  expect(everywhere.at(-1)?.payment).toMatchObject({ state: 'awaiting' });
});

test.each([
  ['answer-differs', true],
  ['paid-then-denied', true],
  ['reversed-outside', true],
  ['paid-twice', false],
  [null, false],
] as const)('called paid with the mark %s, it is doubted: %s', async (review, doubted) => {
  const { keep, verbs } = await aCounter();
  await keep(1, { state: 'paid', paidAt: NOON, review });
  const { payment } = await verbs.displayPicture(FRONT);
  const receiptUrl = doubted ? null : `/r/${payment?.id}SEAL`;
  expect(payment).toMatchObject({ state: 'paid', doubted, receiptUrl });
});

test('a cashier pairs with their own PIN, at a counter of theirs; a revoked screen is let go at once', async () => {
  const { verbs, refreshed } = await aCounter();
  const who = { person: MEI, language: 'en', address: '127.0.0.1' } as const;
  const begun = await verbs.beginDisplay(undefined);
  if ('refused' in begun) throw new Error(begun.refused);
  const given = { code: begun.code, counter: 'Front', pin: PIN };
  expect(await verbs.pairDisplay({ ...given, pin: '' }, who)).toMatchObject({
    refused: 'step-up-required',
  });
  const elsewhere = { ...who, person: { ...MEI, outlets: ['M9'] } };
  expect(await verbs.pairDisplay(given, elsewhere)).toMatchObject({ refused: 'counter-elsewhere' });
  const paired = await verbs.pairDisplay(given, who);
  expect(paired).toMatchObject({ counter: 'Front' });
  expect(await verbs.displayWatch(begun.secret)).toEqual(FRONT);
  const id = 'id' in paired ? paired.id : '';
  const owner = { ...who, person: { code: '1000', name: 'Chan', role: 'owner' } } as const;
  expect(await verbs.revokeDisplay('nobody', PIN, owner)).toEqual({ refused: 'not-found' });
  expect(refreshed()).toBe(0);
  expect(await verbs.revokeDisplay(id, PIN, owner)).toEqual({ counter: 'Front' });
  expect(refreshed()).toBe(1);
  expect(await verbs.displayWatch(begun.secret)).toBeNull();
});

test('whoever asks for codes without end has to wait', async () => {
  const { verbs } = await aCounter();
  const asked = [];
  for (let each = 0; each < 61; each += 1) asked.push(await verbs.beginDisplay(undefined));
  expect(asked.filter((answer) => 'refused' in answer)).toEqual([
    { refused: 'too-many-tries', extra: { seconds: 60 } },
  ]);
});

test('what is keyed at a counter stands on its screens, and on no other', async () => {
  const { verbs, watched } = await aCounter();
  const [front, back] = await Promise.all([
    watched(FRONT),
    watched({ counter: 'Back', person: null }),
  ]);
  const who = { person: MEI, language: 'en' } as const;
  expect(await verbs.mirrorAmount({ counter: 'Front', amount: 4850 }, who)).toEqual({ ok: true });
  expect(front.at(-1)?.keyed).toEqual({
    ...{ amount: 4850, currency: 'HKD', at: expect.stringMatching(/\+08:00$/) },
  });
  expect((await verbs.displayPicture(FRONT)).keyed?.amount).toBe(4850);
  expect(back).toHaveLength(1);
  await verbs.mirrorAmount({ counter: 'Front', amount: 0 }, who);
  expect(front.at(-1)?.keyed).toBeNull();
});
