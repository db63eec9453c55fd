'use client';
/**
 * The list of sales, newest first, and beside it the one that was chosen. It reads and shows; it
 * changes nothing.
 */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSelectedLayoutSegment } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { newer } from '@/components/live/freshness';
import { historyKey, OPEN_STATES } from '@/components/live/queries';
import { listPayments, orThrow } from '@/components/live/server';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import { SalesTable } from './sales-table';

const PAGE = 50;
/** Typing is over when nothing was typed for this long. */
const TYPED_AFTER_MS = 250;

const FILTERS = {
  all: '',
  open: OPEN_STATES,
  paid: 'paid',
  failed: 'failed',
  closed: 'closed',
} as const;
type Filter = keyof typeof FILTERS;
const isFilter = (text: string): text is Filter => text in FILTERS;

export function Sales({ children }: { readonly children: ReactNode }) {
  const { say } = useReading();
  const chosen = useSelectedLayoutSegment();
  const [q, setQ] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const list = useHistory(useTyped(q.trim()), filter);
  const isFiltered = q.trim() !== '' || filter !== 'all';
  return (
    <main className="flex grow flex-col gap-4 p-3 tablet:p-4 wide:min-h-0 wide:flex-row">
      <section
        aria-label={say('history.title')}
        className={`flex min-w-0 grow flex-col gap-3 wide:flex wide:min-h-0 ${chosen === null ? '' : 'hidden'}`}
      >
        <Filters q={q} onQ={setQ} filter={filter} onFilter={setFilter} />
        <div className="grow rounded-large border border-line bg-panel wide:min-h-0 wide:overflow-y-auto">
          <Body list={list} chosen={chosen} isFiltered={isFiltered} />
        </div>
      </section>
      <section
        aria-label={say('detail.title')}
        className={`flex flex-col wide:flex wide:min-h-0 wide:w-beside wide:shrink-0 ${chosen === null ? 'hidden' : ''}`}
      >
        {children}
      </section>
    </main>
  );
}

function useTyped(text: string): string {
  const [typed, setTyped] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setTyped(text), TYPED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return typed;
}

function useHistory(q: string, filter: Filter) {
  return useInfiniteQuery({
    queryKey: historyKey({ q, states: FILTERS[filter] }),
    initialPageParam: '',
    queryFn: async ({ pageParam }) =>
      orThrow(await listPayments({ q, state: FILTERS[filter], cursor: pageParam, limit: PAGE })),
    getNextPageParam: (page) => page.next,
    // Coming back to the list shows what there is now, over what was known.
    staleTime: 0,
    placeholderData: (known) => known,
  });
}
type HistoryList = ReturnType<typeof useHistory>;

type FilterProps = {
  readonly q: string;
  readonly onQ: (q: string) => void;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
};

function Filters({ q, onQ, filter, onFilter }: FilterProps) {
  const { say } = useReading();
  return (
    <search className="flex flex-wrap items-end gap-3">
      <div className="min-w-0 grow">
        <Field
          label={say('history.search')}
          placeholder={say('history.search-hint')}
          type="search"
          value={q}
          onChange={onQ}
        />
      </div>
      <label className="flex flex-col gap-1">
        <span className="text-small text-ink-soft">{say('history.state')}</span>
        <select
          className="min-h-touch border border-line bg-raised px-3 text-body"
          value={filter}
          onChange={(event) => {
            if (isFilter(event.target.value)) onFilter(event.target.value);
          }}
        >
          <option value="all">{say('history.all')}</option>
          <option value="open">{say('history.open')}</option>
          <option value="paid">{say('state.paid')}</option>
          <option value="failed">{say('state.failed')}</option>
          <option value="closed">{say('state.closed')}</option>
        </select>
      </label>
    </search>
  );
}

type BodyProps = {
  readonly list: HistoryList;
  readonly chosen: string | null;
  readonly isFiltered: boolean;
};

function Body({ list, chosen, isFiltered }: BodyProps) {
  const { say } = useReading();
  if (list.data === undefined) {
    return list.isError ? <Failed onAgain={() => void list.refetch()} /> : <Skeleton />;
  }
  const payments = distinct(list.data.pages.flatMap((page) => page.payments));
  if (payments.length === 0) {
    return (
      <p className="p-6 text-body text-ink-soft">
        {say(isFiltered ? 'history.none' : 'history.empty')}
      </p>
    );
  }
  return (
    <>
      <SalesTable payments={payments} chosen={chosen} dimmed={list.isPlaceholderData} />
      <div className="flex justify-center p-3">
        {list.hasNextPage ? (
          <Button onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            {say(list.isFetchingNextPage ? 'history.loading' : 'history.more')}
          </Button>
        ) : (
          <p className="text-small text-ink-soft">{say('history.end')}</p>
        )}
      </div>
    </>
  );
}

/** Pages shift while sales come in: one payment may end a page and head the next. */
function distinct(payments: readonly PaymentView[]): readonly PaymentView[] {
  const byId = new Map<string, PaymentView>();
  for (const payment of payments) byId.set(payment.id, newer(byId.get(payment.id), payment));
  return [...byId.values()];
}

function Failed({ onAgain }: { readonly onAgain: () => void }) {
  const { say } = useReading();
  return (
    <div role="alert" className="flex flex-col items-start gap-3 p-6">
      <p className="text-body">{say('history.failed')}</p>
      <Button onClick={onAgain}>{say('history.again')}</Button>
    </div>
  );
}

const ROWS = ['1', '2', '3', '4', '5', '6', '7', '8'];

function Skeleton() {
  const { say } = useReading();
  return (
    <div role="status" aria-label={say('history.loading')} className="flex flex-col gap-2 p-4">
      {ROWS.map((row) => (
        <div key={row} className="h-12 rounded-small bg-raised" />
      ))}
    </div>
  );
}
