/**
 * A manager settles what they were to look at. It clears the mark by an audited entry and changes
 * neither state nor rank; whatever contradicts afterwards raises it again (money.md §2.2). Who may
 * is not asked here.
 */
import { type Choice, choicesFor, type Matter, matterOf } from '@/lib/matters';
import type { Payment, PaymentId } from '@/lib/payment';
import { refundable } from '@/lib/refund-rules';
import { clear } from './clear';
import { moment, type World } from './evidence';
import type { Records } from './ports';
import { keepSettlement } from './settlement';

export type DecideRequest = {
  readonly id: PaymentId;
  /** What the manager was shown; null where the caller does not say. */
  readonly matter: Matter | null;
  readonly choice: Choice;
  readonly reason: string;
  readonly staff: string;
  /** With `accept`: the counter whose sale it is said to be. */
  readonly counter: string | null;
};
export type DecideRefusal = {
  readonly refused: 'not-found' | 'nothing-open' | 'another-matter' | 'not-a-choice';
};

export async function decide(
  world: World,
  request: DecideRequest,
): Promise<Payment | DecideRefusal> {
  const result = await world.store.transaction((records) => decideOnce(world, records, request));
  if (!('refused' in result)) world.out.changed(result);
  return result;
}

async function decideOnce(
  world: World,
  records: Records,
  request: DecideRequest,
): Promise<Payment | DecideRefusal> {
  const { choice, reason, staff, counter } = request;
  const before = await records.payment(request.id);
  if (before === null) return { refused: 'not-found' };
  const matter = matterOf(before);
  if (matter === null) return { refused: 'nothing-open' };
  if (request.matter !== null && request.matter !== matter) return { refused: 'another-matter' };
  if (!choicesFor(matter, before).includes(choice)) return { refused: 'not-a-choice' };
  const at = moment(world.clock);
  if (choice === 'went-back') await writeOff(world, records, { before, request });
  if (matter === 'refund-in-doubt') await calmRefunds(records, before.id, at.wall);
  const now = (await records.payment(before.id)) ?? before;
  const decision = { matter, choice, reason, staff, counter };
  return clear(records, { payment: now, decision, wall: at.wall });
}

/** All that was left of it went back elsewhere, so nothing more may go. */
async function writeOff(
  world: World,
  records: Records,
  { before, request }: { before: Payment; request: DecideRequest },
): Promise<void> {
  const { reason, staff } = request;
  const id = world.ids.refundNumber();
  const kept = await keepSettlement(world, records, {
    ...{ key: `decision-${id}`, bodyFingerprint: '', amount: refundable(before) },
    ...{ how: 'outside', reason, proof: '', staff, approver: null, payment: before },
  });
  if (kept === null) throw new Error(`what went back of ${before.id} could not be kept`);
}

/** Their doubt is settled with the payment's; a day from now it is asked about anew. */
async function calmRefunds(records: Records, id: PaymentId, wall: number): Promise<void> {
  for (const refund of await records.refundsOf(id)) {
    if (refund.review === null) continue;
    const witnesses = { ...refund.witnesses, decidedAt: wall };
    const calmed = await records.updateRefund({ ...refund, review: null, witnesses });
    if (calmed === null) throw new Error(`refund ${refund.id} changed under its transaction`);
  }
}
