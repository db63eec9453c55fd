/** F13: whatever code QFPay may ever send, on whichever call, is heard as one of our words. */
import { describe, expect, it } from 'vitest';
import { type Call, classify, RESULTS } from '@/lib/results';
import { hear } from '@/server/qfpay/answer';
import { refundEvidence, refundQueryEvidence } from '@/server/qfpay/refunds';
import { paymentEvidence } from '@/server/qfpay/rows';
import { chargeEvidence, closeEvidence } from '@/server/qfpay/translate';
import { answer, type Fields, KEY, list, NUMBER, row, SHAPES, UNITS } from './scripted-gateway';

const ALL = Array.from({ length: 10_000 }, (_, code) => String(code).padStart(4, '0'));
const reading = { unitOf: UNITS, currency: 'HKD' };
const order = { syssn: '42', out_trade_no: NUMBER, txamt: '3850', txcurrcd: 'HKD' };

type Shape = (fields: Fields) => Fields;
/** A row of a refund's own number with one of these says that this refund did not happen. */
const REFUSED_ROW = ['1125', '1262', '1263', '1264'];
const SAID: readonly [call: Call, (shape: Shape, respcd: string) => string][] = [
  ['charge-cpm', (shape, respcd) => charged('CPM', shape({ ...order, respcd }))],
  ['charge-mpm', (shape, respcd) => charged('MPM', shape({ ...order, respcd }))],
  ['close', (shape, respcd) => closeEvidence(heard(shape({ ...order, respcd })), null).says],
  ['refund', (shape, respcd) => refundEvidence(heard(shape({ ...order, respcd })), reading).says],
  ['query', (_, respcd) => paymentEvidence(heard(list(row({ respcd }))), NUMBER, reading).says],
  [
    'refund',
    (_, respcd) => {
      const body = list(row({ respcd, order_type: 'refund' }));
      const { says } = refundQueryEvidence(heard(body), NUMBER, reading);
      return REFUSED_ROW.includes(respcd) && says === 'refused' ? 'unclear' : says;
    },
  ],
];
const heard = (body: Fields) => hear(answer(body), KEY);
const charged = (mode: 'MPM' | 'CPM', body: Fields): string =>
  chargeEvidence(heard(body), mode, reading).says;

describe.each(SHAPES)('F13: every code from 0000 to 9999 in the %s shape', (_name, shape) => {
  it.each(SAID)('on %s is what the table says, and unclear when nobody knows it', (call, says) => {
    for (const respcd of ALL) {
      const said = says(shape, respcd);
      if (said !== classify(respcd, call)) expect([respcd, said]).toBe(classify(respcd, call));
      if (RESULTS[respcd] === undefined && said !== 'unclear') expect(respcd).toBe('unclear');
    }
  });
});
