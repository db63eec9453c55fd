import { describe, expect, test } from 'vitest';
import { codeOf, sentenceOf } from '@/components/till/sales/timeline-words';
import { lookOf, walletName } from '@/components/till/words';
import type { Say } from '@/components/ui/language';
import type { TimelineView } from '@/lib/contract';
import { en } from '@/lib/messages/en';
import { fill } from '@/lib/messages/language';
import { PAYMENT_STATES } from '@/lib/payment';
import { paymentWith } from './shop-window';

const say: Say = (key, ...values) => fill(en[key], values[0]);

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
      'Needs a manager. This sale was paid twice.',
      { kind: 'review', detail: { reason: 'paid-twice' } },
    ],
  ])('tells: %s', (sentence, facts) => {
    expect(sentenceOf(entry(facts), say)).toBe(sentence);
  });

  test('has a sentence even for an entry that it does not know', () => {
    const kinds = ['state', 'call', 'answer', 'notification', 'person', 'review'] as const;
    const strange = kinds.map((kind) =>
      sentenceOf(entry({ kind, state: null, detail: { says: 'zzz', reason: 'zzz' } }), say),
    );
    expect(strange.filter((sentence) => sentence === '' || sentence.includes('{'))).toEqual([]);
  });

  test('names the code that QFPay answered with', () => {
    expect(codeOf(entry({ detail: { respcd: '1143' } }), say)).toBe('Code 1143');
    expect(codeOf(entry({ detail: {} }), say)).toBe('');
  });
});
