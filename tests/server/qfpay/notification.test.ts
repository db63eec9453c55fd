import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readNotice } from '@/server/qfpay/notification';
import { KEY, UNITS } from './scripted-gateway';
import vectors from './vectors.json';

const options = { key: KEY, unitOf: UNITS };
const vector = (id: string) => {
  const found = vectors.notification.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no vector ${id}`);
  return found;
};
const sign = (raw: Uint8Array, key: string = KEY): string =>
  createHash('md5').update(raw).update(key).digest('hex').toUpperCase();
/** A notice as QFPay would sign it. */
const signed = (text: string | Buffer, key?: string) => {
  const raw = Buffer.from(text);
  return readNotice(options, raw, sign(raw, key));
};
const signedObject = (fields: object) => signed(JSON.stringify(fields));

const payment = {
  status: '1',
  pay_type: '801501',
  paydtm: '2026-01-05 13:07:31',
  txcurrcd: 'HKD',
  mchid: 'SIMmchA001',
  txamt: '3850',
  out_trade_no: 'S01T02-20260105-000123-1',
  syssn: '20260105180500020000000042',
  cancel: '0',
  respcd: '0000',
  notify_type: 'payment',
  chnlsn: '2026010522001400000000000042',
};

describe('a notification', () => {
  it.each(['N01-payment-ascii', 'N02-same-compact', 'N03-chinese-escaped', 'N04-chinese-utf8'])(
    'F43: like %s tells of a payment',
    (id) => {
      const { raw_body_base64, x_qf_sign, raw_body } = vector(id);
      const raw = Buffer.from(raw_body_base64, 'base64');
      const told = JSON.parse(raw_body) as typeof payment;
      expect(readNotice(options, raw, x_qf_sign)).toEqual({
        kind: 'payment',
        respcd: '0000',
        payment: null,
        facts: {
          number: told.out_trade_no,
          amount: Number(told.txamt),
          currency: 'HKD',
          outlet: 'SIMmchA001',
          qfpayNumber: told.syssn,
          walletNumber: '2026010522001400000000000042',
          payType: told.pay_type,
          paidAt: Date.UTC(2026, 0, 5, 5, 7, 31),
          reversed: false,
        },
      });
    },
  );

  it('F42: of a refund speaks of the refund, and of the payment by QFPay’s number', () => {
    const { raw_body_base64, x_qf_sign } = vector('N05-refund');
    expect(readNotice(options, Buffer.from(raw_body_base64, 'base64'), x_qf_sign)).toMatchObject({
      kind: 'refund',
      payment: '20260105180500020000000042',
      facts: {
        number: 'R-S01T02-20260105-000123-1',
        qfpayNumber: '20260105180500020000000050',
        amount: 1000,
      },
    });
  });

  it('of a void at a terminal is of no kind of ours, and has a key of its own', () => {
    const { raw_body_base64, x_qf_sign, client_key } = vector('N06-terminal-void');
    const raw = Buffer.from(raw_body_base64, 'base64');
    expect(readNotice({ ...options, key: client_key }, raw, x_qf_sign)?.kind).toBe('other');
    expect(readNotice(options, raw, x_qf_sign)).toBeNull();
  });

  it('of a card names its kind by order_type', () => {
    const { notify_type: _type, status: _status, ...card } = payment;
    expect(signedObject({ ...card, order_type: 'payment' })?.kind).toBe('payment');
    expect(signedObject({ ...card, order_type: 'refund' })?.kind).toBe('refund');
    expect(signedObject(card)?.kind).toBe('other');
  });

  it.each([
    ['an unknown kind', { notify_type: 'unfreeze' }],
    ['another case', { notify_type: 'PAYMENT' }],
    ['a status that is not success', { status: '0' }],
    ['no code', { respcd: '' }],
  ])('with %s is politely of no kind of ours', (_name, fields) => {
    expect(signedObject({ ...payment, ...fields })?.kind).toBe('other');
  });

  it.each([
    ['1', true],
    ['3', true],
    ['0', false],
    [0, false],
    [undefined, false],
  ])('with cancel %s tells whether money went back', (cancel, reversed) => {
    expect(signedObject({ ...payment, cancel })?.facts.reversed).toBe(reversed);
  });

  it('F43: may hold more fields, in any order, and numbers without quotes', () => {
    const text = `{"zz": {"a": [1]}, "txamt": 3850, ${JSON.stringify({ ...payment, txamt: undefined }).slice(1)}`;
    expect(signed(text)).toMatchObject({ kind: 'payment', facts: { amount: 3850 } });
  });

  it('F44 S43 is checked with every byte that came: a byte-order mark and line ends are part of it', () => {
    const text = JSON.stringify(payment);
    for (const odd of [`\uFEFF${text}`, `${text}\n`, `\r\n${text}\r\n`]) {
      expect(signed(odd)).toMatchObject({ kind: 'payment' });
      expect(readNotice(options, Buffer.from(odd), sign(Buffer.from(text)))).toBeNull();
      expect(readNotice(options, Buffer.from(text), sign(Buffer.from(odd)))).toBeNull();
    }
  });

  it.each([
    ['no signature', null],
    ['an empty one', ''],
    ['two in one header', `${sign(Buffer.from('{}'))}, ${sign(Buffer.from('{}'))}`],
    ['another shop’s (F46)', sign(Buffer.from(JSON.stringify(payment)), 'another key')],
    [
      'SHA256',
      createHash('sha256')
        .update(JSON.stringify(payment) + KEY)
        .digest('hex'),
    ],
  ])('S43 with %s is nothing', (_name, signature) => {
    expect(readNotice(options, Buffer.from(JSON.stringify(payment)), signature)).toBeNull();
  });

  it.each([
    ['one key twice', '{"txamt": "1", "txamt": "3850", "notify_type": "payment"}'],
    ['nine levels', `{"a": ${'['.repeat(8)}${']'.repeat(8)}}`],
    ['no JSON', 'out_trade_no=1'],
    ['a list', '[]'],
    ['an amount that is no number', JSON.stringify({ ...payment, txamt: '38.50' })],
    ['an amount that is an object', JSON.stringify({ ...payment, txamt: {} })],
  ])('S47 with %s is nothing, though its signature holds', (_name, text) => {
    expect(signed(text)).toBeNull();
  });

  it('F44 S47 is read up to 64 KiB and not beyond', () => {
    const text = JSON.stringify(payment);
    expect(signed(text.padEnd(65_536))).toMatchObject({ kind: 'payment' });
    expect(signed(text.padEnd(65_537))).toBeNull();
  });

  it('F44: of a megabyte, or packed by gzip, is nothing, however well it is signed', () => {
    const text = JSON.stringify(payment);
    expect(signed(text.padEnd(1_048_576))).toBeNull();
    const packed = gzipSync(text);
    expect(signed(packed)).toBeNull();
    expect(readNotice(options, packed, sign(Buffer.from(text)))).toBeNull();
  });

  it('S47 leaves the world’s objects alone when it names __proto__', () => {
    const text = `{"__proto__": {"txamt": "1", "kind": "payment"}, "respcd": "0000"}`;
    expect(signed(text)).toMatchObject({ kind: 'other', facts: { amount: null, number: null } });
    expect(({} as Record<string, unknown>).txamt).toBeUndefined();
  });
});
