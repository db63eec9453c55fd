'use client';
/** Keeps what was tried, in the order in which it came, until the page is left. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { agedBy, type Outcome, type Source, type Trial } from './trial';

/** A hundred pictures a second must not draw the page a hundred times. */
const DRAWN_EVERY_MS = 150;

type From = { readonly source: Source; readonly file?: string };

export type Trials = {
  readonly results: readonly Trial[];
  readonly add: (outcome: Outcome, from: From) => void;
  readonly clear: () => void;
};

export function useTrials(): Trials {
  const all = useRef<Trial[]>([]);
  const firstSeen = useRef(new Map<string, number>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [results, setResults] = useState<readonly Trial[]>([]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const draw = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      setResults([...all.current]);
    }, DRAWN_EVERY_MS);
  }, []);
  const add = useCallback(
    (outcome: Outcome, { source, file = '' }: From) => {
      const aged =
        source === 'file' ? outcome : agedBy(outcome, firstSeen.current, performance.now());
      const number = all.current.length + 1;
      const ms = aged.ms === null ? null : Math.round(aged.ms * 10) / 10;
      all.current.push({ number, source, file: file === '' ? null : file, ...aged, ms });
      draw();
    },
    [draw],
  );
  const clear = useCallback(() => {
    all.current = [];
    firstSeen.current.clear();
    draw();
  }, [draw]);
  return useMemo(() => ({ results, add, clear }), [results, add, clear]);
}
