import { describe, expect, test } from 'vitest';
import { codeOf, sentenceOf } from '@/components/desk/history/timeline-words';
import { lookOf, refundLookOf, reviewAdvice, walletName } from '@/components/live/words';
import type { Say } from '@/components/ui/language';
import type { TimelineView } from '@/lib/contract';
import { WHOLE } from '@/lib/messages/dictionary';
import { fill } from '@/lib/messages/language';
import { formatMoney } from '@/lib/money';
import { PAYMENT_STATES } from '@/lib/payment';
import { REFUND_STATES } from '@/lib/refund';
import { paymentWith } from '../../support/shop-window';

const say: Say = (key, ...values) => fill(WHOLE.en[key], values[0]);
const telling = {
  say,
  amount: (minor: number) => formatMoney({ minor, currency: 'HKD' }, 'en'),
};

describe('the word and the icon of a payment', () => {
  test('green is for money that the server calls paid, and for nothing else', () => {
    const green = PAYMENT_STATES.filter(
      (state) => lookOf(paymentWith({ state, confirmed: true })).tone === 'paid',
    );
    expect(green).toEqual(['paid']);
  });

  test('what is not known is amber, and so is what is being cancelled', () => {
    for (const state of ['unknown', 'cancelling'] as const) {
      expect(lookOf(paymentWith({ state })).tone).toBe('unknown');
    }
  });

  test('late money and a matter for a manager are not plain green', () => {
    expect(lookOf(paymentWith({ state: 'paid', late: true })).word).toBe('state.late');
    expect(lookOf(paymentWith({ state: 'paid', review: 'paid-twice' })).tone).toBe('stop');
  });
});

describe('money that went back', () => {
  const paid = { state: 'paid', confirmed: true, amount: 4850 } as const;

  test('is said of the payment in part and in full, and before late money', () => {
    const word = (refundedAmount: number, late = false) =>
      lookOf(paymentWith({ ...paid, refundedAmount, late })).word;
    expect([0, 1, 4849, 4850].map((back) => word(back))).toEqual([
      'state.paid',
      'state.partly-refunded',
      'state.partly-refunded',
      'state.refunded',
    ]);
    expect(word(4850, true)).toBe('state.refunded');
    expect(word(0, true)).toBe('state.late');
  });

  test('looks done for a refund that is done, and for no other', () => {
    const tones = REFUND_STATES.map((state) => [state, refundLookOf({ state }).tone]);
    expect(tones.filter(([, tone]) => tone === 'paid')).toEqual([['done', 'paid']]);
  });

  test('is proposed with its amount where a sale was paid twice, and never otherwise', () => {
    const amount = (minor: number) => formatMoney({ minor, currency: 'HKD' }, 'en');
    const twice = paymentWith({ ...paid, review: 'paid-twice', proposedRefund: 4850 });
    expect(reviewAdvice(twice, say, amount)).toBe(
      'Refund proposed: HK$48.50. A manager opens the sale.',
    );
    const nothing = { ...twice, proposedRefund: null };
    expect(reviewAdvice(nothing, say, amount)).toContain('Do not refund at the till.');
    const other = { ...twice, review: 'answer-differs' } as const;
    expect(reviewAdvice(other, say, amount)).toContain('Do not refund at the till.');
  });
});

test('a payment that a manager let go is watched while it is open, and paid when it is paid', () => {
  const look = (state: 'unknown' | 'cancelling' | 'closed' | 'paid') =>
    lookOf(paymentWith({ state, confirmed: true, abandoned: true })).word;
  expect(look('unknown')).toBe('state.watched');
  expect(look('cancelling')).toBe('state.watched');
  expect(look('closed')).toBe('state.closed');
  expect(look('paid')).toBe('state.paid');
});

describe('the name of a wallet', () => {
  test.each([
    [{ wallet: 'wechat', payType: '800201' }, 'WeChat Pay'],
    [{ wallet: null, payType: '802001' }, 'FPS'],
    [{ wallet: null, payType: '800008' }, 'Any wallet'],
    [{ wallet: null, payType: '899999' }, 'Other (899999)'],
  ])('%o is %s', (payment, name) => {
    expect(walletName(payment, say)).toBe(name);
  });
});

describe('the story of a payment', () => {
  const entry = (facts: Partial<TimelineView>): TimelineView => ({
    seq: 1,
    at: '2026-01-05T14:02:07+08:00',
    kind: 'answer',
    actor: 'server',
    state: 'awaiting',
    detail: {},
    ...facts,
  });

  test.each<[string, Partial<TimelineView>]>([
    ['Charged at the till', { kind: 'person', actor: '3000', detail: { did: 'charge' } }],
    ['Asked the wallet for the money', { kind: 'call', detail: { call: 'charge' } }],
    [
      'Answer: order created, not paid yet',
      { detail: { source: 'charge', says: 'created', respcd: '0000' } },
    ],
    ['Check: not known there', { detail: { source: 'query', says: 'none' } }],
    ['Stop: no clear answer', { detail: { source: 'close', says: 'unclear' } }],
    ['The payment service told us: paid', { kind: 'notification' }],
    ['Now: Paid', { kind: 'state', state: 'paid' }],
    ['Asked to cancel', { kind: 'person', actor: '3000', detail: { source: 'stop' } }],
    ['The time ran out, so the till asks to stop', { kind: 'person', detail: { source: 'stop' } }],
    [
      'A manager let the customer pay another way',
      { kind: 'person', actor: '2000', detail: { did: 'override', staff: '3000', reason: null } },
    ],
    [
      'Refund of HK$10.00 asked for',
      { kind: 'person', actor: '2000', detail: { did: 'refund', refund: 'R', amount: 1_000 } },
    ],
    ['Asked for a refund', { kind: 'call', detail: { call: 'refund', refund: 'R' } }],
    ['Refund: refused', { detail: { source: 'refund', says: 'refused', refund: 'R' } }],
    ['Refund check: refunded', { detail: { source: 'refund-query', says: 'done', refund: 'R' } }],
    [
      'The payment service told us: refunded',
      { kind: 'notification', detail: { source: 'refund-notice', says: 'done', refund: 'R' } },
    ],
    [
      'Refund of HK$10.00: Waiting',
      {
        kind: 'state',
        state: 'paid',
        detail: { refund: 'R', from: 'requested', to: 'deferred', amount: 1_000 },
      },
    ],
    [
      'Needs a manager. Money was given back outside this till.',
      { kind: 'review', detail: { reason: 'refunded-outside', refund: 'R', amount: 1_000 } },
    ],
    [
      'Needs a manager. This sale was paid twice.',
      { kind: 'review', detail: { reason: 'paid-twice' } },
    ],
  ])('tells: %s', (sentence, facts) => {
    expect(sentenceOf(entry(facts), telling)).toBe(sentence);
  });

  test('has a sentence even for an entry that it does not know', () => {
    const kinds = ['state', 'call', 'answer', 'notification', 'person', 'review'] as const;
    const strange = kinds.map((kind) =>
      sentenceOf(entry({ kind, state: null, detail: { says: 'zzz', reason: 'zzz' } }), telling),
    );
    expect(strange.filter((sentence) => sentence === '' || sentence.includes('{'))).toEqual([]);
  });

  test('names the code that QFPay answered with', () => {
    expect(codeOf(entry({ detail: { respcd: '1143' } }), say)).toBe('Code 1143');
    expect(codeOf(entry({ detail: {} }), say)).toBe('');
  });
});
