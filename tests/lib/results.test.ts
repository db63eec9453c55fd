import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Call, classify, isAnswered, RESULTS, result } from '@/lib/results';

/** The 52 codes of protocol.md §9.2, by their class on a charge. */
const SEED_CLASSES: Readonly<Record<string, readonly string[]>> = {
  OK: ['0000'],
  WAIT: ['1100'],
  UNKNOWN: ['1101', '1252', '1254', '1295', '1296', '1297', '1298'],
  CONFLICT: [
    ...['1102', '1125', '1136', '1260', '1261', '1262', '1263', '1264', '1266', '1267', '1268'],
    '2011',
  ],
  BUG: ['1103', '1104'],
  CONFIG: ['1105', '1106', '1107', '1108', '1241', '1242', '1243', '1250', '1251'],
  PENDING: ['1143', '1145'],
  FAIL: [
    ...['1142', '1147', '1150', '1155', '1181', '1201', '1202', '1203', '1204', '1205', '1212'],
    ...['1265', '1269', '1270', '1271', '1272', '1294', '2005'],
  ],
};

/** money.md §2.4, row by row: codes, on a charge, on a query row, on a refund; '-' is not said. */
const MONEY_TABLE: readonly (readonly [string, string, string, string])[] = [
  ['1143 1145', 'pending', 'pending', 'processing'],
  ['1102 2011', 'unclear', '-', 'unclear'],
  ['1100 1254 1252 1295 1296 1297 1298 1205', 'unclear', 'pending', 'unclear'],
  ['1201 1202 2005 1204 1212 1250 1294 1203 1147', 'refused', 'refused', '-'],
  ['1103 1104 1105 1106 1107 1108', 'refused', 'unclear', 'refused'],
  ['1241 1242 1243 1251 1266 1267', 'refused', 'unclear', 'refused'],
  ['1142 1181 1263 1264', 'refused', 'closed', '-'],
  ['1136 1268', 'unclear', 'none', 'unclear'],
  ['1260', 'unclear', 'paid', '-'],
  ['1261', 'unclear', 'pending', 'refused'],
  ['1125 1262', '-', 'paid', 'unclear'],
  ['1155 1269 1270 1271 1272 1150', '-', '-', 'refused'],
  ['1265', '-', '-', 'deferred'],
];

const CALLS: readonly Call[] = ['charge-cpm', 'charge-mpm', 'query', 'refund', 'close'];
const VERDICTS: Readonly<Record<Call, readonly string[]>> = {
  'charge-cpm': ['paid', 'pending', 'refused', 'unclear'],
  'charge-mpm': ['created', 'pending', 'refused', 'unclear'],
  query: ['paid', 'pending', 'refused', 'closed', 'none', 'unclear'],
  refund: ['done', 'processing', 'refused', 'deferred', 'unclear'],
  close: ['closed', 'paid', 'refused', 'unclear'],
};
const everyCode = Array.from({ length: 10_000 }, (_, code) => String(code).padStart(4, '0'));
const known = Object.values(RESULTS);
const told = (call: Call, verdict: string): string[] =>
  everyCode.filter((respcd) => classify(respcd, call) === verdict);

describe('the codes', () => {
  test('there are the 52 of the specification with the classes it gives them', () => {
    const seed = known.filter((one) => one.origin === 'seed');
    expect(seed).toHaveLength(52);
    for (const [name, codes] of Object.entries(SEED_CLASSES)) {
      const found = seed.filter((one) => one.classes.charge === name).map((one) => one.respcd);
      expect([name, ...found.sort()]).toEqual([name, ...[...codes].sort()]);
    }
  });

  test('the others come from older lists and are marked so', () => {
    for (const respcd of ['1124', '1161', '2999', '1113', '1117', '1170', '2003', '2008']) {
      expect(result(respcd)?.origin).toBe('extra');
    }
    expect(known.filter((one) => one.origin === 'extra')).toHaveLength(51);
  });

  test('a class may differ on a refund, and those are the six that do', () => {
    const differing = known.filter((one) => one.classes.charge !== one.classes.refund);
    expect(differing.map((one) => [one.respcd, one.classes.refund])).toEqual([
      ['1142', 'CONFLICT'],
      ['1250', 'FAIL'],
      ['1251', 'CONFLICT'],
      ['1265', 'WAIT'],
      ['1269', 'WAIT'],
      ['1297', 'FAIL'],
    ]);
  });

  test.each(['9999', '', '0', 'constructor', '__proto__', 'toString', '00000', ' 0000'])(
    '%j is no code of ours',
    (respcd) => {
      expect(result(respcd)).toBeNull();
    },
  );
});

