'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { type ReactNode, useEffect, useState } from 'react';
import { INBOX } from '@/components/live/queries';
import { NoAnswer } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { Button, buttonLook } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import type { ComparisonView } from '@/lib/contract-compare';
import { Failed, Loading } from './compare-screen';
import { lookOf } from './comparison-table';
import { useStart } from './day-form';
import { DifferenceList } from './difference-list';
import { comparisonQuery, comparisonsQuery, DIFFERENCES, stopComparison } from './reads';
import { Totals } from './totals';

/** One comparison: how far it is, or both sides' sums and what was found. */
export function ComparisonResult({ id }: { readonly id: string }) {
  const { say } = useReading();
  const { data, error, refetch } = useQuery(comparisonQuery(id));
  useNews(data);
  if (data !== undefined) {
    return (
      <Pane>
        <Shown it={data} />
      </Pane>
    );
  }
  const missing = error instanceof NoAnswer && error.problem?.code === 'not-found';
  return (
    <Pane>
      {error === null && <Loading />}
      {missing && (
        <p role="alert" className="text-body">
          {say('compare.missing')}
        </p>
      )}
      {error !== null && !missing && <Failed onAgain={() => void refetch()} />}
    </Pane>
  );
}

/** When it ends, the lists beside it have changed as well. */
function useNews(it: ComparisonView | undefined): void {
  const client = useQueryClient();
  const state = it?.state;
  useEffect(() => {
    if (state === undefined || state === 'running') return;
    void client.invalidateQueries({ queryKey: comparisonsQuery.queryKey });
    void client.invalidateQueries({ queryKey: [DIFFERENCES] });
    void client.invalidateQueries({ queryKey: [INBOX] });
  }, [client, state]);
}

function Pane({ children }: { readonly children: ReactNode }) {
  const { say } = useReading();
  return (
    <div className="flex grow flex-col gap-4 rounded-large border border-line bg-panel p-4 wide:min-h-0 wide:overflow-y-auto">
      <div>
        <Link href="/reports/compare" className={buttonLook('bare')}>
          <Icon name="backward" />
          {say('compare.back')}
        </Link>
      </div>
      {children}
    </div>
  );
}

function Shown({ it }: { readonly it: ComparisonView }) {
  const { say } = useReading();
  const shop = useShop();
  const look = lookOf(it, say);
  const by = it.startedBy === 'server' ? say('compare.night') : it.startedBy;
  const { start, busy, refused } = useStart();
  const again = { day: it.day, ...(it.outlet === null ? {} : { outlet: it.outlet.id }) };
  return (
    <>
      <header
        data-testid="comparison"
        data-state={it.state}
        className="flex flex-col items-start gap-2"
      >
        <h1 className="text-head font-semibold tabular-nums">{it.day}</h1>
        {it.outlet !== null && <p className="text-lead">{it.outlet.name}</p>}
        <Chip tone={look.tone} icon={look.icon} word={look.word} />
        <p className="text-small text-ink-soft">
          {say('compare.when', { day: it.day, time: shop.day(it.startedAt), by })}
        </p>
      </header>
      {it.state === 'running' && <Running it={it} />}
      {it.state === 'stopped' && <p className="text-body">{say('compare.stopped-says')}</p>}
      {it.state === 'failed' && <p className="text-body">{say('compare.failed-says')}</p>}
      {it.state === 'done' && <Totals it={it} />}
      {it.state === 'done' && (
        <section className="flex flex-col gap-3">
          <h2 className="text-lead font-semibold">{say('compare.lines')}</h2>
          {it.found + it.explained === 0 ? (
            <p className="text-body text-ink-soft">{say('compare.no-lines')}</p>
          ) : (
            <DifferenceList comparison={it.id} />
          )}
        </section>
      )}
      {it.state !== 'running' && (
        <div className="flex flex-col items-start gap-2">
          <Button onClick={() => void start(again)} disabled={busy}>
            {say(busy ? 'compare.starting' : 'compare.again')}
          </Button>
          <p role="alert" className="text-body text-stop empty:hidden">
            {refused}
          </p>
        </div>
      )}
    </>
  );
}

function Running({ it }: { readonly it: ComparisonView }) {
  const { say } = useReading();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const stop = async () => {
    setBusy(true);
    const reply = await stopComparison(it.id);
    setBusy(false);
    if (reply.kind === 'answered') {
      client.setQueryData(comparisonQuery(it.id).queryKey, reply.value.comparison);
    } else setRefused(reply.kind === 'refused' ? reply.problem.says : say('difference.silent'));
  };
  return (
    <div className="flex flex-col items-start gap-3">
      <p role="status" className="text-body tabular-nums" data-testid="compare-progress">
        {say('compare.progress', { pages: it.pages, rows: it.rows })}
      </p>
      <Button onClick={() => void stop()} disabled={busy}>
        {say(busy ? 'compare.stopping' : 'compare.stop')}
      </Button>
      <p role="alert" className="text-body text-stop empty:hidden">
        {refused}
      </p>
    </div>
  );
}
