import { beforeEach, describe, expect, test, vi } from 'vitest';
import { newKey } from '@/components/live/new-key';
import {
  type Attempt,
  bodyOf,
  forgetAttempt,
  keepAttempt,
  keptAttempt,
} from '@/components/till/attempt';
import { IDEMPOTENCY_KEY, newPaymentSchema } from '@/lib/contract';

const attempt: Attempt = {
  key: '349f6992-295d-4b48-8580-3d855cf23d23',
  amount: 4850,
  payType: '801501',
  note: 'Table 7',
  saleId: null,
  counter: '1',
  startedAt: 1_767_592_927_000,
  paymentId: null,
};

/** What a browser keeps, in memory. */
let kept: Map<string, string>;
beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});

describe('the key of a tap', () => {
  test('is one that the server accepts, and never the same twice', () => {
    const keys = Array.from({ length: 200 }, newKey);
    expect(keys.filter((key) => !IDEMPOTENCY_KEY.test(key))).toEqual([]);
    expect(new Set(keys).size).toBe(200);
  });

  test('can be made where the address is not secure', () => {
    const { getRandomValues } = crypto;
    vi.stubGlobal('crypto', { getRandomValues: getRandomValues.bind(crypto) });
    const keys = [newKey(), newKey()];
    vi.unstubAllGlobals();
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).not.toBe(keys[0]);
  });

  test('is found again after a reload, until it is forgotten', () => {
    keepAttempt(attempt);
    expect(keptAttempt('1')).toEqual(attempt);
    forgetAttempt('1');
    expect(keptAttempt('1')).toBeNull();
  });

  test('is not taken from another counter of the same tablet', () => {
    keepAttempt(attempt);
    expect(keptAttempt('2')).toBeNull();
    keepAttempt({ ...attempt, key: 'other', counter: '2' });
    expect([keptAttempt('1')?.key, keptAttempt('2')?.key]).toEqual([attempt.key, 'other']);
  });

  test.each([['{'], ['null'], ['{"key":1}'], [JSON.stringify({ ...attempt, amount: 48.5 })]])(
    'is not made up from what is not one: %s',
    (text) => {
      kept.set('countertop.attempt.1', text);
      expect(keptAttempt('1')).toBeNull();
    },
  );

  test('a full storage does not stop the sale', () => {
    vi.stubGlobal('localStorage', {
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    expect(() => keepAttempt(attempt)).not.toThrow();
    expect(keptAttempt('1')).toBeNull();
  });
});

describe('the body of a tap', () => {
  test('is the same for every try and passes the door', () => {
    expect(bodyOf(attempt, null)).toEqual({
      amount: 4850,
      counter: '1',
      payType: '801501',
      note: 'Table 7',
    });
    expect(newPaymentSchema.safeParse(bodyOf(attempt, null)).success).toBe(true);
  });

  test('names the sale that is tried again, after a reload too', () => {
    const saleId = '01JD2X9K7M4QX9RW4H0V8T6B2C';
    keepAttempt({ ...attempt, saleId });
    const found = keptAttempt('1');
    expect(found === null ? null : bodyOf(found, null)).toMatchObject({ amount: 4850, saleId });
    expect(newPaymentSchema.safeParse(bodyOf({ ...attempt, saleId }, null)).success).toBe(true);
  });

  test('that an older till kept begins a sale of its own', () => {
    const { saleId: _none, ...older } = attempt;
    kept.set('countertop.attempt.1', JSON.stringify(older));
    expect(keptAttempt('1')).toEqual(attempt);
  });

  test('of a scan carries the code; what is kept on the tablet does not', () => {
    const scan: Attempt = { ...attempt, payType: null, note: null };
    const code = '134567890123456789';
    keepAttempt(scan);
    expect(bodyOf(scan, code)).toEqual({ amount: 4850, counter: '1', authCode: code });
    expect([...kept.values()].join()).not.toContain(code);
  });
});
