/** Builders for sentences about refunds. Everything not said is the plainest case. */
import type { PaymentId } from '@/lib/payment';
import {
  NO_REFUND_WITNESSES,
  type Refund,
  type RefundAnswer,
  type RefundFacts,
  type RefundHeard,
  type RefundId,
  type RefundQueryAnswer,
  type RefundState,
} from '@/lib/refund';
import { facts, NOON } from './payments';

export const PAID_NUMBER = '20260105180500020000000042';

export const refundFacts = (change: Partial<RefundFacts> = {}): RefundFacts => ({
  ...facts({ number: 'TSTR000000000A', amount: 1000, qfpayNumber: '20260105180500020000000066' }),
  payment: PAID_NUMBER,
  ...change,
});

export const aRefund = (state: RefundState, change: Partial<Refund> = {}): Refund => ({
  id: 'TSTR000000000A' as RefundId,
  paymentId: 'TST0000000000A' as PaymentId,
  origin: 'counter',
  amount: 1000,
  currency: 'HKD',
  paymentNumber: PAID_NUMBER,
  reason: 'wrong size',
  state,
  qfpayNumber: null,
  respcd: null,
  confirmed: state === 'done',
  review: null,
  withdrawnBy: null,
  staff: '2000',
  approver: null,
  counter: '1',
  outlet: null,
  createdAt: NOON,
  doneAt: state === 'done' ? NOON : null,
  witnesses: { ...NO_REFUND_WITNESSES, sentAt: state === 'requested' ? null : NOON },
  nextCheckAt: NOON,
  version: 1,
  ...change,
});

const told = { respcd: '0000', facts: refundFacts() } as const;
/** One of each thing that can be heard, speaking of `aRefund()`. */
export const REFUND_HEARD = {
  done: { source: 'refund', says: 'done', ...told },
  processing: { source: 'refund', says: 'processing', ...told, respcd: '1143' },
  refused: { source: 'refund', says: 'refused', ...told, respcd: '1269' },
  deferred: { source: 'refund', says: 'deferred', ...told, respcd: '1265' },
  unclear: { source: 'refund', says: 'unclear', respcd: null, why: 'timeout' },
  unreachable: { source: 'refund', says: 'not-sent', why: 'unreachable' },
  'query done': { source: 'refund-query', says: 'done', ...told },
  'query processing': { source: 'refund-query', says: 'processing', ...told, respcd: '1143' },
  'query refused': { source: 'refund-query', says: 'refused', ...told, respcd: '1269' },
  'query deferred': { source: 'refund-query', says: 'deferred', ...told, respcd: '1265' },
  'query unclear': { source: 'refund-query', says: 'unclear', respcd: null, why: 'timeout' },
  none: { source: 'refund-query', says: 'none' },
  notified: { source: 'refund-notice', says: 'done', ...told },
} as const satisfies Record<string, RefundHeard>;
export type RefundHeardName = keyof typeof REFUND_HEARD;

export const refundDone =
  (amount: number) =>
  (number: string): RefundAnswer => ({
    ...REFUND_HEARD.done,
    facts: refundFacts({ number, amount }),
  });
export const refundRefused =
  (respcd: string) =>
  (number: string): RefundAnswer => ({
    ...REFUND_HEARD.refused,
    respcd,
    facts: refundFacts({ number, amount: null }),
  });
export const refundShown =
  (says: 'done' | 'processing' | 'refused', respcd: string, amount: number) =>
  (number: string): RefundQueryAnswer => ({
    source: 'refund-query',
    says,
    respcd,
    facts: refundFacts({ number, amount }),
  });
