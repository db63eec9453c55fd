import { describe, expect, it } from 'vitest';
import type { Reading } from '@/components/till/scan/engine';
import {
  agedBy,
  asJson,
  outcomeOfKeys,
  outcomeOfStill,
  type Trial,
  tallyOf,
} from '@/components/till/trial/trial';

const WECHAT = '134512345678901234';
const ALIPAY = '281234567890123456';
const stripes = (text: string): Reading => ({ text, symbology: 'code-128' });
const qr = (text: string): Reading => ({ text, symbology: 'qr' });
const product: Reading = { text: '4891234567898', symbology: 'ean-13' };
const sticker = qr('https://pay.example/shop/1');

const still = (...readings: readonly Reading[]) =>
  outcomeOfStill({ readings, stage: 'strip', ms: 12.5 });

describe('a picture of a code', () => {
  it.each([stripes(WECHAT), qr(WECHAT)])('is a payment code with how it was read', (reading) => {
    expect(still(reading, sticker)).toMatchObject({
      verdict: 'payment-code',
      text: WECHAT,
      format: reading.symbology,
      wallet: 'wechat',
      step: 'strip',
      ms: 12.5,
    });
  });

  it('is nothing to charge, and named, when it is a product or a shop’s own QR', () => {
    expect(still(product)).toMatchObject({
      verdict: 'product',
      text: null,
      seen: [{ content: product.text, format: 'ean-13' }],
    });
    expect(still(sticker)).toMatchObject({ verdict: 'merchant-qr', text: null });
  });

  it('is neither of two payment codes', () => {
    expect(still(qr(WECHAT), qr(ALIPAY))).toMatchObject({ verdict: 'two-codes', text: null });
  });

  it('is nothing when nothing was read', () => {
    expect(still()).toMatchObject({ verdict: 'nothing', text: null, seen: [], step: null });
  });
});

describe('a hand scanner’s keys', () => {
  it('are judged as the till judges them', () => {
    expect(outcomeOfKeys(ALIPAY, null, 80)).toMatchObject({
      verdict: 'payment-code',
      text: ALIPAY,
    });
    expect(outcomeOfKeys(product.text, null, 80)).toMatchObject({ verdict: 'product', text: null });
    expect(outcomeOfKeys('00020101021226', null, 80).verdict).toBe('merchant-qr');
  });

  it('are an old code when the same was there minutes ago', () => {
    const firstSeen = new Map<string, number>();
    const outcome = outcomeOfKeys(WECHAT, null, 80);
    expect(agedBy(outcome, firstSeen, 0).verdict).toBe('payment-code');
    expect(agedBy(outcome, firstSeen, 60_000).verdict).toBe('payment-code');
    expect(agedBy(outcome, firstSeen, 180_000).verdict).toBe('old-code');
  });
});

describe('what programs are told', () => {
  const trial = (number: number, ms: number, readings: readonly Reading[]): Trial => ({
    number,
    source: 'file',
    file: `f${number}.jpg`,
    ...outcomeOfStill({ readings, stage: 'whole', ms }),
  });
  const results = [trial(1, 10, [qr(WECHAT)]), trial(2, 90, []), trial(3, 20, [qr(ALIPAY)])];

  it('is every result in order, and the last one again by itself', () => {
    const told: unknown = JSON.parse(asJson(results, 4));
    expect(told).toMatchObject({ pending: 4, count: 3, results, last: results[2] });
    expect(told).toMatchObject({ text: ALIPAY, file: 'f3.jpg', step: 'whole', ms: 20 });
  });

  it('is that nothing was tried yet', () => {
    expect(JSON.parse(asJson([], 0))).toEqual({ pending: 0, count: 0, last: null, results: [] });
  });

  it('adds up the pictures alone', () => {
    const typed: Trial = { ...trial(4, 500, []), source: 'hand', file: null };
    expect(tallyOf([...results, typed])).toEqual({ pictures: 3, read: 2, median: 20, slow: 90 });
    expect(tallyOf([typed])).toBeNull();
  });
});
