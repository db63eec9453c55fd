'use client';
/**
 * The amounts that somebody keeps at this counter by holding them: this tablet's own, for they are
 * a matter of what a hand reaches. What the whole shop sees is the owner's setting, and audited.
 */
import { useCallback, useEffect, useState } from 'react';
import { LARGEST_KEYED } from '@/lib/money';
import { MOST_PINS, withPin } from '@/lib/quick-amounts';

const name = (counter: string): string => `countertop.pins.${counter}`;

/** What lies there and is ours. */
export function keptPins(counter: string): readonly number[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(name(counter)) ?? '[]');
    return Array.isArray(value) ? value.filter(isAmount).slice(0, MOST_PINS) : [];
  } catch {
    return [];
  }
}

const isAmount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= LARGEST_KEYED;

function keepPins(counter: string, pins: readonly number[]): void {
  try {
    localStorage.setItem(name(counter), JSON.stringify(pins));
  } catch {
    // They stay until the page is left.
  }
}

export type Pins = {
  readonly pins: readonly number[];
  /** What came of holding an amount. */
  readonly toggle: (minor: number) => 'pinned' | 'unpinned' | 'full';
};

export function usePins(counter: string): Pins {
  const [pins, setPins] = useState<readonly number[]>([]);
  // After the first picture, which the server draws without knowing this tablet.
  useEffect(() => setPins(keptPins(counter)), [counter]);
  const toggle = useCallback(
    (minor: number) => {
      const next = withPin(pins, minor);
      if (next === null) return 'full';
      keepPins(counter, next);
      setPins(next);
      return next.includes(minor) ? 'pinned' : 'unpinned';
    },
    [pins, counter],
  );
  return { pins, toggle };
}