describe('what an answer proves', () => {
  test.each(MONEY_TABLE)('the row %s of the money table holds', (codes, charge, query, refund) => {
    for (const respcd of codes.split(' ')) {
      if (charge !== '-') {
        expect([respcd, classify(respcd, 'charge-cpm')]).toEqual([respcd, charge]);
        expect([respcd, classify(respcd, 'charge-mpm')]).toEqual([respcd, charge]);
      }
      if (query !== '-') expect([respcd, classify(respcd, 'query')]).toEqual([respcd, query]);
      if (refund !== '-') expect([respcd, classify(respcd, 'refund')]).toEqual([respcd, refund]);
    }
  });

  test('0000 is paid for a scanned code, but for our QR only an order', () => {
    expect(classify('0000', 'charge-cpm')).toBe('paid');
    expect(classify('0000', 'charge-mpm')).toBe('created');
    expect(classify('0000', 'query')).toBe('paid');
    expect(classify('0000', 'refund')).toBe('done');
    expect(classify('0000', 'close')).toBe('closed');
  });

  test('nothing but 0000 makes a charge or a refund good', () => {
    expect(told('charge-cpm', 'paid')).toEqual(['0000']);
    expect(told('charge-mpm', 'created')).toEqual(['0000']);
    expect(told('refund', 'done')).toEqual(['0000']);
  });

  test('a row counts as paid by 0000, or when it speaks of paid or refunded money', () => {
    expect(told('query', 'paid')).toEqual(['0000', '1125', '1260', '1262']);
    const refunded = known.filter((one) => one.rowRefunded).map((one) => one.respcd);
    expect(refunded).toEqual(['1125', '1262']);
  });

  test('an order counts as stopped only by a close that says so', () => {
    expect(told('close', 'closed')).toEqual(['0000', '1142', '1181', '1263', '1264']);
    expect(told('query', 'closed')).toEqual(['1142', '1181', '1263', '1264']);
    expect(told('close', 'paid')).toEqual(['1260']);
    for (const respcd of ['1101', '1143', '1145', '1252', '1254', '1298']) {
      expect([respcd, classify(respcd, 'close')]).toEqual([respcd, 'unclear']);
    }
    for (const respcd of ['1136', '1150', '1155', '1261', '1297']) {
      expect([respcd, classify(respcd, 'close')]).toEqual([respcd, 'refused']);
    }
  });

  test('a refund waits for the night to end only by 1265, and is under way by three codes', () => {
    expect(told('refund', 'deferred')).toEqual(['1265']);
    expect(told('refund', 'processing')).toEqual(['1143', '1145', '2999']);
  });

  test('a refused refund can be read in its row', () => {
    for (const respcd of ['1265', '1124', '1269', '1270', '1272']) {
      expect([respcd, classify(respcd, 'query')]).toEqual([respcd, 'refused']);
    }
  });

  test('a reversal error proves nothing on any call', () => {
    for (const call of CALLS) expect([call, classify('1101', call)]).toEqual([call, 'unclear']);
  });

  test('a mistake of our own says nothing about a sale that is asked for', () => {
    for (const { respcd, classes } of known) {
      if (classes.charge !== 'CONFIG' && classes.charge !== 'BUG') continue;
      expect([respcd, classify(respcd, 'charge-cpm')]).toEqual([respcd, 'refused']);
      if (respcd === '1250') continue;
      expect([respcd, classify(respcd, 'query')]).toEqual([respcd, 'unclear']);
    }
  });

  test('a doubtful class never becomes a refusal of a charge', () => {
    // The money table itself decides otherwise for these four conflicts.
    const decided = ['1263', '1264', '1266', '1267'];
    for (const { respcd, classes } of known) {
      if (!['UNKNOWN', 'PENDING', 'CONFLICT'].includes(classes.charge)) continue;
      if (decided.includes(respcd)) continue;
      expect([respcd, classify(respcd, 'charge-cpm')]).not.toEqual([respcd, 'refused']);
      expect([respcd, classify(respcd, 'charge-mpm')]).not.toEqual([respcd, 'refused']);
    }
  });

  test.each(CALLS)('every code from 0000 to 9999 has a verdict on %s', (call) => {
    for (const respcd of everyCode) {
      const verdict = classify(respcd, call);
      expect(VERDICTS[call]).toContain(verdict);
      if (result(respcd) === null) expect(verdict).toBe('unclear');
    }
  });

  test('any other text is unclear on every call', () => {
    const odd = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('constructor', '__proto__', 'hasOwnProperty', 'valueOf', '0', '00000'),
    );
    fc.assert(
      fc.property(odd, fc.constantFrom(...CALLS), (text, call) => {
        fc.pre(!/^\d{4}$/.test(text));
        expect(classify(text, call)).toBe('unclear');
      }),
      { numRuns: 1000 },
    );
  });

  test('a question is answered by an outer 0000 and by nothing else', () => {
    expect(everyCode.filter(isAnswered)).toEqual(['0000']);
    expect(isAnswered('')).toBe(false);
    expect(isAnswered('0')).toBe(false);
  });
});

