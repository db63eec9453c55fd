/**
 * Takes back a refund that has not been sent. Whoever sends it claims it in a transaction of its
 * own, and so does this: one of the two comes first, and the other finds it done. A refund that was
 * taken back is never sent, and one that was sent is never taken back.
 */
import { isHeld, withdrawRefund } from '@/lib/advance-refund';
import type { RefundId } from '@/lib/refund';
import type { World } from './evidence';
import { announceRefund, noteState, type RefundAndPayment, refundMoment } from './refund-evidence';

export type WithdrawRequest = { readonly id: RefundId; readonly staff: string };
export type WithdrawResult = RefundAndPayment | { readonly refused: 'not-found' | 'sent' };

export async function withdraw(
  world: World,
  { id, staff }: WithdrawRequest,
): Promise<WithdrawResult> {
  const at = refundMoment(world);
  const result = await world.store.transaction(async (records): Promise<WithdrawResult> => {
    const before = await records.refund(id);
    const was = before === null ? null : await records.payment(before.paymentId);
    if (before === null || was === null) return { refused: 'not-found' };
    // Pressed twice: it is what was wanted.
    if (before.state === 'failed' && before.withdrawnBy !== null) {
      return { refund: before, payment: was };
    }
    if (!isHeld(before)) return { refused: 'sent' };
    const refund = await records.updateRefund(withdrawRefund(before, at, staff));
    const payment = await records.payment(was.id);
    if (refund === null || payment === null) throw new Error(`refund ${id} changed meanwhile`);
    await records.note({
      at: at.wall,
      paymentId: payment.id,
      saleId: payment.saleId,
      kind: 'person',
      actor: staff,
      state: payment.state,
      detail: { did: 'withdraw', refund: id, amount: refund.amount },
    });
    await noteState(records, { before, refund, payment }, at);
    return { refund, payment };
  });
  if (!('refused' in result)) announceRefund(world, result);
  return result;
}
