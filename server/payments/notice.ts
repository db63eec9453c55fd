/**
 * QFPay knocks. A knock is believed only when its signature holds over the bytes received and it
 * speaks of a payment or a refund of ours to the cent; even then a question follows before it is
 * final. A word about a refund is never a word about a payment.
 */
import { compare } from '@/lib/ladder';
import type { Payment, PaymentId } from '@/lib/payment';
import type { RefundId } from '@/lib/refund';
import { announce, apply, moment, tellReview, type World } from './evidence';
import { lookSoon } from './look';
import type { NoticeRow, Records, VerifiedNotice } from './ports';
import { announceRefund, applyRefund } from './refund-evidence';

/** `refused`: the signature does not hold. Everything else is answered with SUCCESS. */
export async function hearNotice(
  world: World,
  raw: Uint8Array,
  signature: string | null,
): Promise<'refused' | 'accepted'> {
  const notice = world.readNotification(raw, signature);
  if (notice === null) {
    world.out.alert({ kind: 'forged-notice', paymentId: null, says: 'signature does not hold' });
    return 'refused';
  }
  const kept = {
    sha256: world.ids.sha256(raw),
    raw: new TextDecoder().decode(raw),
    at: world.clock.wall(),
    number: notice.facts.number,
  };
  const after = await world.store.transaction(async (records) => {
    if (notice.respcd !== '0000' || notice.kind === 'other') {
      await records.insertNotice({ ...kept, verdict: 'ignored' });
      return null;
    }
    return notice.kind === 'payment'
      ? hearPayment(world, records, { notice, kept })
      : hearRefund(world, records, { notice, kept });
  });
  after?.();
  return 'accepted';
}

type Knock = {
  readonly notice: VerifiedNotice;
  readonly kept: Omit<NoticeRow, 'verdict'>;
};
/** What to tell after the commit; null when the very same body was heard before. */
type Tell = (() => void) | null;

async function hearPayment(world: World, records: Records, { notice, kept }: Knock): Promise<Tell> {
  const { facts, respcd } = notice;
  const payment = kept.number === null ? null : await records.payment(kept.number as PaymentId);
  if (!(await records.insertNotice({ ...kept, verdict: verdictOn(payment, notice) }))) return null;
  if (payment === null) return () => lookForUnknown(world, kept.number);
  const evidence = { source: 'notification', says: 'paid', respcd, facts } as const;
  const applied = await apply(records, payment, { evidence, at: moment(world.clock) });
  return () => announce(world, applied);
}

function verdictOn(payment: Payment | null, notice: VerifiedNotice): NoticeRow['verdict'] {
  if (payment === null) return 'unknown-number';
  return compare(payment, notice.facts) === 'same' ? 'applied' : 'mismatch';
}

/** R11: in a refund's notification both numbers are the refund's own. */
async function hearRefund(world: World, records: Records, { notice, kept }: Knock): Promise<Tell> {
  const { number } = kept;
  const refund = await refundOf(records, notice);
  const verdict = refund === null ? 'unknown-number' : 'applied';
  if (!(await records.insertNotice({ ...kept, verdict }))) return null;
  if (refund === null) return () => lookForUnknown(world, number);
  // What was never sent cannot be done: somebody replays, or QFPay errs.
  if (refund.witnesses.sentAt === null && refund.origin === 'counter') {
    return () => tellUnknown(world, number);
  }
  const was = await records.payment(refund.paymentId);
  const facts = { ...notice.facts, payment: notice.payment };
  const evidence = { source: 'refund-notice', says: 'done', respcd: '0000', facts } as const;
  const applied = await applyRefund(records, refund.id, { evidence, at: moment(world.clock) });
  return () => {
    if (applied === null || was === null) return;
    announceRefund(world, applied);
    tellReview(world, was, applied.payment);
  };
}

/** By its number; by QFPay's own where a notification bears nothing else (F42). */
async function refundOf(records: Records, { facts, payment }: VerifiedNotice) {
  if (facts.number !== null) return records.refund(facts.number as RefundId);
  const owner = payment === null ? null : await records.paymentByQfpayNumber(payment);
  const all = owner === null ? [] : await records.refundsOf(owner.id);
  return all.find((one) => one.qfpayNumber === facts.qfpayNumber) ?? null;
}

/** Made elsewhere, or forgotten with a restored copy: a look at the last hour tells for certain. */
function lookForUnknown(world: World, number: string | null): void {
  lookSoon(world);
  tellUnknown(world, number);
}

const tellUnknown = (world: World, number: string | null): void =>
  world.out.alert({ kind: 'review', paymentId: null, says: `notified of unknown ${number}` });
