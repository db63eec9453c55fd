'use client';
/**
 * The lessons of a shop for practice. What is done the server says, of the learner's own payments;
 * a press on this page ticks nothing.
 */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useOpened } from '@/components/live/practice-opened';
import { call, orThrow, withSearch } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { useReading } from '@/components/ui/language';
import { LESSONS, type Opened, type PracticeProgress } from '@/lib/practice';
import { LessonCard } from './lesson-card';

/** A customer who pays late does so while the learner looks on. */
const AGAIN_MS = 3_000;

const progressQuery = (opened: Opened) =>
  queryOptions({
    queryKey: ['practice', opened],
    queryFn: async () => orThrow(await call<PracticeProgress>(withSearch('/api/practice', opened))),
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
    refetchInterval: AGAIN_MS,
  });

export function PracticeScreen({ command }: { readonly command: string }) {
  const { say } = useReading();
  const { staff } = useShop().setting;
  const opened = useOpened(staff.code);
  const { data, error } = useQuery(progressQuery(opened));
  const done = data?.done ?? [];
  return (
    <main className="flex grow flex-col gap-4 p-3 tablet:p-4 wide:min-h-0 wide:overflow-y-auto">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h1 className="text-head font-semibold">{say('practice.title')}</h1>
        <p role="status" data-testid="practice-count" className="text-body font-semibold">
          {say('practice.count', { done: done.length, all: LESSONS.length })}
        </p>
      </div>
      <p className="max-w-pair text-body text-ink-soft">{say('practice.text')}</p>
      {error !== null && (
        <p role="alert" className="text-body text-stop">
          {say('practice.failed')}
        </p>
      )}
      <ul className="grid grid-cols-1 items-start gap-4 tablet:grid-cols-2">
        {LESSONS.map((name) => (
          <LessonCard
            key={name}
            name={name}
            is={done.includes(name) ? 'done' : opened[name] === undefined ? 'not-begun' : 'begun'}
          />
        ))}
      </ul>
      <section
        aria-label={say('practice.beside')}
        className="flex flex-col gap-2 rounded-large border border-line bg-panel p-4"
      >
        <h2 className="text-lead font-semibold">{say('practice.beside')}</h2>
        <p className="text-body text-ink-soft">{say('practice.beside-text')}</p>
        <code className="rounded-small bg-canvas p-3 text-small break-words select-text">
          {command}
        </code>
      </section>
    </main>
  );
}
