'use client';
/**
 * The server's clock as this tablet knows it: a tablet's own clock may be minutes off, and a
 * countdown by it would lie. Only what people read goes by it; nothing is decided here.
 */
import { useSyncExternalStore } from 'react';

let offsetMs = 0;
let exact = false;

/** `exact` times come with the heartbeat; the Date header of an answer has whole seconds only. */
export function heardServerTime(time: string | number | null, isExact = false): void {
  if (time === null || (exact && !isExact)) return;
  const heard = typeof time === 'number' ? time : Date.parse(time);
  if (Number.isNaN(heard)) return;
  offsetMs = heard + (isExact ? 0 : 500) - Date.now();
  exact = exact || isExact;
}

/** Ms UTC by the server's clock. */
export const serverNow = (): number => Date.now() + offsetMs;

const SECOND = 1000;
const watchers = new Set<() => void>();
let shown = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  shown = serverNow();
  for (const watcher of watchers) watcher();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  if (timer === undefined) {
    shown = serverNow();
    timer = setInterval(tick, SECOND / 2);
  }
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const read = (): number => {
  if (shown === 0) shown = serverNow();
  return shown;
};

/** The server's time, twice a second; 0 in the first picture, which the server draws. */
export const useServerNow = (): number => useSyncExternalStore(subscribe, read, () => 0);
