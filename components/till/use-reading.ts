'use client';
/**
 * What a scanner read, wherever the focus was. A scanner that reads the same code once more means
 * nothing by it: not that the green of its payment has been seen, nor why it was refused.
 */
import { useRef } from 'react';
import { readScan, type Symbology } from '@/lib/payment-code';
import type { useMatter } from './use-commit';
import type { SwitchOver } from './use-switching';

/** A trigger that is held reads on; somebody who scans again waits for an answer first. Ms. */
const HELD_MS = 2_000;

export type LastRead = { readonly text: string; readonly at: number };

/** `now` and `last.at` on a clock that does not jump, ms. `green`: its payment stands there. */
export const isReadAgain = (
  last: LastRead | null,
  { text, at }: LastRead,
  green: boolean,
): boolean => last?.text === text && (green || at - last.at < HELD_MS);

type Read = (text: string, symbology: Symbology | null) => void;
type Reading = {
  /** What a code would be charged. */
  readonly amount: number;
  readonly locked: boolean;
  /** A paid payment is in front, and no next sale has begun. */
  readonly green: boolean;
  readonly over: SwitchOver;
  readonly matter: ReturnType<typeof useMatter>;
  readonly read: Read;
};

/** While a payment runs, what was scanned can only take over from that payment's QR. */
export function useReading({ amount, locked, green, over, matter, read }: Reading): Read {
  const last = useRef<LastRead | null>(null);
  return (text, symbology) => {
    const now = { text, at: performance.now() };
    const again = isReadAgain(last.current, now, green);
    // One that came to nothing, for want of an amount or too early, may be meant next time.
    if (again || (locked ? over.armed : amount > 0)) last.current = now;
    if (again) return;
    if (!locked) read(text, symbology);
    else if (over.armed) {
      matter.quiet();
      const scan = readScan(text, symbology);
      if (scan.kind === 'payment-code') over.hold(scan.code, scan.hint);
      else matter.refuse(scan.kind);
    }
  };
}
