/** Keys as a person and as a hand scanner type them, and what the wedge makes of them. */
import type { Affixes } from '@/components/live/scan-run';
import { feed, type Outcome, QUIET, type Stroke, settle, wakeAt } from '@/components/live/wedge';

/** A payment code of WeChat. */
export const CODE = '134512345678901234';

export type Typed = { readonly out: readonly Outcome[]; readonly swallowed: readonly string[] };

/** Plays keys at their times, with a timer that is never late, and silence at the end. */
export function type(strokes: readonly Stroke[], affixes: Affixes = {}): Typed {
  let wedge = QUIET;
  const out: Outcome[] = [];
  const swallowed: string[] = [];
  const wait = (until: number): void => {
    for (let wake = wakeAt(wedge); wake !== null && wake <= until; wake = wakeAt(wedge)) {
      const settled = settle(wedge, wake, affixes);
      wedge = settled.next;
      out.push(...settled.out);
    }
  };
  for (const stroke of strokes) {
    wait(stroke.at - 1);
    const fed = feed(wedge, stroke, affixes);
    wedge = fed.next;
    out.push(...fed.out);
    if (fed.swallow) swallowed.push(stroke.key);
  }
  wait(Number.POSITIVE_INFINITY);
  return { out, swallowed };
}

type Manner = Partial<Stroke> & { readonly gap: number; readonly from?: number };

/** `text`, one key every `gap` ms; `⏎` is Enter. */
export const keys = (text: string, { gap, from = 1000, ...rest }: Manner): Stroke[] =>
  [...text].map((key, i) => ({ ...rest, key: key === '⏎' ? 'Enter' : key, at: from + i * gap }));

/** What the keypad got; what it has to undo of that stands as `Backspace`. */
export const keyed = ({ out }: Typed): string =>
  out
    .map((one) => {
      if (one.kind === 'take-back') return 'Backspace '.repeat(one.keys);
      return one.kind === 'key' ? `${one.key} ` : '';
    })
    .join('');
export const scans = ({ out }: Typed): string[] =>
  out.flatMap((one) => (one.kind === 'scan' ? [one.text] : []));
