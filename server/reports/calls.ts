/** Joins the story of a payment to the calls behind it: how long each took and what it brought. */
import type { TimelineView } from '@/lib/contract';

/** A call that was written down before it was made; `ms` is null where nobody saw it answered. */
export type CallRow = {
  readonly kind: string;
  /** The payment's number, or the refund's own. */
  readonly number: string;
  readonly seq: number;
  readonly says: string | null;
  readonly respcd: string | null;
  readonly ms: number | null;
};

type Entry = Pick<TimelineView, 'kind' | 'detail'>;

/** The same entries; those of calls also say `ms`, `says` and `respcd`. */
export function withDurations<T extends Entry>(
  entries: readonly T[],
  calls: readonly CallRow[],
  id: string,
): T[] {
  return entries.map((entry) => {
    const { call, seq, refund } = entry.detail;
    if (entry.kind !== 'call') return entry;
    const number = typeof refund === 'string' ? refund : id;
    const made = calls.find((it) => it.number === number && it.kind === call && it.seq === seq);
    if (made === undefined) return entry;
    const { ms, says, respcd } = made;
    return { ...entry, detail: { ...entry.detail, ms, says, respcd } };
  });
}
