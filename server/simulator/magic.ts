/**
 * Payment codes that decide their own fate, for whoever tests a client without touching the
 * simulator. Shape: two digits of a wallet, `990099`, two digits of the outcome, two digits that
 * say how often the payer is still busy (00 for the outcome's own number), then any digits, so that
 * a client which never charges one code twice has as many as it needs.
 */
import { CODE_SHAPES, luhnHolds } from './code-shapes';

export type MagicOutcome =
  | 'pays'
  | 'asks-then-pays'
  | 'asks-then-refused'
  | 'code-wrong'
  | 'too-little-money'
  | 'silent-and-paid'
  | 'silent-and-lost'
  | 'slow-then-pays'
  | 'processing-then-pays'
  | 'never-decides'
  | 'refused-yet-paid'
  | 'cancelled-yet-paid';

export type MagicRow = {
  readonly digits: string;
  readonly outcome: MagicOutcome;
  /** Queries answered "still busy" after the charge's own answer. */
  readonly polls: number;
  readonly says: string;
};

export const MAGIC: readonly MagicRow[] = [
  { digits: '01', outcome: 'pays', polls: 0, says: '0000 at once' },
  {
    digits: '02',
    outcome: 'asks-then-pays',
    polls: 3,
    says: '1143, then three queries, then paid',
  },
  { digits: '03', outcome: 'asks-then-refused', polls: 3, says: '1143, three queries, then 1201' },
  { digits: '04', outcome: 'code-wrong', polls: 0, says: '1202' },
  { digits: '05', outcome: 'too-little-money', polls: 0, says: '1201' },
  { digits: '06', outcome: 'silent-and-paid', polls: 0, says: 'no answer; the payer has paid' },
  { digits: '07', outcome: 'silent-and-lost', polls: 0, says: 'no answer; nothing was recorded' },
  { digits: '08', outcome: 'slow-then-pays', polls: 1, says: '1298, one query, then paid' },
  {
    digits: '09',
    outcome: 'processing-then-pays',
    polls: 3,
    says: '1145, three queries, then paid',
  },
  { digits: '10', outcome: 'never-decides', polls: 0, says: '1143 until it is reversed' },
  {
    digits: '11',
    outcome: 'refused-yet-paid',
    polls: 0,
    says: '1202; paid 20 s later all the same',
  },
  {
    digits: '12',
    outcome: 'cancelled-yet-paid',
    polls: 0,
    says: '1143; paid 30 s after the charge, reversed or not',
  },
];
/** When whoever was slow has paid, whatever the shop did meanwhile. */
export const SLOW_PAYER_MS = 30_000;
/** After a lying refusal, when the money moves. */
export const LYING_REFUSAL_MS = 20_000;

const MARK = '990099';

/** A full-length code of the wallet whose codes start with `prefix` (code-shapes.ts). */
export function magicCode(
  outcome: MagicOutcome,
  given: { prefix?: string; polls?: number; serial?: number } = {},
): string {
  const { prefix = '13', polls = 0, serial = 0 } = given;
  const length = CODE_SHAPES.find((shape) => shape.prefix === prefix)?.length;
  const row = MAGIC.find((each) => each.outcome === outcome);
  if (length === undefined || row === undefined) throw new RangeError(`no such code: ${outcome}`);
  const head = `${prefix}${MARK}${row.digits}${String(polls).padStart(2, '0')}`;
  const code = (tail: number) => head + String(tail).padStart(length - head.length, '0');
  // Two neighbours never both pass for a card number, so every serial has a code that does not.
  return luhnHolds(code(serial * 2)) ? code(serial * 2 + 1) : code(serial * 2);
}

export type Magic = { readonly outcome: MagicOutcome; readonly polls: number };

export function readMagic(code: string): Magic | null {
  const found = /^\d{2}990099(\d{2})(\d{2})\d{4,20}$/.exec(code);
  const row = MAGIC.find((each) => each.digits === found?.[1]);
  if (row === undefined) return null;
  const polls = Number(found?.[2] ?? 0);
  return { outcome: row.outcome, polls: polls > 0 ? polls : row.polls };
}
