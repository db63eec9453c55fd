/**
 * T24: a manager lets the customer pay another way although nobody knows yet what became of the
 * first try. That payment is asked to stop and stays watched; should both end paid, a manager hears
 * of it (T27). Who may is not asked here.
 */
import { isLive, type Payment, type PaymentId, RANK } from '@/lib/payment';
import { announce, apply, moment, type World } from './evidence';
import { stopped } from './unsent';

export type OverrideRequest = {
  readonly id: PaymentId;
  readonly manager: string;
  readonly staff: string;
  readonly reason: string | null;
};
export type OverrideResult = Payment | { readonly refused: 'not-found' | 'not-open' };

export async function override(world: World, request: OverrideRequest): Promise<OverrideResult> {
  const at = moment(world.clock);
  const { manager, staff, reason } = request;
  const result = await world.store.transaction(async (records) => {
    const before = await records.payment(request.id);
    if (before === null) return null;
    // What is being sent has an answer on its way; what ended needs no leave.
    if (!isLive(before.state) || RANK[before.state] < 2) return 'not-open' as const;
    if (before.abandonedBy !== null) return { before, after: before };
    const evidence = stopped(world, before.id, 'cashier');
    const asked = await apply(records, before, { evidence, at, actor: staff });
    const after = await records.update({ ...asked.after, abandonedBy: manager });
    if (after === null) throw new Error(`payment ${before.id} changed under its transaction`);
    await records.note({
      at: at.wall,
      paymentId: after.id,
      saleId: after.saleId,
      kind: 'person',
      actor: manager,
      state: after.state,
      detail: { did: 'override', staff, reason },
    });
    return { before, after };
  });
  if (result === null) return { refused: 'not-found' };
  if (result === 'not-open') return { refused: 'not-open' };
  announce(world, result);
  return result.after;
}
