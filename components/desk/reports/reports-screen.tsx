'use client';
/** A day's takings or a range's, from every side. It adds nothing up; the server does. */
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { NoAnswer } from '@/components/live/server';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import type { Report } from '@/lib/contract-report';
import { ChooseDays } from './choose-days';
import { PANEL, PANELS } from './panels';
import { reportQuery, type Wanted } from './report-query';
import { CounterTables, HourTable, WalletTable } from './report-tables';
import { Summary } from './summary';

// Drawn in the browser alone, and fetched with this page: no other one carries the library.
// (Next.js reads the options from the text, so each has its own.)
const TimeChart = dynamic(() => import('./charts').then((it) => it.TimeChart), {
  ssr: false,
  loading: () => <div className="h-aside" />,
});
const WalletChart = dynamic(() => import('./charts').then((it) => it.WalletChart), {
  ssr: false,
  loading: () => <div className="h-aside" />,
});

export function ReportsScreen() {
  const { say } = useReading();
  const [wanted, setWanted] = useState<Wanted>(null);
  const { data, error, isPlaceholderData, refetch } = useQuery(reportQuery(wanted));
  const [today, setToday] = useState<string | null>(null);
  if (wanted === null && data !== undefined && !isPlaceholderData && today !== data.from) {
    setToday(data.from);
  }
  const isWrong = error instanceof NoAnswer && error.problem?.code === 'invalid';
  return (
    <main className="flex grow flex-col gap-4 p-3 tablet:p-4 wide:min-h-0">
      <h1 className="sr-only">{say('reports.title')}</h1>
      <ChooseDays
        today={today}
        shown={wanted ?? (today === null ? null : { from: today, to: today })}
        onChoose={setWanted}
      />
      <div className="flex grow flex-col gap-4 wide:min-h-0 wide:overflow-y-auto">
        {error !== null && (
          <div role="alert" className="flex flex-col items-start gap-3 py-4">
            <p className="text-body">{say(isWrong ? 'reports.wrong-days' : 'reports.failed')}</p>
            {!isWrong && <Button onClick={() => void refetch()}>{say('reports.again')}</Button>}
          </div>
        )}
        {data === undefined && error === null && (
          <p role="status" className="py-4 text-body text-ink-soft">
            {say('reports.loading')}
          </p>
        )}
        {data !== undefined && error === null && (
          <div
            aria-busy={isPlaceholderData}
            className={`flex flex-col gap-4 ${isPlaceholderData ? 'opacity-60' : ''}`}
          >
            <Shown report={data} />
          </div>
        )}
      </div>
    </main>
  );
}

function Shown({ report }: { readonly report: Report }) {
  const { say } = useReading();
  const isEmpty = report.takings.count + report.takings.refundCount + report.outcome.ended === 0;
  const isRange = report.from !== report.to;
  return (
    <>
      <Summary report={report} />
      {isEmpty ? (
        <p className="text-body text-ink-soft">{say('reports.empty')}</p>
      ) : (
        <>
          <div className={PANELS}>
            <section className={PANEL}>
              <h2 className="text-body font-semibold">{say('reports.by-wallet')}</h2>
              <WalletChart report={report} />
              <WalletTable report={report} />
            </section>
            <section className={PANEL}>
              <h2 className="text-body font-semibold">
                {say(isRange ? 'reports.by-day' : 'reports.by-hour')}
              </h2>
              <TimeChart report={report} />
              <HourTable report={report} />
            </section>
          </div>
          <CounterTables report={report} />
        </>
      )}
    </>
  );
}
