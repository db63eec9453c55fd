import { useEffect, useRef } from 'react';
import { openLesson } from '@/components/live/practice-opened';
import { useShop } from '@/components/live/shop';
import { LESSON, type LessonName } from '@/lib/practice';
import type { Till } from './use-till';

/** Comes with the page, in the reader's words: no other till carries them. */
export type LessonAtTill = {
  readonly name: LessonName;
  readonly title: string;
  readonly steps: readonly string[];
  readonly scan: string;
  readonly back: string;
};

/** Keys the lesson's amount, once, where nothing is keyed or under way. */
export function useLesson(lesson: LessonAtTill | null, till: Till): void {
  const { code } = useShop().setting.staff;
  const name = lesson?.name ?? null;
  const begun = useRef<LessonName | null>(null);
  const latest = useRef(till);
  useEffect(() => {
    latest.current = till;
  });
  useEffect(() => {
    if (name === null || begun.current === name) return;
    begun.current = name;
    openLesson(code, name);
    const { locked, charge, entry, put } = latest.current;
    if (!locked && charge.at === 'ready' && entry.amount === 0) put(LESSON[name].amount);
  }, [name, code]);
}
