import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAmbiguous,
  notificationHolds,
  type Pair,
  type Parameters,
  responseRule,
  type SignType,
  sameHex,
  signedPairs,
  signRequest,
  signString,
  Unsignable,
} from '@/server/qfpay/sign';
import { PARAMETER_NAMES } from '@/server/qfpay/wire';
import vectors from './vectors.json';

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

describe('signing a request', () => {
  it.each(vectors.request.map((vector) => [vector.id, vector] as const))(
    'S41 signs %s as the published vectors do',
    (_id, vector) => {
      const pairs = signedPairs(vector.params as Parameters);
      expect(pairs.map(([name]) => name)).toEqual(vector.order);
      expect(signString(pairs)).toBe(vector.sign_string);
      expect(signRequest(pairs, vector.client_key, 'MD5')).toBe(vector.md5);
      expect(signRequest(pairs, vector.client_key, 'SHA256')).toBe(vector.sha256);
      expect(new URLSearchParams(pairs.map((pair) => [...pair])).toString()).toBe(vector.body_plus);
    },
  );

  it('does not sign what a signer that keeps empty values would sign', () => {
    const kept = vectors.request.find((vector) => vector.if_empty_kept !== undefined);
    const pairs = signedPairs((kept?.params ?? {}) as Parameters);
    expect(signString(pairs)).not.toBe(kept?.if_empty_kept?.sign_string);
    expect(signRequest(pairs, kept?.client_key ?? '', 'MD5')).not.toBe(kept?.if_empty_kept?.md5);
  });

  it('keeps a zero that is a number', () => {
    expect(signedPairs({ page: 0, mchid: '', udid: null, txamt: undefined })).toEqual([
      ['page', '0'],
    ]);
  });

  it('sorts a four-byte name after the last name of the basic plane', () => {
    // U+FF5E is EF BD 9E in UTF-8 and U+1F9CB is F0 9F A7 8B, but in UTF-16 FF5E > D83E.
    const pairs = signedPairs({ '\u{1F9CB}': 'b', '\uFF5E': 'a' });
    expect(pairs.map(([, value]) => value)).toEqual(['a', 'b']);
  });

  it.each([
    ['a line break', '1\n2'],
    ['a NUL', '\u0000'],
    ['DEL', '\u007f'],
    ['a C1 control', '\u0085'],
    ['half a surrogate pair', '\ud83e'],
  ])('S42 refuses to sign %s, naming the parameter and not its value', (_name, value) => {
    const failure = (() => {
      try {
        signedPairs({ auth_code: `15${value}` });
        return null;
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(Unsignable);
    expect(String(failure)).toContain('auth_code');
    expect(String(failure)).not.toContain('15');
  });

  it('S42 travels as exactly the pairs that were signed', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 12 });
    const printable = value.filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text));
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-zA-Z_]{1,8}$/), printable), (parameters) => {
        const pairs = signedPairs(parameters);
        const form = new URLSearchParams(pairs.map((pair) => [...pair])).toString();
        expect([...new URLSearchParams(form)]).toEqual(pairs);
        expect([...new URLSearchParams(form.replaceAll('+', '%20'))]).toEqual(pairs);
      }),
      { numRuns: 500 },
    );
  });

  it('S42 never lets two different requests through that sign alike', () => {
    const name = fc.constantFrom('mchid', 'txamt', 'udid', 'goods_name');
    // Pieces that move boundaries when they meet.
    const piece = fc.constantFrom('1', '&', '=', 'mchid', 'txamt', '&txamt=', '&udid=2', 'a');
    const value = fc.array(piece, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    const passed = new Map<string, string>();
    let refused = 0;
    fc.assert(
      fc.property(fc.dictionary(name, value, { minKeys: 1 }), (parameters) => {
        const pairs = signedPairs(parameters);
        if (isAmbiguous(pairs, PARAMETER_NAMES)) {
          refused += 1;
          return;
        }
        const known = passed.get(signString(pairs)) ?? JSON.stringify(pairs);
        expect(JSON.stringify(pairs)).toBe(known);
        passed.set(signString(pairs), known);
      }),
      { numRuns: 4000 },
    );
    expect(refused).toBeGreaterThan(100);
    const forged: readonly Pair[] = [['mchid', 'x&txamt=1']];
    expect(signString(forged)).toBe(signString(signedPairs({ mchid: 'x', txamt: '1' })));
    expect(isAmbiguous(forged, PARAMETER_NAMES)).toBe(true);
  });
});

