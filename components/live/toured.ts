'use client';
/** Who has seen the tour on this tablet, or left it: for them it does not come by itself again. */
import { useSyncExternalStore } from 'react';

const NAME = 'countertop.toured';
const watchers = new Set<() => void>();

function read(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? '[]');
    return Array.isArray(kept) ? kept.filter((code) => typeof code === 'string') : [];
  } catch {
    return [];
  }
}

/** `has` false: it comes again the next time that the till is idle. */
export function setToured(staffCode: string, has: boolean): void {
  const others = read().filter((code) => code !== staffCode);
  try {
    localStorage.setItem(NAME, JSON.stringify(has ? [...others, staffCode] : others));
  } catch {
    forThisPage.add(staffCode);
  }
  for (const watcher of watchers) watcher();
}

/** Where a browser keeps nothing, it is not shown twice on one page at least. */
const forThisPage = new Set<string>();

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** True before the tablet has been asked: nothing is shown that goes away at once. */
export const useToured = (staffCode: string): boolean =>
  useSyncExternalStore(
    subscribe,
    () => forThisPage.has(staffCode) || read().includes(staffCode),
    () => true,
  );
