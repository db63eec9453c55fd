import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { humanLine, type LogFields, log, logLine } from '@/server/log';

const line = (fields: LogFields, event = 'charge.answered') =>
  logLine({ at: Date.UTC(2026, 10, 22, 4, 5, 6, 789), level: 'info', event, fields });

describe('a line of the log', () => {
  test('is one JSON object with the time in UTC and the fields that were given', () => {
    expect(JSON.parse(line({ paymentId: 'CT7Q2-0001', respcd: '1143', ms: 12 }))).toEqual({
      at: '2026-11-22T04:05:06.789Z',
      level: 'info',
      event: 'charge.answered',
      paymentId: 'CT7Q2-0001',
      respcd: '1143',
      ms: 12,
    });
  });

  test('leaves out a field that the list does not name', () => {
    const smuggled = { authCode: '281234567890123456', pin: '300300', count: 2 } as LogFields;
    expect(Object.keys(JSON.parse(line(smuggled)))).toEqual(['at', 'level', 'event', 'count']);
  });

  test.each(['\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085', '\u001b[2J'])(
    'S58 stays one line when a message carries %j',
    (breaker) => {
      const written = line({ message: `paid${breaker}{"level":"error"}` });
      expect(written).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(JSON.parse(written).message).toBe(`paid${breaker}{"level":"error"}`);
    },
  );

  test('hides a value that has not the shape of its field', () => {
    const odd = JSON.parse(line({ respcd: '11 43', route: 'http://x', staff: 'Chan', ms: 3 }));
    expect(odd).toMatchObject({ respcd: '[hidden]', route: '[hidden]', staff: '[hidden]', ms: 3 });
  });

  test('hides an event name that somebody built from outside text', () => {
    expect(JSON.parse(line({}, 'paid\n{"level":"error"}')).event).toBe('[hidden]');
  });

  test('is not longer than a screen, however long the message', () => {
    expect(line({ message: 'very '.repeat(10_000) }).length).toBeLessThan(2_200);
  });
});

describe('a line for people, while somebody develops', () => {
  const human = (fields: LogFields) =>
    humanLine({
      at: Date.UTC(2026, 10, 22, 4, 5, 6, 789),
      level: 'warning',
      event: 'qfpay',
      fields,
    });

  test('begins with the hour, and quotes what has blanks', () => {
    expect(human({ paymentId: 'CT7Q2-0001', message: 'it "broke"', ms: 12 })).toBe(
      '04:05:06.789Z warning qfpay paymentId=CT7Q2-0001 ms=12 message="it \\"broke\\""',
    );
  });

  test('has a stack on lines of its own, and no other break', () => {
    const lines = human({ message: 'a\nb\u2028c', stack: 'at one\nat two\r\u001b[2J' }).split('\n');
    expect(lines.slice(1)).toEqual(['at one', 'at two\\u000d\\u001b[2J']);
    expect(lines[0]).toMatch(/message="a\\nb\\u2028c"$/);
  });

  test('hides what the other hides', () => {
    const told = human({ message: `key ${'9f'.repeat(16)}`, payType: '281234567890123456' });
    expect(told).not.toMatch(/9f9f|2812/);
  });
});

test.each([
  ['production', /^\{"at":".+Z","level":"info","event":"store","count":2\}\n$/],
  ['development', /^\d\d:\d\d:\d\d\.\d{3}Z info {4}store count=2\n$/],
])('in %s the log is written in its own form', (mode, form) => {
  vi.stubEnv('NODE_ENV', mode);
  const written: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  onTestFinished(() => {
    spy.mockRestore();
    vi.unstubAllEnvs();
  });
  log.info('store', { count: 2 });
  expect(written).toEqual([expect.stringMatching(form)]);
});

describe('S58 nothing that can be spent or forged with is written', () => {
  test.each([
    ['an MD5 signature', 'X-QF-SIGN 0A1B2C3D4E5F60718293A4B5C6D7E8F9 differs', /0A1B/],
    ['a SHA256 signature', `sign ${'0a1b2c3d'.repeat(8)}`, /0a1b/],
    ['a client key of hex', `key ${'9f'.repeat(16)} refused`, /9f9f/],
    ['a payment code of a customer', 'scanned 281234567890123456 twice', /2812|3456/],
    ['a payment code read in groups', 'scanned 2812 3456 7890 1234 56 twice', /2812|3456/],
    ['a card number', 'note 4111-1111-1111-1111', /4111|1111/],
    ['a PIN by its name', 'wrong pin 300300 for 3000', /300300/],
    ['a PIN in a body', '{"pin":"300300"}', /300300/],
    ['a secret by its name', 'secret=correct-horse-9', /horse/],
    ['a token', 'cookie eyJhbGciOiJkaXIifQ.abc-DEF_1.xyz', /eyJ|abc-DEF/],
    ['a long random word', `session ${'aZ3_'.repeat(11)}`, /aZ3_/],
  ])('%s', (_what, message, secret) => {
    const written = line({ message });
    expect(written).toContain('[hidden]');
    expect(written).not.toMatch(secret);
  });

  test('while our own numbers, QFPay numbers and file paths stay readable', () => {
    const fields = {
      paymentId: 'CT7Q2K9ZX3MF5',
      qfpayNumber: '20261122180000123456789012',
      stack: 'at charge (/work/shop/countertop/server/payments/charge-with-a-long-name.ts:12:3)',
      message: 'QFPay answered 1143 after 1200 ms',
    };
    expect(JSON.parse(line(fields))).toMatchObject(fields);
  });
});
