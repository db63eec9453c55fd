'use client';
/** Which counter this tablet stands at: kept on the tablet, "1" until somebody says otherwise. */
import { useSyncExternalStore } from 'react';
import { createWatchers } from './watchers';

const NAME = 'countertop.counter';
const FIRST = '1';
/** contract.ts newPaymentSchema.counter */
const ALLOWED = /^[\p{L}\p{N} _-]{1,24}$/u;

const watchers = createWatchers();

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
  watchers.tell();
}

export const useCounter = (): string => useSyncExternalStore(watchers.subscribe, read, () => FIRST);
