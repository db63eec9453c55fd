'use client';
/** Listens for a hand scanner and says how long its typing took. */
import { useEffect, useRef } from 'react';
import { useLocked } from '@/components/live/screen-lock';
import { useWedge } from '@/components/live/use-wedge';
import { type Outcome, outcomeOfKeys } from './trial';

/** More keys than any scan has. */
const REMEMBERED = 200;

export function useHandScanner(onRead: (outcome: Outcome) => void): void {
  const times = useRef<number[]>([]);
  const locked = useLocked();
  useEffect(() => {
    // Before the wedge, which swallows a scan's keys.
    const note = ({ timeStamp, key }: KeyboardEvent) => {
      if (key.length === 1) times.current = [...times.current.slice(-REMEMBERED), timeStamp];
    };
    window.addEventListener('keydown', note, { capture: true });
    return () => window.removeEventListener('keydown', note, { capture: true });
  }, []);
  useWedge({
    enabled: !locked,
    onScan(text, symbology) {
      const keys = times.current.slice(-text.length);
      onRead(outcomeOfKeys(text, symbology, (keys.at(-1) ?? 0) - (keys[0] ?? 0)));
    },
  });
}
