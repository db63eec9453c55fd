import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '@/server/qfpay/json';

const read = (text: string) => readJson(Buffer.from(text));

/** The same document with every number as its text. */
const withoutNumbers = (json: unknown): unknown =>
  JSON.parse(
    JSON.stringify(json, (_name, value) => (typeof value === 'number' ? `${value}` : value)),
  );

describe('reading JSON as a gateway writes it', () => {
  it('keeps an unquoted 0000, which is no JSON, and 26 digits, which are no float', () => {
    expect(read('{"respcd": 0000, "syssn": 20260105180500020000000042}')).toEqual({
      respcd: '0000',
      syssn: '20260105180500020000000042',
    });
  });

  it('leaves digits inside text alone', () => {
    expect(read(String.raw`{"a": "x\"respcd\": 0000", "b": "\\", "c": -1.50e+3}`)).toEqual({
      a: 'x"respcd": 0000',
      b: '\\',
      c: '-1.50e+3',
    });
  });

  it('reads every document that JSON.parse reads, to the same values', () => {
    // Document depth is kept below our own limit; the generator of keys never repeats one.
    const document = fc.jsonValue({ maxDepth: 4, noUnicodeString: false });
    fc.assert(
      fc.property(document, fc.constantFrom(undefined, 2), (value, indent) => {
        expect(read(JSON.stringify(value, null, indent))).toEqual(withoutNumbers(value));
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses whatever JSON.parse refuses, once its numbers are quoted', () => {
    const scrap = fc.constantFrom('{', '}', '[', ']', ':', ',', '"a"', '"b"', '1', 'null', ' ');
    fc.assert(
      fc.property(fc.array(scrap, { maxLength: 9 }), (parts) => {
        const text = parts.join('');
        const ours = read(text);
        if (ours === undefined) return;
        expect(withoutNumbers(JSON.parse(text))).toEqual(ours);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['one key twice', '{"txamt": "1", "txamt": "2"}'],
    ['one key twice, once escaped', String.raw`{"txamt": "1", "tx\u0061mt": "2"}`],
    ['one key twice, deeper', '{"data": [{"a": 1, "a": 1}]}'],
    ['nine levels', `${'['.repeat(9)}${']'.repeat(9)}`],
    ['a number as a key', '{"a": "b", 1: 2}'],
    ['a truncated object', '{"respcd": "0000", "data": {"txamt"'],
    ['an unfinished text', '{"respcd": "0000'],
    ['a trailing comma', '{"a": 1,}'],
    ['a page of HTML', '<html><body>502</body></html>'],
    ['nothing', ''],
    ['a line break inside text', '{"a": "x\ny"}'],
    ['two documents', '{} {}'],
  ])('refuses %s', (_name, text) => {
    expect(read(text)).toBeUndefined();
  });

  it('allows eight levels, and the same key in two objects', () => {
    expect(read(`${'['.repeat(8)}${']'.repeat(8)}`)).toBeDefined();
    expect(read('[{"a": 1}, {"a": {"a": 2}}]')).toBeDefined();
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(readJson(Buffer.from([0x22, 0xc3, 0x28, 0x22]))).toBeUndefined();
  });

  it('takes __proto__ as a name like any other', () => {
    const json = read('{"__proto__": {"paid": "yes"}}') as Record<string, unknown>;
    expect(Object.hasOwn(json, '__proto__')).toBe(true);
    expect(json.paid).toBeUndefined();
    expect(({} as Record<string, unknown>).paid).toBeUndefined();
  });

  it('reads 64 KiB of backslashes and of open quotes without a noticeable delay', () => {
    const before = performance.now();
    read(`"${'\\"'.repeat(32_000)}`);
    read('"'.repeat(65_536));
    read(`"${'x'.repeat(1_000_000)}"`);
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
