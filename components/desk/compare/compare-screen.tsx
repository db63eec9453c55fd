'use client';
/**
 * The days that were compared with QFPay, and beside them the one that was chosen, or what is still
 * to be looked at. It shows what the server found; it changes no payment.
 */
import { useQuery } from '@tanstack/react-query';
import { useSelectedLayoutSegment } from 'next/navigation';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import { ComparisonTable } from './comparison-table';
import { DayForm } from './day-form';
import { comparisonsQuery } from './reads';

export function CompareScreen({ children }: { readonly children: ReactNode }) {
  const { say } = useReading();
  const chosen = useSelectedLayoutSegment();
  const { data, isError, refetch } = useQuery(comparisonsQuery);
  return (
    <main className="flex grow flex-col gap-4 p-3 tablet:p-4 wide:min-h-0 wide:flex-row">
      <h1 className="sr-only">{say('compare.title')}</h1>
      <section
        aria-label={say('compare.days')}
        className={`min-w-0 grow flex-col gap-3 wide:flex wide:min-h-0 ${chosen === null ? 'flex' : 'hidden'}`}
      >
        <DayForm today={data?.today ?? null} outlets={data?.outlets ?? []} />
        <div className="grow rounded-large border border-line bg-panel wide:min-h-0 wide:overflow-y-auto">
          {data !== undefined && <ComparisonTable list={data} chosen={chosen} />}
          {data === undefined && isError && <Failed onAgain={() => void refetch()} />}
          {data === undefined && !isError && <Loading />}
        </div>
      </section>
      <section
        aria-label={say(chosen === null ? 'compare.open' : 'compare.lines')}
        className="flex flex-col wide:min-h-0 wide:w-beside wide:shrink-0"
      >
        {children}
      </section>
    </main>
  );
}

export function Failed({ onAgain }: { readonly onAgain: () => void }) {
  const { say } = useReading();
  return (
    <div role="alert" className="flex flex-col items-start gap-3 p-4">
      <p className="text-body">{say('compare.failed-load')}</p>
      <Button onClick={onAgain}>{say('compare.try-again')}</Button>
    </div>
  );
}

const ROWS = ['1', '2', '3', '4'];

export function Loading() {
  const { say } = useReading();
  return (
    <div role="status" aria-label={say('compare.loading')} className="flex flex-col gap-2 p-4">
      {ROWS.map((row) => (
        <div key={row} className="h-12 rounded-small bg-raised" />
      ))}
    </div>
  );
}
