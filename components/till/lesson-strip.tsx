'use client';
/**
 * The lesson that somebody came to the till with: its steps, and the code that plays the customer,
 * read as if the scanner had read it. In a shop for practice alone; it decides nothing.
 */
import Link from 'next/link';
import { serverNow } from '@/components/live/clock';
import { Button, buttonLook } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { LESSON, practiceCode } from '@/lib/practice';
import type { LessonAtTill } from './use-lesson';
import type { Till } from './use-till';

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
