import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  notificationHolds,
  responseRule,
  type SignType,
  sameHex,
  signedPairs,
  signRequest,
} from '@/server/qfpay/sign';

const KEY = '00112233445566778899AABBCCDDEEFF';
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((value) => !/[\p{Cc}\p{Cs}]/u.test(value));
const name = fc.stringMatching(/^[a-zA-Z_]{1,8}$/).filter((one) => !/^sign(_type)?$/.test(one));
const parameters = fc.dictionary(name, text, { minKeys: 1, maxKeys: 8 });
const signType = fc.constantFrom<SignType>('SHA256', 'MD5');
const body = fc.uint8Array({ minLength: 1, maxLength: 200 });

/** What a server does: decode the form, sort, sign, compare (§3.1). */
function serverAccepts(form: string, presented: string, by: SignType): boolean {
  const pairs = signedPairs(Object.fromEntries(new URLSearchParams(form)));
  return sameHex(presented, signRequest(pairs, KEY, by));
}

describe('the signature of a request', () => {
  it('holds for whoever reads what was sent', () => {
    fc.assert(
      fc.property(parameters, signType, (given, by) => {
        const pairs = signedPairs(given);
        const form = new URLSearchParams(pairs.map((pair) => [...pair])).toString();
        expect(serverAccepts(form, signRequest(pairs, KEY, by), by)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same whatever order the parameters are in', () => {
    const shuffled = parameters.chain((given) =>
      fc.tuple(
        fc.constant(given),
        fc.shuffledSubarray(Object.entries(given), { minLength: Object.keys(given).length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, signType, ([given, entries], by) => {
        const again = signRequest(signedPairs(Object.fromEntries(entries)), KEY, by);
        expect(again).toBe(signRequest(signedPairs(given), KEY, by));
      }),
      { numRuns: 500 },
    );
  });

  it('breaks with any other value, any other key and the other algorithm', () => {
    fc.assert(
      fc.property(parameters, fc.nat(), text, signType, (given, which, other, by) => {
        const names = Object.keys(given);
        const changed = names[which % names.length] ?? '';
        fc.pre(given[changed] !== other);
        const pairs = signedPairs(given);
        const signature = signRequest(pairs, KEY, by);
        const forged = signRequest(signedPairs({ ...given, [changed]: other }), KEY, by);
        expect(sameHex(signature, forged)).toBe(false);
        expect(sameHex(signature, signRequest(pairs, `${KEY}0`, by))).toBe(false);
        const swapped = by === 'MD5' ? 'SHA256' : 'MD5';
        expect(sameHex(signature, signRequest(pairs, KEY, swapped))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the signature of what QFPay sends', () => {
  const byte = fc.integer({ min: 1, max: 255 });

  it('F44 S43 holds over the very bytes and breaks with any one of them', () => {
    fc.assert(
      fc.property(body, fc.nat(), byte, fc.boolean(), (raw, place, flip, asAnswer) => {
        const signature = signRaw(raw);
        const holds = (bytes: Uint8Array, presented: string, key: string): boolean =>
          asAnswer
            ? responseRule({ body: bytes, data: undefined }, presented, key) === 'raw-body'
            : notificationHolds(bytes, presented, key);
        expect(holds(raw, signature, KEY)).toBe(true);
        expect(holds(raw, signature.toLowerCase(), KEY)).toBe(true);
        const other = Uint8Array.from(raw);
        other[place % raw.length] = (raw[place % raw.length] ?? 0) ^ flip;
        expect(holds(other, signature, KEY)).toBe(false);
        expect(holds(raw.subarray(1), signature, KEY)).toBe(false);
        expect(holds(Buffer.concat([raw, Buffer.from('\n')]), signature, KEY)).toBe(false);
        expect(holds(raw, signature, `${KEY} `)).toBe(false);
        const wrong = signature.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
        expect(holds(raw, wrong, KEY)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

/** §3.3, by Node's own digest. */
function signRaw(raw: Uint8Array): string {
  return createHash('md5').update(raw).update(KEY).digest('hex').toUpperCase();
}
