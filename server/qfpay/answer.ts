/**
 * From bytes to one shape (protocol.md §6.1): flat or envelope, list or single record, signed by
 * one rule or the other or not at all. What cannot be trusted or read decides nothing and is
 * `unclear`; this file never says what an answer means.
 */
import type { Unclear } from '@/lib/payment';
import { isObject, type Json, readJson } from './json';
import { type ResponseRule, responseRule } from './sign';
import type { TransportOutcome } from './transport';
import { type WireRecord, wireRecord } from './wire';

export type Heard =
  /** The request did not leave, or the gateway says that it did not look at it (429). */
  | { readonly kind: 'not-sent'; readonly why: 'unreachable' | 'limited' }
  | { readonly kind: 'unclear'; readonly why: Exclude<Unclear, 'code'> }
  | Answer;
type Answer = {
  readonly kind: 'answer';
  /** The call's own code, four characters; whether a sale is paid is said elsewhere in a query. */
  readonly respcd: string;
  /** Top level and `data`, the top level winning. */
  readonly record: WireRecord;
  /** The top level and `data` disagree about the order, its amount or its outcome. */
  readonly disagrees: boolean;
  /** The records of `data`; null when there is no `data`. */
  readonly rows: readonly WireRecord[] | null;
  /** How many records could not be read. */
  readonly unreadable: number;
  readonly signedBy: ResponseRule | null;
};

/** The signature is checked where there is one; TLS names the host where there is none (§3.2). */
export function hear(outcome: TransportOutcome, key: string): Heard {
  if (outcome.kind === 'not-sent') return { kind: 'not-sent', why: 'unreachable' };
  if (outcome.kind === 'lost') return { kind: 'unclear', why: outcome.why };
  if (outcome.status === 429) return { kind: 'not-sent', why: 'limited' };
  if (outcome.status !== 200) return { kind: 'unclear', why: 'http-status' };
  const json = readJson(outcome.body);
  if (!isObject(json)) return { kind: 'unclear', why: 'not-json' };
  const presented = outcome.headers['x-qf-sign'];
  const answer = { body: outcome.body, data: json.data };
  const signedBy = presented === undefined ? null : responseRule(answer, presented, key);
  if (presented !== undefined && signedBy === null) {
    return { kind: 'unclear', why: 'bad-signature' };
  }
  return normalise(json, signedBy);
}

function normalise(json: { readonly [name: string]: Json }, signedBy: Answer['signedBy']): Heard {
  const top = wireRecord.safeParse(json);
  if (!top.success) return { kind: 'unclear', why: 'not-json' };
  if (top.data.respcd === null) return { kind: 'unclear', why: 'no-code' };
  const inner = isObject(json.data) ? wireRecord.safeParse(json.data) : null;
  const listed = Array.isArray(json.data) ? json.data.map((row) => wireRecord.safeParse(row)) : [];
  const all = inner === null ? listed : [inner];
  const rows = all.flatMap((row) => (row.success ? [row.data] : []));
  const lifted = inner?.success ? lift(top.data, inner.data) : null;
  const unreadable = all.length - rows.length;
  return {
    kind: 'answer',
    respcd: top.data.respcd,
    record: lifted?.record ?? top.data,
    disagrees: lifted?.disagrees ?? (inner !== null && unreadable > 0),
    rows: inner === null && !Array.isArray(json.data) ? null : rows,
    unreadable,
    signedBy,
  };
}

const MUST_AGREE = ['respcd', 'out_trade_no', 'syssn', 'txamt', 'txcurrcd'] as const;

function lift(top: WireRecord, data: WireRecord): Pick<Answer, 'record' | 'disagrees'> {
  const told = Object.entries(top).filter(([, value]) => value !== null && value !== '');
  const disagrees = MUST_AGREE.some(
    (name) => top[name] !== null && data[name] !== null && top[name] !== data[name],
  );
  return { record: { ...data, ...Object.fromEntries(told) }, disagrees };
}
