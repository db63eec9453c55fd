import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskCode, readScan, type Symbology } from '@/lib/payment-code';

const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^\\d{${min},${max}}$`));
const symbology = fc.constantFrom<(Symbology | null)[]>(
  null,
  'ean-13',
  'ean-8',
  'upc-a',
  'code-128',
  'qr',
);

describe('a payment code', () => {
  test.each([
    ['150123456789012345', 'wechat'],
    ['101234567890123456', 'wechat'],
    ['161234567890123456', null],
    ['6212345678901234567', 'unionpay'],
    ['621234567890123456', null],
    ['2812345678901234', 'alipay'],
    ['251234567890123456789012', 'alipay'],
    ['301234567890123456', 'alipay'],
    ['25123456789012345678901234567890', 'alipay'],
    ['241234567890123456', null],
    ['99999999999999999', null],
  ])('%s is sent, and its first digits hint at %s', (code, hint) => {
    expect(readScan(code)).toEqual({ kind: 'payment-code', code, hint });
  });

  test('of 16 to 32 digits is sent whatever the decoder or the first digits say', () => {
    fc.assert(
      fc.property(digits(16, 32), symbology, (code, seen) => {
        expect(readScan(code, seen)).toMatchObject({ kind: 'payment-code', code });
      }),
      { numRuns: 1000 },
    );
  });

  test('comes without what the hand scanner types after it', () => {
    const bare = '150123456789012345';
    for (const tail of ['\r', '\n', '\r\n', '\t', '\t\r\n']) {
      expect(readScan(bare + tail)).toMatchObject({ kind: 'payment-code', code: bare });
    }
  });

  test.each(['hQVDUFYwMWETTwegAAAAVQEBUAs=', 'PayMe-7f3a', '1234567', 'a b', '八達通123'])(
    'of an unknown form is sent as well: %s',
    (code) => {
      expect(readScan(code)).toEqual({ kind: 'payment-code', code, hint: null });
    },
  );

  test('may have 128 characters and not one more', () => {
    expect(readScan('A'.repeat(128)).kind).toBe('payment-code');
    expect(readScan(`${'A'.repeat(128)}\r\n`).kind).toBe('payment-code');
    expect(readScan('A'.repeat(129)).kind).toBe('too-long');
    expect(readScan('1'.repeat(129)).kind).toBe('too-long');
  });
});

describe('a product', () => {
  // Check digits by GS1's arithmetic: 4006381333931 is the textbook EAN-13, 73513537 the EAN-8,
  // 036000291452 the UPC-A.
  test.each(['4006381333931', '73513537', '036000291452', '4006381333931\r\n'])(
    'is known by its check digit: %j',
    (code) => {
      expect(readScan(code)).toEqual({ kind: 'product' });
    },
  );

  test.each(['4006381333932', '73513538', '036000291453'])(
    'is not seen where the check digit is wrong: %s',
    (code) => {
      expect(readScan(code).kind).toBe('payment-code');
    },
  );

  test('has one right check digit out of ten', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(7, 11, 12).chain((length) => digits(length, length)),
        (body) => {
          const kinds = Array.from({ length: 10 }, (_, digit) => readScan(`${body}${digit}`).kind);
          expect(kinds.filter((kind) => kind === 'product')).toHaveLength(1);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each<Symbology>(['ean-13', 'ean-8', 'upc-a'])('is whatever an %s bar code holds', (seen) => {
    expect(readScan('4006381333932', seen)).toEqual({ kind: 'product' });
    expect(readScan('12345', seen)).toEqual({ kind: 'product' });
  });

  test('is not made of a QR or a Code 128 by its name alone', () => {
    expect(readScan('4006381333932', 'qr').kind).toBe('payment-code');
    expect(readScan('4006381333932', 'code-128').kind).toBe('payment-code');
  });
});

describe("a merchant's QR", () => {
  test.each([
    'https://qr.alipay.com/baxSIM000000000042',
    'HTTPS://QR.ALIPAY.COM/BAX',
    'http://shop.example.hk',
    'weixin://wxpay/bizpayurl?pr=SIM',
    '00020101021226',
    `00020101021226${'A'.repeat(150)}`,
  ])('is told apart from a payment code: %s', (text) => {
    expect(readScan(text)).toEqual({ kind: 'merchant-qr' });
  });
});

describe('nothing to charge', () => {
  test.each(['', '\r\n', '\t', '   '])('%j is empty', (text) => {
    expect(readScan(text)).toEqual({ kind: 'empty' });
  });

  test.each(['abc\u0000def', '12\u001d34', 'a\nb', 'a\u200bb', 'a\u00a0b', '\ud800', '\ufffe'])(
    '%j cannot be read',
    (text) => {
      expect(readScan(text)).toEqual({ kind: 'unreadable' });
    },
  );

  test('every text gets an answer, and what is sent is printable and short enough', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), symbology, (text, seen) => {
        const scan = readScan(text, seen);
        if (scan.kind !== 'payment-code') return;
        expect(scan.code.length).toBeLessThanOrEqual(128);
        expect(scan.code).not.toMatch(/[\p{C}\r\n\t]/u);
        expect(text.startsWith(scan.code)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a code on a screen or in a record', () => {
  test('shows its last four characters and nothing before', () => {
    expect(maskCode('150123456789012345')).toBe('••••2345');
  });

  test('shows nothing when it is so short that four characters would tell much', () => {
    expect(maskCode('12345678901')).toBe('••••');
    expect(maskCode('')).toBe('••••');
  });
});
