/** The sockets of server/payments, put together from one repository per record. */
import type { Reads, Records } from '@/server/payments/ports';
import { appendAudit, timelineOf } from './audit';
import { answerCall, callsOf, insertCall } from './gateway-call';
import { insertNotice } from './notice';
import {
  duePayments,
  earliestCheck,
  insertPayment,
  openPayments,
  paymentById,
  paymentOfCode,
  paymentsOfSale,
  updatePayment,
} from './payment';
import type { Session } from './prepared';
import { insertRequestKey, requestKey } from './request-key';
import { insertSale, saleById } from './sale';

export function readsOn(session: Session): Reads {
  return {
    payment: (id) => paymentById(session, id),
    sale: (id) => saleById(session, id),
    paymentsOfSale: (id) => paymentsOfSale(session, id),
    due: (now, limit) => duePayments(session, now, limit),
    open: (limit) => openPayments(session, limit),
    timeline: (id) => timelineOf(session, id),
    nextDue: () => earliestCheck(session),
  };
}

export function recordsOn(session: Session): Records {
  return {
    ...readsOn(session),
    insertSale: (sale) => insertSale(session, sale),
    insertPayment: (payment, code) => insertPayment(session, payment, code),
    paymentOfCode: (code) => paymentOfCode(session, code),
    key: (key) => requestKey(session, key),
    insertKey: (key, target) => insertRequestKey(session, key, target),
    update: (payment) => updatePayment(session, payment),
    insertCall: (call) => insertCall(session, call),
    answerCall: (id, outcome) => answerCall(session, id, outcome),
    callsOf: (id) => callsOf(session, id),
    insertNotice: (notice) => insertNotice(session, notice),
    note: (entry) => appendAudit(session, entry),
  };
}