/** What a server does (§3.1): no X-QF-SIGNTYPE means MD5. */
function gatewayAccepts(id: string, headers: Readonly<Record<string, string>>): boolean {
  const vector = vectors.request.find((one) => one.id === id);
  if (vector === undefined) throw new Error(`no vector ${id}`);
  const pairs = signedPairs(Object.fromEntries(new URLSearchParams(vector.body_plus)));
  const signType: SignType = headers['X-QF-SIGNTYPE'] === 'SHA256' ? 'SHA256' : 'MD5';
  return sameHex(headers['X-QF-SIGN'] ?? '', signRequest(pairs, vector.client_key, signType));
}

describe('the accept and refuse cases of the published vectors', () => {
  it.each(vectors.must_fail_or_pass.map((one) => [one.id, one] as const))('%s', (_id, one) => {
    const expected = one.expect.startsWith('accept');
    if (one.headers !== undefined) {
      const headers = Object.fromEntries(
        Object.entries(one.headers).filter((entry) => entry[1] !== undefined),
      ) as Record<string, string>;
      expect(gatewayAccepts(one.applies_to, headers)).toBe(expected);
      return;
    }
    const notice = vectors.notification.find((each) => each.id === one.applies_to);
    const raw =
      one.raw_body === undefined ? bytes(notice?.raw_body_base64 ?? '') : Buffer.from(one.raw_body);
    expect(notificationHolds(raw, one.presented ?? '', one.client_key)).toBe(expected);
  });
});

describe('the signature of an answer', () => {
  it.each(vectors.response.map((vector) => [vector.id, vector] as const))(
    'holds over the very bytes of %s',
    (_id, vector) => {
      const body = bytes(vector.raw_body_base64);
      const { data } = JSON.parse(vector.raw_body) as { data?: unknown };
      expect(body.length).toBe(vector.bytes);
      expect(responseRule({ body, data }, vector.x_qf_sign, vector.client_key)).toBe('raw-body');
      expect(responseRule({ body, data }, vector.x_qf_sign.toLowerCase(), vector.client_key)).toBe(
        'raw-body',
      );
      expect(responseRule({ body, data }, vector.x_qf_sign, 'another key')).toBeNull();
    },
  );

  const seed = vectors.response.find((vector) => vector.seed_rule !== undefined);

  it.each(['md5', 'sha256'] as const)('holds by the sorted fields of data, %s', (algorithm) => {
    const body = bytes(seed?.raw_body_base64 ?? '');
    const { data } = JSON.parse(seed?.raw_body ?? '{}') as { data?: unknown };
    const presented = seed?.seed_rule?.[algorithm] ?? '';
    expect(responseRule({ body, data }, presented, seed?.client_key ?? '')).toBe('data-fields');
    const dearer = { ...(data as object), txamt: '101' };
    expect(responseRule({ body, data: dearer }, presented, seed?.client_key ?? '')).toBeNull();
  });

  it('does not hold by the fields of a list, or of no fields at all', () => {
    const body = Buffer.from('{}');
    const bare = signRequest([], 'key', 'MD5');
    expect(responseRule({ body, data: {} }, bare, 'key')).toBeNull();
    expect(responseRule({ body, data: [] }, bare, 'key')).toBeNull();
    expect(responseRule({ body, data: undefined }, bare, 'key')).toBeNull();
  });
});

describe('the signature of a notification', () => {
  it.each(vectors.notification.map((vector) => [vector.id, vector] as const))(
    'holds over the very bytes of %s',
    (_id, vector) => {
      const raw = bytes(vector.raw_body_base64);
      expect(raw.length).toBe(vector.bytes);
      expect(notificationHolds(raw, vector.x_qf_sign, vector.client_key)).toBe(true);
      const other = vectors.notification.find((each) => each.id === vector.must_not_equal);
      expect(notificationHolds(raw, other?.x_qf_sign ?? '', vector.client_key)).toBe(false);
    },
  );

  it.each(['', 'ab', `${'A'.repeat(31)}G`, 'A'.repeat(33), 'A'.repeat(64), '日'.repeat(32)])(
    'does not hold when it reads %s',
    (presented) => {
      expect(notificationHolds(Buffer.from('{}'), presented, 'key')).toBe(false);
    },
  );
});
