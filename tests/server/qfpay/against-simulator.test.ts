/**
 * The client against the stand-in for QFPay, over HTTP: two readings of the same specification
 * that share no code.
 */
import { afterEach, describe, expect, it } from 'vitest';
import type { PaymentId } from '@/lib/payment';
import type { RefundId } from '@/lib/refund';
import type { CallReport } from '@/server/qfpay/call';
import { createQfpay } from '@/server/qfpay/client';
import { createNotificationReader } from '@/server/qfpay/notification';
import { createHttpTransport } from '@/server/qfpay/transport';
import { magicCode } from '@/server/simulator/magic';
import { APPCODE, KEY, NOON, openShop, SHAPES } from '../simulator/shop';
import { UNITS } from './scripted-gateway';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Given = Parameters<typeof openShop>[0] & {
  readonly signType?: 'SHA256' | 'MD5';
  readonly key?: string;
};

async function openTill({ signType = 'SHA256', key = KEY, ...given }: Given = {}) {
  const shop = await openShop(given);
  const transport = createHttpTransport({ baseUrl: shop.simulator.url });
  closing.push(() => transport.close());
  const reports: CallReport[] = [];
  const qfpay = createQfpay({
    appCode: APPCODE,
    key,
    signType,
    notifyUrl: null,
    shopName: '大文茶餐廳 & Co.',
    shopTimeZone: 'Asia/Hong_Kong',
    unitOf: UNITS,
    transport,
    clock: { steady: () => 0, wall: () => NOON },
    onCall: (report) => reports.push(report),
  });
  return { ...shop, qfpay, reports };
}

const base = { amount: 3850, currency: 'HKD', createdAt: NOON, counter: '收銀一 till' } as const;
const qr = (id: string, outlet: string | null = null) =>
  ({ ...base, id: id as PaymentId, payType: '801501', authCode: null, outlet }) as const;
const scan = (id: string, authCode: string) =>
  ({ ...base, id: id as PaymentId, payType: '800208', authCode, outlet: null }) as const;
const stop = (id: string, mode: 'MPM' | 'CPM', qfpayNumber: string | null = null) =>
  ({ ...qr(id), mode, qfpayNumber }) as const;

