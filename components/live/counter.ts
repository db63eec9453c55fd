'use client';
/** Which counter this tablet stands at: kept on the tablet, "1" until somebody says otherwise. */
import { useSyncExternalStore } from 'react';

const NAME = 'countertop.counter';
const FIRST = '1';
/** contract.ts newPaymentSchema.counter */
const ALLOWED = /^[\p{L}\p{N} _-]{1,24}$/u;

const watchers = new Set<() => void>();

export const isCounterName = (name: string): boolean => ALLOWED.test(name);

function read(): string {
  try {
    const kept = localStorage.getItem(NAME);
    return kept !== null && isCounterName(kept) ? kept : FIRST;
  } catch {
    return FIRST;
  }
}

/** Throws a RangeError on a name that the server would refuse. */
export function setCounter(name: string): void {
  if (!isCounterName(name)) throw new RangeError(`Not a counter: ${name}`);
  localStorage.setItem(NAME, name);
  for (const watcher of watchers) watcher();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  window.addEventListener('storage', watcher);
  return () => {
    watchers.delete(watcher);
    window.removeEventListener('storage', watcher);
  };
}

export const useCounter = (): string => useSyncExternalStore(subscribe, read, () => FIRST);
