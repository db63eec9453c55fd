import { describe, expect, it } from 'vitest';
import {
  acceptFrame,
  isPaymentShaped,
  NOTHING_SEEN,
  type Verdict,
} from '@/components/till/scan/acceptance';
import type { Reading } from '@/components/till/scan/engine';

const WECHAT = '134512345678901234';
const ALIPAY = '281234567890123456';
const stripes = (text: string): Reading => ({ text, symbology: 'code-128' });
const qr = (text: string): Reading => ({ text, symbology: 'qr' });
const product: Reading = { text: '4891234567898', symbology: 'ean-13' };
const sticker = qr('https://pay.example/shop/1');

type Frame = readonly [at: number, ...readings: Reading[]];

/** What the till is told of these frames, as `time: what`. */
function told(...frames: readonly Frame[]): string[] {
  let state = NOTHING_SEEN;
  return frames.flatMap(([at, ...readings]) => {
    const { next, verdict } = acceptFrame(state, readings, at);
    state = next;
    return verdict ? [`${at}: ${words(verdict)}`] : [];
  });
}

const words = (verdict: Verdict): string =>
  verdict.kind === 'code'
    ? `${verdict.code} by ${verdict.symbology}`
    : `${verdict.why}${verdict.again ? ' again' : ''}`;

describe('a customer’s code before the camera', () => {
  it('is taken from a QR at once, and with it the wallet it hints at', () => {
    const { verdict } = acceptFrame(NOTHING_SEEN, [qr(WECHAT)], 0);
    expect(verdict).toEqual({ kind: 'code', code: WECHAT, hint: 'wechat', symbology: 'qr' });
  });

  it('is taken from stripes when two frames agree', () => {
    expect(told([0, stripes(WECHAT)])).toEqual([]);
    expect(told([0, stripes(WECHAT)], [100, stripes(WECHAT)])).toEqual([
      `100: ${WECHAT} by code-128`,
    ]);
  });

  it('need not be read in every frame for two to agree', () => {
    expect(told([0, stripes(WECHAT)], [100], [200], [300, stripes(WECHAT)])).toHaveLength(1);
  });

  it('is not taken from two looks that are seconds apart', () => {
    expect(told([0, stripes(WECHAT)], [2500, stripes(WECHAT)])).toEqual([]);
  });

  it('is not taken when a misreading came between', () => {
    const misread = '134512345678901243';
    expect(told([0, stripes(WECHAT)], [100, stripes(misread)], [200, stripes(WECHAT)])).toEqual([]);
  });

  it('is not taken from a frame that shows two customers’ codes', () => {
    expect(told([0, qr(WECHAT), qr(ALIPAY)], [100, stripes(WECHAT), qr(ALIPAY)])).toEqual([]);
    expect(told([0, qr(WECHAT), qr(ALIPAY)], [100, qr(ALIPAY)])).toHaveLength(1);
  });

  it('is told once, however long the phone is held there', () => {
    const frames: Frame[] = Array.from({ length: 200 }, (_, i) => [i * 100, qr(WECHAT)]);
    expect(told(...frames)).toEqual([`0: ${WECHAT} by qr`]);
  });

  it('is told again when it comes back after five seconds, and not before', () => {
    expect(told([0, qr(WECHAT)], [4999, qr(WECHAT)])).toHaveLength(1);
    expect(told([0, qr(WECHAT)], [5000, qr(WECHAT)])).toHaveLength(2);
  });

  it('of the next customer is told at once', () => {
    expect(told([0, qr(WECHAT)], [200, qr(ALIPAY)])).toHaveLength(2);
  });

  it('is taken though the shop’s own sticker and a box are in view', () => {
    expect(told([0, sticker, product, qr(WECHAT)])).toEqual([`0: ${WECHAT} by qr`]);
  });
});

describe('something else before the camera', () => {
  it('is refused with words when two frames agree on it', () => {
    expect(told([0, product])).toEqual([]);
    expect(told([0, product], [100, product])).toEqual(['100: product']);
    expect(told([0, sticker], [100, sticker])).toEqual(['100: merchant-qr']);
  });

  it('is refused no more often than every two seconds, and known as still there', () => {
    const frames: Frame[] = Array.from({ length: 46 }, (_, i) => [i * 100, product]);
    expect(told(...frames)).toEqual(['100: product', '2100: product again', '4100: product again']);
  });

  it('is refused afresh when it was away', () => {
    expect(told([0, product], [100, product], [6000, product], [6100, product])).toEqual([
      '100: product',
      '6100: product',
    ]);
  });

  it('is never refused in a frame that shows a payment code', () => {
    expect(told([0, product, stripes(WECHAT)], [100, product, stripes(WECHAT)])).toEqual([
      `100: ${WECHAT} by code-128`,
    ]);
  });

  it('that is text of no wallet’s shape is charged only when two frames agree', () => {
    expect(told([0, qr('PAYME-8F3K')])).toEqual([]);
    expect(told([0, qr('PAYME-8F3K')], [100, qr('PAYME-8F3K')])).toHaveLength(1);
    expect(told([0, qr('PAYME-8F3K'), qr(WECHAT)])).toEqual([`0: ${WECHAT} by qr`]);
  });
});

describe('the search of a frame', () => {
  it('stops at a payment code, and neither at a box nor at a sticker nor at plain text', () => {
    expect([qr(WECHAT), product, sticker, qr('hello')].map(isPaymentShaped)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});
