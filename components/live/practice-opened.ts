'use client';
/** When each lesson was opened by whom: kept on the tablet. What came of it, the server knows. */
import { useSyncExternalStore } from 'react';
import { LESSONS, type LessonName, type Opened } from '@/lib/practice';
import { serverNow } from './clock';
import { createWatchers } from './watchers';

const nameOf = (staffCode: string): string => `countertop.practice.${staffCode}`;
const NONE = '{}';
/** Before its first heartbeat a tablet knows the server's clock by whole seconds only. */
const LEEWAY_MS = 1_000;
const watchers = createWatchers();

function read(staffCode: string): string {
  try {
    return localStorage.getItem(nameOf(staffCode)) ?? NONE;
  } catch {
    return NONE;
  }
}

function parsed(kept: string): Opened {
  try {
    const value: unknown = JSON.parse(kept);
    if (typeof value !== 'object' || value === null) return {};
    const times = LESSONS.map((name) => [name, (value as Record<string, unknown>)[name]] as const);
    return Object.fromEntries(times.filter(([, at]) => typeof at === 'number')) as Opened;
  } catch {
    return {};
  }
}

/** From now on the server's payments count for it. Opened before, it stays open since then. */
export function openLesson(staffCode: string, name: LessonName): void {
  const opened = parsed(read(staffCode));
  if (opened[name] !== undefined) return;
  try {
    const next = { ...opened, [name]: Math.floor(serverNow()) - LEEWAY_MS };
    localStorage.setItem(nameOf(staffCode), JSON.stringify(next));
  } catch {
    // Then nothing is ticked, and the lesson teaches all the same.
  }
  watchers.tell();
}

export function useOpened(staffCode: string): Opened {
  const kept = useSyncExternalStore(
    watchers.subscribe,
    () => read(staffCode),
    () => NONE,
  );
  return parsed(kept);
}
