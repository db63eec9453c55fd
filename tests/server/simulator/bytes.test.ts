import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dump } from '@/server/simulator/body';
import { bodySignature, digest, signString } from '@/server/simulator/signature';

type Vector = {
  readonly id: string;
  readonly client_key: string;
  readonly raw_body_base64: string;
  readonly x_qf_sign: string;
  readonly seed_rule?: { readonly sign_string: string; readonly md5: string };
};
const vectors: { readonly response: readonly Vector[]; readonly notification: readonly Vector[] } =
  JSON.parse(readFileSync(new URL('../qfpay/vectors.json', import.meta.url), 'utf8'));
const all = [...vectors.response, ...vectors.notification];
/** These two show that another spelling of the same fields is another signature. */
const OTHER_STYLE = ['N02-same-compact', 'N04-chinese-utf8'];

describe('the published answers and notifications', () => {
  test.each(all)('$id is signed as we would sign its bytes', (vector) => {
    const raw = Buffer.from(vector.raw_body_base64, 'base64');
    expect(bodySignature(raw, vector.client_key)).toBe(vector.x_qf_sign);
  });

  test.each(all)(
    '$id is spelt as we would spell it, but for the two that must not be',
    (vector) => {
      const raw = Buffer.from(vector.raw_body_base64, 'base64').toString('utf8');
      expect(dump(JSON.parse(raw)) === raw).toBe(!OTHER_STYLE.includes(vector.id));
    },
  );

  test('the specification’s own rule gives its published digest too', () => {
    const vector = all.find((each) => each.seed_rule !== undefined);
    const body = JSON.parse(Buffer.from(vector?.raw_body_base64 ?? '', 'base64').toString());
    const params = new Map(Object.entries<string>(body.data));
    expect(signString(params)).toBe(vector?.seed_rule?.sign_string);
    expect(digest('MD5', signString(params) + vector?.client_key)).toBe(vector?.seed_rule?.md5);
  });
});