describe('what the cashier does next', () => {
  test('waits, or calls the manager, while the charge may have been paid', () => {
    for (const { respcd, moneyMayHaveMoved, next } of known) {
      if (moneyMayHaveMoved) expect(['wait', 'call-manager'], respcd).toContain(next);
    }
  });

  test('money may have moved after every answer that does not refuse the charge', () => {
    for (const { respcd, moneyMayHaveMoved } of known) {
      if (classify(respcd, 'charge-cpm') !== 'refused')
        expect(moneyMayHaveMoved, respcd).toBe(true);
    }
    for (const { respcd, classes, moneyMayHaveMoved } of known) {
      const doubtful = ['UNKNOWN', 'PENDING', 'CONFLICT'].includes(classes.charge);
      if (doubtful) expect(moneyMayHaveMoved, respcd).toBe(true);
    }
    expect(result('1201')?.moneyMayHaveMoved).toBe(false);
    expect(result('1202')?.moneyMayHaveMoved).toBe(false);
  });

  test('the owner hears of every set-up mistake and of no empty wallet', () => {
    for (const { respcd, classes, alertOwner } of known) {
      if (['CONFIG', 'BUG'].includes(classes.charge)) expect(alertOwner, respcd).toBe(true);
      if (['FAIL', 'PENDING', 'UNKNOWN'].includes(classes.charge)) {
        expect(alertOwner, respcd).toBe(false);
      }
    }
    // money.md §2.4 puts these two in the row of our configuration.
    expect(result('1266')?.alertOwner).toBe(true);
    expect(result('1267')?.alertOwner).toBe(true);
  });

  test('asks for a fresh code after a stale one, and for another wallet after an empty one', () => {
    expect(result('1202')?.next).toBe('try-again');
    expect(result('2005')?.next).toBe('try-again');
    expect(result('1201')?.next).toBe('other-wallet');
    expect(result('1105')?.next).toBe('call-manager');
    expect(result('1143')?.next).toBe('wait');
  });
});
