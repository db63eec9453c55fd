/**
 * Their answers in our words. Pure: the normalised answer and the call go in, evidence comes out.
 * It reports what was said about one order and concludes nothing; an answer to a QR order is
 * never "paid", and whatever does not fit together is `unclear` (protocol.md §6.1, §9).
 */
import type { ChargeEvidence, CloseEvidence, Facts } from '@/lib/payment';
import { classify, result, type Verdicts } from '@/lib/results';
import { parseShopTime } from '@/lib/time';
import { fromTxamt, type UnitOf } from './amount';
import type { Heard } from './answer';
import type { WireRecord } from './wire';

/** QFPay's own clock, whatever zone the shop keeps (protocol.md §2.7). */
export const QFPAY_ZONE = 'Asia/Hong_Kong';

/** What is needed to read an amount. `currency` counts where a record does not name its own. */
export type Reading = { readonly unitOf: UnitOf; readonly currency: string | null };

/** What the record says of its order; null when it names an amount that is no whole number. */
export function factsOf(record: WireRecord, reading: Reading): Facts | null {
  const currency = record.txcurrcd ?? reading.currency;
  const amount = record.txamt === null ? null : fromTxamt(record.txamt, currency, reading.unitOf);
  if (record.txamt !== null && amount === null) return null;
  const paid = record.paydtm ?? record.sysdtm;
  return {
    number: record.out_trade_no,
    amount,
    currency: record.txcurrcd,
    outlet: record.mchid,
    qfpayNumber: record.syssn,
    walletNumber: record.chnlsn,
    payType: record.pay_type,
    paidAt: paid === null ? null : parseShopTime(paid, QFPAY_ZONE),
    reversed: record.cancel !== null && record.cancel !== '0',
  };
}

/** An unpaid QR order repeats its own making in `paydtm` (protocol.md §2.7). */
const unpaid = (facts: Facts): Facts => ({ ...facts, paidAt: null });

/** §5.1, §5.2. `mode` is ours: what the answer calls itself does not matter. */
export function chargeEvidence(
  heard: Heard,
  mode: 'MPM' | 'CPM',
  reading: Reading,
): ChargeEvidence {
  const source = 'charge';
  if (heard.kind === 'not-sent') return { source, says: 'not-sent', why: heard.why };
  if (heard.kind === 'unclear') return { source, says: 'unclear', respcd: null, why: heard.why };
  const { respcd, record } = heard;
  const facts = heard.disagrees ? null : factsOf(record, reading);
  if (facts === null) return { source, says: 'unclear', respcd, why: 'contradiction' };
  if (isNumberUsed(respcd, record.text)) return { source, says: 'unclear', respcd, why: 'code' };
  if (mode === 'MPM') {
    const verdict = classify(respcd, 'charge-mpm');
    if (verdict === 'unclear') return { source, says: verdict, respcd, why: 'code' };
    const qrCode = record.qrcode ?? record.pay_url;
    // "Still in progress" with something to show is an order like any other (§5.1).
    const says = verdict === 'pending' && qrCode !== null ? 'created' : verdict;
    if (says !== 'created') return { source, says, respcd, facts: unpaid(facts) };
    return { source, says, respcd, facts: unpaid(facts), qrCode };
  }
  const says = agree(classify(respcd, 'charge-cpm'), record.txstatus);
  if (says === 'contradiction') return { source, says: 'unclear', respcd, why: says };
  if (says === 'unclear') return { source, says, respcd, why: 'code' };
  return { source, says, respcd, facts: says === 'paid' ? facts : unpaid(facts) };
}

/**
 * The envelope's second opinion (§6.1.6, §6.1.7). On a paid code PENDING still means pending; every
 * other disagreement, and a status that nobody documented, is a contradiction.
 */
function agree(verdict: CpmVerdict, txstatus: string | null): CpmVerdict | 'contradiction' {
  if (txstatus === null || verdict === 'unclear') return verdict;
  if (verdict === 'paid' && txstatus === 'PENDING') return 'pending';
  return STATUS_OF[verdict] === txstatus ? verdict : 'contradiction';
}
type CpmVerdict = Verdicts['charge-cpm'];
const STATUS_OF = { paid: 'SUCCESS', pending: 'PENDING', refused: 'FAILED' } as const;

/**
 * §5.6, §5.7. `closed` is their word only; the question afterwards decides. `original` is QFPay's
 * number of the order that was to be closed, where it is known: an answer that names another one
 * was meant for somebody else.
 */
export function closeEvidence(heard: Heard, original: string | null): CloseEvidence {
  const source = 'close';
  if (heard.kind !== 'answer') return { source, says: 'unclear', respcd: null };
  const { respcd, record } = heard;
  const says = classify(respcd, 'close');
  // An answer with the original's number alone means that nothing was cancelled (§5.7, JP 2.5).
  const nothingDone = record.syssn === null && record.orig !== null;
  const foreign = original !== null && record.orig !== null && record.orig !== original;
  const doubtful = record.txstatus === 'FAILED' || record.txstatus === 'PENDING';
  if (says === 'closed' && (nothingDone || foreign || doubtful || heard.disagrees)) {
    return { source, says: 'unclear', respcd };
  }
  return { source, says, respcd };
}

/** The same code stands for a set-up fault and for a number sent before (§9.2, 1251). */
export const isNumberUsed = (respcd: string, text: string): boolean =>
  respcd === '1251' && /out_trade_no is used/i.test(text);

/** Repeating never helps, and the owner has to hear of it: keys, outlet, or our own request. */
export const isSetUpFault = (respcd: string, text: string): boolean =>
  !isNumberUsed(respcd, text) && (result(respcd)?.alertOwner ?? false);
