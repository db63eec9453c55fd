/** Builders for sentences about payments. Everything not said is the plainest case. */
import type { Moment } from '@/lib/ladder';
import {
  type Evidence,
  type Facts,
  NO_WITNESSES,
  type Payment,
  type PaymentId,
  type PaymentState,
  type SaleId,
} from '@/lib/payment';

export const NOON = Date.UTC(2026, 0, 5, 4, 0, 0);

export const at = (seconds: number): Moment => ({
  steady: NOON + seconds * 1_000,
  wall: NOON + seconds * 1_000,
});

export function aPayment(change: Partial<Payment> = {}): Payment {
  const sent = change.state !== 'created';
  return {
    id: 'TST0000000000A' as PaymentId,
    saleId: '01HZZZZZZZZZZZZZZZZZZZZZZZ' as SaleId,
    mode: 'MPM',
    payType: '800201',
    amount: 4850,
    currency: 'HKD',
    state: 'awaiting',
    qrCode: 'weixin://wxpay/bizpayurl?pr=test',
    qrExpiresAt: NOON + 300_000,
    usedPayType: null,
    qfpayNumber: null,
    walletNumber: null,
    confirmed: change.state === 'paid',
    late: false,
    review: null,
    failure: null,
    counter: '1',
    staff: '3000',
    outlet: null,
    createdAt: NOON,
    paidAt: null,
    witnesses: sent ? { ...NO_WITNESSES, sentAt: NOON, deadlineAt: NOON + 300_000 } : NO_WITNESSES,
    nextCheckAt: NOON + 2_000,
    abandonedBy: null,
    refunded: 0,
    reserved: 0,
    settled: 0,
    lateSeen: false,
    version: 1,
    ...change,
  };
}

export const facts = (change: Partial<Facts> = {}): Facts => ({
  number: 'TST0000000000A',
  amount: 4850,
  currency: 'HKD',
  outlet: null,
  qfpayNumber: '20260105180500020000000042',
  walletNumber: null,
  payType: null,
  paidAt: null,
  reversed: false,
  ...change,
});

/** One of each thing that can be heard, speaking of `aPayment()`. */
export const HEARD = {
  'charge paid': { source: 'charge', says: 'paid', respcd: '0000', facts: facts() },
  'charge created': {
    source: 'charge',
    says: 'created',
    respcd: '0000',
    facts: facts(),
    qrCode: 'weixin://wxpay/bizpayurl?pr=test',
  },
  'charge pending': { source: 'charge', says: 'pending', respcd: '1143', facts: facts() },
  'charge refused': { source: 'charge', says: 'refused', respcd: '1202', facts: facts() },
  'charge unclear': { source: 'charge', says: 'unclear', respcd: null, why: 'timeout' },
  'charge unreachable': { source: 'charge', says: 'not-sent', why: 'unreachable' },
  'charge limited': { source: 'charge', says: 'not-sent', why: 'limited' },
  'query paid': { source: 'query', says: 'paid', respcd: '0000', facts: facts() },
  'query pending': { source: 'query', says: 'pending', respcd: '1143', facts: facts() },
  'query refused': { source: 'query', says: 'refused', respcd: '1202', facts: facts() },
  'query closed': { source: 'query', says: 'closed', respcd: '1181', facts: facts() },
  'query none': { source: 'query', says: 'none', by: 'number' },
  'query unclear': { source: 'query', says: 'unclear', respcd: null, why: 'timeout' },
  'notified paid': { source: 'notification', says: 'paid', respcd: '0000', facts: facts() },
  'close accepted': { source: 'close', says: 'closed', respcd: '0000' },
  'close says paid': { source: 'close', says: 'paid', respcd: '1260' },
  'close refused': { source: 'close', says: 'refused', respcd: '1297' },
  'close unclear': { source: 'close', says: 'unclear', respcd: null },
  'cashier stops': { source: 'stop', says: 'stop', by: 'cashier', doubtful: false },
  'deadline passes': { source: 'stop', says: 'stop', by: 'deadline', doubtful: false },
} as const satisfies Record<string, Evidence>;
export type HeardName = keyof typeof HEARD;

export const inState = (state: PaymentState): Payment => aPayment({ state });
