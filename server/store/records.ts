/** The sockets of server/payments, put together from one repository per record. */
import type { Reads, Records } from '@/server/payments/ports';
import { appendAudit, lastNoteAt, timelineOf } from './audit';
import { bucketByName, putBucket } from './bucket';
import { lastDayClose, putDayClose } from './day-close';
import { answerCall, callsOf, insertCall } from './gateway-call';
import { leaseByName, putLease } from './lease';
import { insertDecision } from './matters';
import { insertNotice } from './notice';
import {
  insertPayment,
  paymentById,
  paymentOfCode,
  paymentsOfSale,
  updatePayment,
} from './payment';
import {
  duePayments,
  earliestCheck,
  openPayments,
  paidBetween,
  paymentByQfpayNumber,
} from './payment-lists';
import type { Session } from './prepared';
import {
  dueRefunds,
  earliestRefundCheck,
  insertRefund,
  refundById,
  refundsOf,
  updateRefund,
} from './refund';
import { insertRequestKey, requestKey } from './request-key';
import { insertSale, saleById } from './sale';
import { insertSettlement, settlementOfKey, settlementsOf } from './settlement';
import { takeDone, takeNew, takePaid } from './taking';

export function readsOn(session: Session): Reads {
  return {
    payment: (id) => paymentById(session, id),
    sale: (id) => saleById(session, id),
    paymentsOfSale: (id) => paymentsOfSale(session, id),
    due: (now, limit) => duePayments(session, now, limit),
    open: (limit) => openPayments(session, limit),
    timeline: (id) => timelineOf(session, id),
    nextDue: () => nextDue(session),
    paymentByQfpayNumber: (number) => paymentByQfpayNumber(session, number),
    paidBetween: (window) => paidBetween(session, window),
    refund: (id) => refundById(session, id),
    refundsOf: (id) => refundsOf(session, id),
    settlementsOf: (id) => settlementsOf(session, id),
    settlementOfKey: (key) => settlementOfKey(session, key),
    dueRefunds: (now, limit) => dueRefunds(session, now, limit),
    lastNoteAt: () => lastNoteAt(session),
    lease: (name) => leaseByName(session, name),
    lastDayClose: (outlet) => lastDayClose(session, outlet),
  };
}

async function nextDue(session: Session): Promise<number | null> {
  const [payment, refund] = [await earliestCheck(session), await earliestRefundCheck(session)];
  if (payment === null || refund === null) return payment ?? refund;
  return Math.min(payment, refund);
}

/** `now`: wall ms, when news of money comes in and finds its shift. */
export function recordsOn(session: Session, now: () => number): Records {
  return {
    ...readsOn(session),
    insertSale: (sale) => insertSale(session, sale),
    insertPayment: async (payment, code) => {
      const isKept = await insertPayment(session, payment, code);
      if (isKept) await takeNew(session, payment, now());
      return isKept;
    },
    paymentOfCode: (code) => paymentOfCode(session, code),
    key: (key) => requestKey(session, key),
    insertKey: (key, target) => insertRequestKey(session, key, target),
    update: async (payment) => {
      const after = await updatePayment(session, payment);
      if (after !== null) await takePaid(session, after, now());
      return after;
    },
    insertCall: (call) => insertCall(session, call),
    answerCall: (id, outcome) => answerCall(session, id, outcome),
    callsOf: (number) => callsOf(session, number),
    insertSettlement: (settlement) => insertSettlement(session, settlement),
    insertDecision: (decision) => insertDecision(session, decision),
    insertRefund: async (refund) => {
      const isKept = await insertRefund(session, refund);
      if (isKept) await takeDone(session, refund, now());
      return isKept;
    },
    updateRefund: async (refund) => {
      const after = await updateRefund(session, refund);
      if (after !== null) await takeDone(session, after, now());
      return after;
    },
    putLease: (name, lease) => putLease(session, name, lease),
    bucket: (name) => bucketByName(session, name),
    putBucket: (name, bucket) => putBucket(session, name, bucket),
    putDayClose: (close) => putDayClose(session, close),
    insertNotice: (notice) => insertNotice(session, notice),
    note: (entry) => appendAudit(session, entry),
  };
}
