'use client';
/**
 * The lesson that somebody came to the till with: its steps, and the code that plays the customer,
 * read as if the scanner had read it. In a shop for practice alone; it decides nothing.
 */
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { serverNow } from '@/components/live/clock';
import { openLesson } from '@/components/live/practice-opened';
import { useShop } from '@/components/live/shop';
import { Button, buttonLook } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { LESSON, type LessonName, practiceCode } from '@/lib/practice';
import type { Till } from './use-till';

/** Comes with the page, in the reader's words: no other till carries them. */
export type LessonAtTill = {
  readonly name: LessonName;
  readonly title: string;
  readonly steps: readonly string[];
  readonly scan: string;
  readonly back: string;
};

type Props = { readonly lesson: LessonAtTill; readonly till: Till };

export function LessonStrip({ lesson: { name, title, steps, scan, back }, till }: Props) {
  const { amount, outcome } = LESSON[name];
  return (
    <section
      aria-label={title}
      data-testid="lesson-strip"
      className="flex flex-col gap-2 rounded-large border-2 border-unknown bg-panel p-3"
    >
      <h2 className="text-body font-semibold">{title}</h2>
      <ol className="flex list-decimal flex-col pl-6 text-small">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className="flex flex-wrap gap-2">
        {outcome !== null && (
          <Button
            wraps
            disabled={till.entry.amount !== amount}
            onClick={() => till.read(practiceCode(outcome, Math.floor(serverNow() / 1_000)), null)}
          >
            <Icon name="scan" />
            {scan}
          </Button>
        )}
        <Link href="/practice" className={buttonLook('bare', true)}>
          {back}
        </Link>
      </div>
    </section>
  );
}

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
