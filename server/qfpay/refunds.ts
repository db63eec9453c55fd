/**
 * Refunds in our words, the vendor's way: the payment's number and a new one for the refund
 * (protocol.md §5.5, §6.4). Like every translation here it reports and concludes nothing.
 */
import type { RefundAnswer, RefundFacts, RefundQueryAnswer } from '@/lib/refund';
import { classify } from '@/lib/results';
import type { RefundRow } from '@/server/payments/ports';
import type { Heard } from './answer';
import { codeOf, isOfType, rowsOf } from './rows';
import { factsOf, isNumberUsed, type Reading } from './translate';
import type { WireRecord } from './wire';

export function refundEvidence(heard: Heard, reading: Reading): RefundAnswer {
  const source = 'refund';
  if (heard.kind === 'not-sent') return { source, says: 'not-sent', why: heard.why };
  if (heard.kind === 'unclear') return { source, says: 'unclear', respcd: null, why: heard.why };
  const { respcd, record } = heard;
  const facts = heard.disagrees ? null : refundFacts(record, reading);
  if (facts === null) return { source, says: 'unclear', respcd, why: 'contradiction' };
  if (isNumberUsed(respcd, record.text)) return { source, says: 'unclear', respcd, why: 'code' };
  const says = verdictOf(record, respcd);
  if (says === 'contradiction') return { source, says: 'unclear', respcd, why: says };
  return says === 'unclear'
    ? { source, says, respcd, why: 'code' }
    : { source, says, respcd, facts };
}

/** A refused refund is found as well, with its refusal as the row's code (§5.4.7). */
export function refundQueryEvidence(
  heard: Heard,
  number: string,
  reading: Reading,
): RefundQueryAnswer {
  const source = 'refund-query';
  const found = rowsOf(heard);
  if ('says' in found) return { ...found, source };
  const refunds = found.rows.filter((row) => isOfType(row, 'refund'));
  const ours = refunds.filter((row) => row.out_trade_no === number);
  const best = heaviest(ours, reading);
  if (best !== null) return best.evidence;
  const nameless = found.unreadable > 0 || refunds.some((row) => row.out_trade_no === null);
  return nameless
    ? { source, says: 'unclear', respcd: null, why: 'contradiction' }
    : { source, says: 'none' };
}

/** What a sweep found under one number; at least one row. */
export function sweptRefund(
  number: string,
  rows: readonly WireRecord[],
  reading: Reading,
): RefundRow | null {
  const best = heaviest(rows, reading);
  return best === null ? null : { number, ...best };
}

function heaviest(rows: readonly WireRecord[], reading: Reading): Omit<RefundRow, 'number'> | null {
  const judged = rows.map((row) => ({
    evidence: refundRow(row, reading),
    facts: refundFacts(row, reading),
  }));
  return WEIGHT.flatMap((says) => judged.filter((one) => one.evidence.says === says))[0] ?? null;
}

/** Heaviest first: what says that money moved, then what leaves it open, then the denials. */
const WEIGHT = ['done', 'unclear', 'processing', 'deferred', 'refused'] as const;

function refundRow(row: WireRecord, reading: Reading): RefundQueryAnswer {
  const source = 'refund-query';
  const respcd = codeOf(row);
  const facts = refundFacts(row, reading);
  if (respcd === null) return { source, says: 'unclear', respcd, why: 'no-code' };
  if (facts === null) return { source, says: 'unclear', respcd, why: 'contradiction' };
  const didNotHappen = respcd === 'FAILED' || NOT_THIS_ONE.includes(respcd);
  const says = didNotHappen ? 'refused' : verdictOf(row, respcd);
  if (says === 'contradiction') return { source, says: 'unclear', respcd, why: says };
  return says === 'unclear'
    ? { source, says, respcd, why: 'code' }
    : { source, says, respcd, facts };
}

/**
 * As the answer to a call these say only that the payment has been given back, perhaps by this very
 * refund sent before. A row is about its own refund, and says that this one did not happen.
 */
const NOT_THIS_ONE: readonly string[] = ['1125', '1262', '1263', '1264'];

type Told = 'done' | 'processing' | 'refused' | 'deferred';
function verdictOf(record: WireRecord, respcd: string): Told | 'unclear' | 'contradiction' {
  const said = classify(respcd, 'refund');
  const verdict = said === 'deferred' && isTooOld(record.text) ? 'refused' : said;
  const { txstatus } = record;
  if (txstatus === null || verdict === 'unclear') return verdict;
  if (verdict === 'done' && txstatus === 'PENDING') return 'processing';
  return BESIDE[verdict] === txstatus ? verdict : 'contradiction';
}
/** 1265 with words about the refundable period is no blackout: it never works again (§9.2). */
const isTooOld = (text: string): boolean =>
  /refund(?:able|ing)? (?:period|window)|(?:退款|可退|退货|退貨)款?(?:有效)?期/i.test(text) &&
  !/23[:：]30|00[:：]30/.test(text);
const BESIDE = {
  done: 'SUCCESS',
  processing: 'PENDING',
  refused: 'FAILED',
  deferred: 'FAILED',
} as const;

function refundFacts(record: WireRecord, reading: Reading): RefundFacts | null {
  const facts = factsOf(record, reading);
  return facts === null ? null : { ...facts, payment: record.orig };
}
