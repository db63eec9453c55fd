'use client';
/**
 * Tells the customer's screen what is being keyed, a moment after the last key. Nobody waits for an
 * answer: the screen that cannot be told shows the shop's name, and charging never depends on it.
 */
import { useEffect, useRef } from 'react';
import { call } from '@/components/live/server';
import type { KeyedAmount } from '@/lib/contract-display';

const AFTER_MS = 150;

/** `locked`: a payment runs, and the screen shows that. */
export function useMirror({ counter, amount }: KeyedAmount, locked: boolean): void {
  const told = useRef(0);
  useEffect(() => {
    // What is being charged is on that screen already, and no next sale when it has ended.
    if (locked) told.current = amount;
    if (amount === told.current) return;
    const timer = setTimeout(() => {
      told.current = amount;
      const body: KeyedAmount = { counter, amount };
      void call('/api/display/amount', { method: 'PUT', body });
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [counter, amount, locked]);
}