describe.each(SHAPES)('with a gateway that answers %s', (shape) => {
  const given = { account: { shape } } as const;
  const paidFacts = { amount: 3850, currency: 'HKD', reversed: false };

  it('a QR is shown, paid, found, and given back in two parts', async () => {
    const { qfpay, control } = await openTill(given);
    const created = await qfpay.charge(qr('QR-1'));
    expect(created).toMatchObject({ says: 'created', respcd: '0000' });
    expect(created.says === 'created' && created.qrCode).toMatch(/^https:\/\/qr\.alipay\.com\//);
    expect(await qfpay.ask(qr('QR-1'))).toMatchObject({ says: 'pending', respcd: '1143' });

    await control('pay', { number: 'QR-1' });
    const paid = await qfpay.ask(qr('QR-1'));
    expect(paid).toMatchObject({
      says: 'paid',
      facts: { ...paidFacts, number: 'QR-1', paidAt: NOON },
    });
    if (paid.says !== 'paid' || created.says !== 'created') throw new Error('unreachable');
    expect(paid.facts.qfpayNumber).toBe(created.facts.qfpayNumber);

    const paymentNumber = paid.facts.qfpayNumber ?? '';
    const refund = { ...base, id: 'R-1' as RefundId, amount: 1000, paymentNumber, outlet: null };
    expect(await qfpay.refund(refund)).toMatchObject({
      says: 'done',
      facts: { number: 'R-1', amount: 1000, payment: paymentNumber },
    });
    expect(await qfpay.askRefund(refund)).toMatchObject({
      says: 'done',
      facts: { amount: 1000, payment: paymentNumber },
    });
    expect(await qfpay.ask(qr('QR-1'))).toMatchObject({ says: 'paid', facts: { reversed: true } });
    const tooMuch = { ...refund, id: 'R-2' as RefundId, amount: 3000 };
    expect(await qfpay.refund(tooMuch)).toMatchObject({ says: 'refused', respcd: '1272' });
    expect(await qfpay.refund(refund)).toMatchObject({ says: 'unclear' });
  });

  it('a scanned code is paid at once, refused, or asked about', async () => {
    const { qfpay } = await openTill(given);
    const charged = async (id: string, outcome: Parameters<typeof magicCode>[0]) =>
      qfpay.charge(scan(id, magicCode(outcome)));
    expect(await charged('C-1', 'pays')).toMatchObject({ says: 'paid', facts: paidFacts });
    expect(await charged('C-2', 'code-wrong')).toMatchObject({ says: 'refused', respcd: '1202' });
    expect(await charged('C-3', 'slow-then-pays')).toMatchObject({ says: 'unclear', why: 'code' });
    expect(await charged('C-4', 'asks-then-pays')).toMatchObject({ says: 'pending' });
    expect(await qfpay.ask(qr('C-4'))).toMatchObject({ says: 'pending' });
    expect(await charged('C-5', 'silent-and-paid')).toMatchObject({
      says: 'unclear',
      why: 'connection',
    });
    expect(await qfpay.ask(qr('C-5'))).toMatchObject({ says: 'paid' });
    expect(await charged('C-6', 'silent-and-lost')).toMatchObject({ says: 'unclear' });
    expect(await qfpay.ask(qr('C-6'))).toMatchObject({ says: 'none' });
    expect(await charged('C-1', 'pays')).toMatchObject({ says: 'unclear', respcd: '2011' });
  });

  it('a QR is closed, a scan reversed, and what was paid is neither', async () => {
    const { qfpay, control } = await openTill(given);
    await qfpay.charge(qr('Q-1'));
    expect(await qfpay.close(stop('Q-1', 'MPM'))).toMatchObject({ says: 'closed' });
    expect(await qfpay.ask(qr('Q-1'))).toMatchObject({ says: 'closed', facts: { reversed: true } });
    await qfpay.charge(scan('C-1', magicCode('never-decides')));
    expect(await qfpay.close(stop('C-1', 'CPM'))).toMatchObject({ says: 'closed' });
    await qfpay.charge(qr('Q-2'));
    await control('pay', { number: 'Q-2' });
    expect(await qfpay.close(stop('Q-2', 'MPM'))).toMatchObject({ says: 'paid', respcd: '1260' });
    expect(await qfpay.close(stop('X', 'MPM'))).toMatchObject({ says: 'refused', respcd: '1136' });
  });

  it('a QR that nobody pays expires, and one paid too late is found paid', async () => {
    const { qfpay, control } = await openTill(given);
    await qfpay.charge(qr('Q-1'));
    await control('clock', { advance: 301_000 });
    expect(await qfpay.ask(qr('Q-1'))).toMatchObject({ says: 'closed', respcd: '1181' });
    await control('pay', { number: 'Q-1', force: true });
    expect(await qfpay.ask(qr('Q-1'))).toMatchObject({ says: 'paid' });
  });

  it('F83: a sweep finds a hundred and thirty orders, once each', async () => {
    const { qfpay } = await openTill({ ...given, settings: { rateLimits: false } });
    for (let order = 0; order < 130; order += 1) await qfpay.charge(qr(`S-${order}`));
    const window = { from: NOON - 60_000, to: NOON + 60_000, outlet: null };
    const swept = await qfpay.sweep({ ...window, mayAskAgain: async () => true });
    expect(swept.complete).toBe(true);
    expect(new Set(swept.rows.map((row) => row.number)).size).toBe(130);
    expect(swept.rows.every((row) => row.evidence.says === 'pending')).toBe(true);
  });

  it('F81: an order of the last seconds of January is found on 1 February', async () => {
    const { qfpay, control } = await openTill(given);
    await control('clock', { now: '2026-01-31 23:59:50' });
    const createdAt = Date.UTC(2026, 0, 31, 15, 59, 50);
    await qfpay.charge({ ...qr('M-1'), createdAt });
    await control('clock', { advance: 20_000 });
    await control('pay', { number: 'M-1' });
    expect(await qfpay.ask({ ...qr('M-1'), createdAt })).toMatchObject({ says: 'paid' });
    // Our clock is behind theirs: the order is theirs of February.
    await control('clock', { now: '2026-02-01 00:00:05' });
    await qfpay.charge({ ...qr('M-2'), createdAt });
    expect(await qfpay.ask({ ...qr('M-2'), createdAt })).toMatchObject({ says: 'pending' });
  });

  it.each([
    ['an unquoted code', { kind: 'unquoted-respcd' }],
    ['amounts that are integers', { kind: 'integer-txamt' }],
    ['fields that nobody knows', { kind: 'extra-fields' }],
    ['no signature', { kind: 'no-signature' }],
  ])('%s changes nothing', async (_name, fault) => {
    const { qfpay, control } = await openTill(given);
    await control('fault', { ...fault, times: 0 });
    const charged = await qfpay.charge(scan('C-1', magicCode('pays')));
    expect(charged).toMatchObject({ says: 'paid', facts: paidFacts });
    expect(await qfpay.ask(qr('C-1'))).toMatchObject({ says: 'paid', facts: paidFacts });
  });

  it.each([
    ['truncate', { says: 'unclear', why: 'not-json' }],
    ['wrong-signature', { says: 'unclear', why: 'bad-signature' }],
    ['drop', { says: 'unclear', why: 'connection' }],
    ['html', { says: 'unclear', why: 'http-status' }],
    ['status', { says: 'not-sent', why: 'limited' }],
  ])('an answer spoilt by %s says nothing', async (kind, expected) => {
    const { qfpay, control } = await openTill(given);
    await control('fault', { kind, endpoint: 'payment' });
    expect(await qfpay.charge(scan('C-1', magicCode('pays')))).toMatchObject(expected);
  });

  it.each([
    ['smaller-amount', { amount: 1925 }],
    ['other-currency', { currency: 'USD' }],
    ['other-number', { number: 'C-1-OTHER' }],
  ])('an answer about something else, %s, is passed on as it was said', async (kind, facts) => {
    const { qfpay, control } = await openTill(given);
    await control('fault', { kind, endpoint: 'payment' });
    const charged = await qfpay.charge(scan('C-1', magicCode('pays')));
    expect(charged).toMatchObject({ says: 'paid', facts });
  });
});

describe('what the gateway insists on', () => {
  it.each(['SHA256', 'MD5'] as const)('is met with %s', async (signType) => {
    const { qfpay } = await openTill({ signType, account: { signType } });
    expect(await qfpay.charge(qr('Q-1'))).toMatchObject({ says: 'created' });
    expect(await qfpay.close(stop('Q-1', 'MPM'))).toMatchObject({ says: 'closed' });
  });

  it('is the right key', async () => {
    const { qfpay } = await openTill({ key: 'another', settings: { responseSignature: 'none' } });
    expect(await qfpay.charge(qr('Q-1'))).toMatchObject({ says: 'refused', respcd: '1108' });
  });

  it('is the outlet that it assigned, and none where it assigned none', async () => {
    const outlets = await openTill({ account: { mchids: ['SIMmchA001'] } });
    expect(await outlets.qfpay.charge(qr('Q-1', 'SIMmchA001'))).toMatchObject({ says: 'created' });
    expect(await outlets.qfpay.charge(qr('Q-2'))).toMatchObject({ respcd: '1108' });
    const direct = await openTill();
    expect(await direct.qfpay.charge(qr('Q-1', 'SIMmchA001'))).toMatchObject({ respcd: '1108' });
  });

  it.each(['raw', 'seed', 'none'])('does not include one rule of answering: %s', async (rule) => {
    const { qfpay, reports } = await openTill({
      account: { shape: 'envelope' },
      settings: { responseSignature: rule },
    });
    expect(await qfpay.charge(scan('C-1', magicCode('pays')))).toMatchObject({ says: 'paid' });
    const signedBy = { raw: 'raw-body', seed: 'data-fields', none: null }[rule];
    expect(reports.map((report) => report.signedBy)).toEqual([signedBy]);
  });

  it.each(['both', 'respcd', 'txstatus'])(
    'nor one place of a row’s state: %s',
    async (rowState) => {
      for (const queryData of ['array', 'object']) {
        const { qfpay, control } = await openTill({
          account: { shape: 'envelope' },
          settings: { rowState, queryData },
        });
        await qfpay.charge(qr('Q-1'));
        expect(await qfpay.ask(qr('Q-1'))).toMatchObject({ says: 'pending' });
        await control('pay', { number: 'Q-1' });
        expect(await qfpay.ask(qr('Q-1'))).toMatchObject({ says: 'paid' });
      }
    },
  );

  it('never makes a QR order paid, though the envelope says SUCCESS', async () => {
    const { qfpay } = await openTill({
      account: { shape: 'envelope' },
      settings: { unpaidStatus: 'SUCCESS' },
    });
    expect(await qfpay.charge(qr('Q-1'))).toMatchObject({ says: 'created' });
  });
});

it('reads the notification that the gateway signs', async () => {
  const { qfpay, control, simulator } = await openTill({
    account: { notifyUrl: 'http://127.0.0.1:9/' },
  });
  await qfpay.charge(qr('Q-1'));
  await control('pay', { number: 'Q-1' });
  const notice = simulator.model.world.notices[0];
  if (notice === undefined) throw new Error('nothing was notified');
  const read = createNotificationReader({ key: KEY, unitOf: UNITS });
  expect(read(Buffer.from(notice.body), notice.signature)).toMatchObject({
    kind: 'payment',
    respcd: '0000',
    facts: { number: 'Q-1', amount: 3850, currency: 'HKD', paidAt: NOON },
  });
});
