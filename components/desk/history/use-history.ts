'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { historyKey, NEWS_KEY } from '@/components/live/queries';
import { listPayments, NoAnswer, orThrow } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import type { PaymentView } from '@/lib/contract';
import { isWanted, readHistoryFilter } from '@/lib/history-filter';
import { type Place, placeOf, shownOf } from './shown';

const PAGE = 50;
/** With so many sales by events the pages are read again: what is kept of news is limited. */
const NEWS_ARE_MANY = 100;

export type History = {
  /** Null on the first way to the server. */
  readonly payments: readonly PaymentView[] | null;
  /** New sales that wait above the list. */
  readonly waiting: number;
  readonly showWaiting: () => void;
  /** Tells whether the reader is at the top of the list. */
  readonly onTop: (isThere: boolean) => void;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly isLoading: boolean;
  /** How far back a search has looked that goes on by itself; ISO time. */
  readonly reached: string | null;
  readonly isStale: boolean;
  readonly failed: boolean;
  /** Fields of the address that the server cannot read. */
  readonly wrong: readonly string[];
  readonly again: () => void;
};

export function useHistory(search: string): History {
  const list = useInfiniteQuery({
    queryKey: historyKey(search),
    initialPageParam: '',
    queryFn: async ({ pageParam }) => {
      const wishes = Object.fromEntries(new URLSearchParams(search));
      return orThrow(await listPayments({ ...wishes, cursor: pageParam, limit: PAGE }));
    },
    getNextPageParam: (page) => page.next,
    // Coming back to the list shows what there is now, over what was known.
    staleTime: 0,
    placeholderData: (known) => known,
  });
  const { data, hasNextPage, isFetching, fetchNextPage, isPlaceholderData, refetch } = list;
  const pages = data?.pages;
  // A page of something rare may hold little or nothing: then the search goes on by itself.
  const reached = pages?.at(-1)?.reached ?? null;
  const goesOn = reached !== null && !isPlaceholderData && countOfLast(pages) < PAGE;
  useEffect(() => {
    if (goesOn && hasNextPage && !isFetching) void fetchNextPage();
  }, [goesOn, hasNextPage, isFetching, fetchNextPage]);
  const [ceiling, setCeiling] = useState<Place | null>(null);
  const belongs = useBelongs(search);
  const { data: news = NONE } = useNews();
  const shown = useMemo(() => {
    const known = (pages ?? []).map((page) => page.payments);
    const told = isPlaceholderData ? NONE : news;
    return shownOf({ pages: known, hasMore: hasNextPage, news: told, belongs, ceiling });
  }, [pages, hasNextPage, news, belongs, ceiling, isPlaceholderData]);
  const top = shown.payments[0];
  const known = pages?.reduce((sum, page) => sum + page.payments.length, 0) ?? 0;
  const isBehind = pages !== undefined && shown.payments.length - known >= NEWS_ARE_MANY;
  useEffect(() => {
    if (isBehind) void refetch();
  }, [isBehind, refetch]);
  const onTop = useCallback(
    (isThere: boolean) =>
      setCeiling((now) => (isThere ? null : (now ?? (top === undefined ? null : placeOf(top))))),
    [top],
  );
  const problem = list.error instanceof NoAnswer ? list.error.problem : null;
  return {
    payments: pages === undefined ? null : shown.payments,
    waiting: shown.waiting,
    showWaiting: () => setCeiling(null),
    onTop,
    hasMore: hasNextPage,
    more: () => void fetchNextPage(),
    isLoading: isFetching,
    reached: goesOn && hasNextPage ? reached : null,
    isStale: isPlaceholderData,
    failed: list.isError,
    wrong: problem?.code === 'invalid' ? (problem.fields ?? []) : [],
    again: () => void refetch(),
  };
}

const NONE: readonly PaymentView[] = [];

/** Payments since the last page that was full: as many as one press of "more" asks for. */
function countOfLast(
  pages: readonly { payments: readonly unknown[]; reached: string | null }[] = [],
) {
  let count = 0;
  for (const page of [...pages].reverse()) {
    if (page.reached === null) break;
    count += page.payments.length;
  }
  return count % PAGE === 0 && count > 0 ? PAGE : count % PAGE;
}

/** Only ever written by the events; nobody asks for it. */
const useNews = () =>
  useQuery<readonly PaymentView[]>({
    queryKey: NEWS_KEY,
    queryFn: () => NONE,
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

function useBelongs(search: string): (payment: PaymentView) => boolean {
  const { timeZone, currency } = useShop().setting;
  return useMemo(() => {
    const wish = readHistoryFilter(new URLSearchParams(search), { timeZone, currency });
    if ('wrong' in wish) return () => false;
    return (payment: PaymentView) => isWanted(payment, wish);
  }, [search, timeZone, currency]);
}
