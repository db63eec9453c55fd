'use client';
/**
 * The refund desk: the way to a sale, by the scanner, a number, an amount and a time, and the list
 * of refunds. Beside it stands the sale that was chosen.
 */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRouter, useSelectedLayoutSegment } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { listPayments } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { useWedge } from '@/components/live/use-wedge';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { numberInScan } from '@/lib/scanned-number';
import { AbsentList, ListSkeleton } from '../absent';
import { SalesTable } from '../history/sales-table';
import { isKnown, type Known, NOTHING_KNOWN, useFound } from './find-sale';
import { refundPage, refundsKey } from './refund-calls';
import { RefundTable } from './refund-table';
import { TestMoney } from './test-money';

export function Refunds({ children }: { readonly children: ReactNode }) {
  const { say } = useReading();
  const chosen = useSelectedLayoutSegment();
  const [known, setKnown] = useState(NOTHING_KNOWN);
  const { says } = useScan(setKnown);
  return (
    <main className="flex grow flex-col gap-4 p-3 tablet:p-4 wide:min-h-0 wide:flex-row">
      <h1 className="sr-only">{say('refunds.title')}</h1>
      <section
        aria-label={say('refunds.list')}
        className={`flex min-w-0 grow flex-col gap-3 wide:flex wide:min-h-0 ${chosen === null ? '' : 'hidden'}`}
      >
        <Finder known={known} onKnown={setKnown} says={says} />
        <TestMoney />
        <div className="grow rounded-large border border-line bg-panel wide:min-h-0 wide:overflow-y-auto">
          {isKnown(known) ? <Found known={known} chosen={chosen} /> : <List chosen={chosen} />}
        </div>
      </section>
      <section
        aria-label={say('refunds.open')}
        className={`flex flex-col wide:flex wide:min-h-0 wide:w-beside wide:shrink-0 ${chosen === null ? 'hidden' : ''}`}
      >
        {children}
      </section>
    </main>
  );
}

/** A scanned receipt opens its sale at once. */
function useScan(onKnown: (known: Known) => void): { readonly says: string } {
  const { say } = useReading();
  const router = useRouter();
  const [says, setSays] = useState('');
  const onScan = async (text: string) => {
    const number = numberInScan(text);
    setSays('');
    if (number === null) {
      setSays(say('refunds.no-scan', { number: text.slice(0, 40) }));
      return;
    }
    onKnown({ ...NOTHING_KNOWN, q: number });
    const reply = await listPayments({ q: number, limit: 2 });
    if (reply.kind !== 'answered') return;
    const [first, ...more] = reply.value.payments;
    if (first === undefined) setSays(say('refunds.no-scan', { number }));
    else if (more.length === 0) router.push(`/refunds/${first.id}`);
  };
  useWedge({ onScan: (text) => void onScan(text), enabled: true });
  return { says };
}

type FinderProps = {
  readonly known: Known;
  readonly onKnown: (known: Known) => void;
  readonly says: string;
};

function Finder({ known, onKnown, says }: FinderProps) {
  const { say } = useReading();
  const put = (change: Partial<Known>) => onKnown({ ...known, ...change });
  return (
    <search className="flex flex-col gap-2">
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 grow basis-full tablet:basis-0">
          <Field
            label={say('refunds.find')}
            placeholder={say('refunds.find-hint')}
            type="search"
            value={known.q}
            onChange={(q) => put({ q })}
          />
        </div>
        <Field
          label={say('refunds.day')}
          type="date"
          value={known.day}
          onChange={(day) => put({ day, ...(day === '' ? { time: '' } : {}) })}
        />
        <Field
          label={say('refunds.time')}
          type="time"
          value={known.time}
          disabled={known.day === ''}
          onChange={(time) => put({ time })}
        />
        {isKnown(known) && (
          <Button onClick={() => onKnown(NOTHING_KNOWN)}>{say('refunds.clear')}</Button>
        )}
      </div>
      {says === '' ? (
        <p className="flex items-center gap-2 text-small text-ink-soft">
          <Icon name="scan" className="size-4" />
          {say('refunds.scan-ready')}
        </p>
      ) : (
        <p role="alert" className="text-body text-stop">
          {says}
        </p>
      )}
    </search>
  );
}

type FoundProps = { readonly known: Known; readonly chosen: string | null };

function Found({ known, chosen }: FoundProps) {
  const { say } = useReading();
  const { timeZone } = useShop().setting;
  const { data, isError, isPlaceholderData, refetch } = useFound(known, timeZone);
  if (isError && data === undefined)
    return <AbsentList failed="refunds.failed" onAgain={() => void refetch()} />;
  if (data === undefined) {
    return (
      <p role="status" className="p-6 text-body text-ink-soft">
        {say('refunds.searching')}
      </p>
    );
  }
  if (data.length === 0) {
    return <p className="p-6 text-body text-ink-soft">{say('refunds.no-sale')}</p>;
  }
  return (
    <section aria-label={say('refunds.found')}>
      <SalesTable
        payments={data}
        chosen={chosen}
        dimmed={isPlaceholderData}
        hrefOf={(id) => `/refunds/${id}`}
      />
    </section>
  );
}

function List({ chosen }: { readonly chosen: string | null }) {
  const { say, language } = useReading();
  const list = useInfiniteQuery({
    queryKey: refundsKey(language),
    initialPageParam: '',
    queryFn: ({ pageParam }) => refundPage(pageParam),
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  if (list.data === undefined) {
    return list.isError ? (
      <AbsentList failed="refunds.failed" onAgain={() => void list.refetch()} />
    ) : (
      <ListSkeleton />
    );
  }
  const refunds = list.data.pages.flatMap((page) => page.refunds);
  if (refunds.length === 0) {
    return <p className="p-6 text-body text-ink-soft">{say('refunds.empty')}</p>;
  }
  return (
    <section>
      <RefundTable refunds={refunds} chosen={chosen} />
      {list.hasNextPage && (
        <div className="flex justify-center p-3">
          <Button onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
            {say(list.isFetchingNextPage ? 'history.loading' : 'history.more')}
          </Button>
        </div>
      )}
    </section>
  );
}
