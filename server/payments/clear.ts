/** How a matter ends: the mark goes, and a decision and an audited entry say who and why. */
import { isSettledByMoney, matterOf, settle } from '@/lib/matters';
import type { Payment } from '@/lib/payment';
import type { Decision, Records } from './ports';

export type Cleared = {
  readonly payment: Payment;
  readonly decision: Omit<Decision, 'id' | 'paymentId' | 'at'>;
  readonly wall: number;
};

/** Answers the payment as it then is. */
export async function clear(
  records: Records,
  { payment, decision, wall }: Cleared,
): Promise<Payment> {
  const { matter, choice, reason, staff, counter } = decision;
  const after = await records.update(settle(payment, { choice, by: staff, wall }));
  if (after === null) throw new Error(`payment ${payment.id} changed under its transaction`);
  // Of one payment no two are made at one version.
  const id = `${after.id}-${after.version}`;
  await records.insertDecision({ id, paymentId: after.id, ...decision, at: wall });
  await records.note({
    at: wall,
    paymentId: after.id,
    saleId: after.saleId,
    kind: 'person',
    actor: staff,
    state: after.state,
    detail: { did: 'decide', matter, choice, reason, counter },
  });
  return after;
}

type Return = {
  readonly payment: Payment;
  readonly by: { readonly staff: string; readonly reason: string };
  readonly choice: 'refund' | 'settlement';
  readonly wall: number;
};

/**
 * Late money, a second payment or an orphan that went back whole is settled with that: whoever gave
 * it back has said who they are and why.
 */
export async function settleByMoney(
  records: Records,
  { payment, by, choice, wall }: Return,
): Promise<Payment> {
  const matter = matterOf(payment);
  if (matter === null || !isSettledByMoney(payment)) return payment;
  const { staff, reason } = by;
  return clear(records, {
    payment,
    decision: { matter, choice, reason, staff, counter: null },
    wall,
  });
}
