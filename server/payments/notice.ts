/**
 * QFPay knocks. A knock is believed only when its signature holds over the bytes received and it
 * speaks of a payment of ours to the cent; even then a question follows before it is final.
 */
import { compare } from '@/lib/ladder';
import type { Payment, PaymentId } from '@/lib/payment';
import { announce, apply, moment, type World } from './evidence';
import type { NoticeRow, VerifiedNotice } from './ports';

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
  const at = moment(world.clock);
  const number = notice.facts.number;
  const kept = { sha256: world.ids.sha256(raw), raw: new TextDecoder().decode(raw), at: at.wall };
  const applied = await world.store.transaction(async (records) => {
    const row = (verdict: NoticeRow['verdict']): NoticeRow => ({ ...kept, verdict, number });
    if (!isPaymentSuccess(notice)) {
      await records.insertNotice(row('ignored'));
      return null;
    }
    const payment = number === null ? null : await records.payment(number as PaymentId);
    if (!(await records.insertNotice(row(verdictOn(payment, notice))))) {
      return null;
    }
    if (payment === null) return 'unknown-number' as const;
    const { facts, respcd } = notice;
    const evidence = { source: 'notification', says: 'paid', respcd, facts } as const;
    return apply(records, payment, { evidence, at });
  });
  if (applied === 'unknown-number') {
    world.out.alert({ kind: 'review', paymentId: null, says: `notified of unknown ${number}` });
  } else if (applied !== null) announce(world, applied);
  return 'accepted';
}

/** Only success of a payment is evidence; other kinds are kept and politely accepted. */
const isPaymentSuccess = (notice: VerifiedNotice): boolean =>
  notice.kind === 'payment' && notice.respcd === '0000';

function verdictOn(payment: Payment | null, notice: VerifiedNotice): NoticeRow['verdict'] {
  if (payment === null) return 'unknown-number';
  return compare(payment, notice.facts) === 'same' ? 'applied' : 'mismatch';
}
