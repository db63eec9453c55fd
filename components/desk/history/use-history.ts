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
  const list = usePages(search);
  const { pages, known, isStale, refetch } = list;
  const [left, setLeft] = useState<{ search: string; at: Place } | null>(null);
  // Another list begins at its top.
  const ceiling = left?.search === search ? left.at : null;
  const belongs = useBelongs(search);
  const { data: news = NONE } = useNews();
  const shown = useMemo(() => {
    const lists = (pages ?? []).map((page) => page.payments);
    const told = isStale ? NONE : news;
    return shownOf({ pages: lists, hasMore: list.hasMore, news: told, belongs, ceiling });
  }, [pages, list.hasMore, news, belongs, ceiling, isStale]);
  const isBehind = pages !== undefined && shown.payments.length - known >= NEWS_ARE_MANY;
  useEffect(() => {
    if (isBehind) void refetch();
  }, [isBehind, refetch]);
  const top = shown.payments[0];
  const onTop = useCallback(
    (isThere: boolean) =>
      setLeft((now) => {
        if (isThere || top === undefined) return null;
        return now?.search === search ? now : { search, at: placeOf(top) };
      }),
    [top, search],
  );
  return {
    payments: pages === undefined ? null : shown.payments,
    waiting: shown.waiting,
    showWaiting: () => setLeft(null),
    onTop,
    hasMore: list.hasMore,
    more: list.more,
    isLoading: list.isLoading,
    reached: list.reached,
    isStale,
    failed: list.failed,
    wrong: list.wrong,
    again: () => void refetch(),
  };
}

/** The pages themselves. A page of something rare may hold little: then the search goes on. */
function usePages(search: string) {
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
    placeholderData: (before) => before,
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage, isPlaceholderData } = list;
  const pages = data?.pages;
  const known = pages?.reduce((sum, page) => sum + page.payments.length, 0) ?? 0;
  const [wanted, setWanted] = useState({ search, count: PAGE });
  const isEnough = known >= (wanted.search === search ? wanted.count : PAGE);
  const reached = pages?.at(-1)?.reached ?? null;
  const goesOn = reached !== null && hasNextPage && !isPlaceholderData && !isEnough;
  useEffect(() => {
    if (goesOn && !isFetching && !isError) void fetchNextPage();
  }, [goesOn, isFetching, isError, fetchNextPage]);
  const problem = list.error instanceof NoAnswer ? list.error.problem : null;
  return {
    pages,
    known,
    hasMore: hasNextPage,
    more: () => {
      setWanted({ search, count: known + PAGE });
      void fetchNextPage();
    },
    isLoading: isFetching,
    reached: goesOn ? reached : null,
    isStale: isPlaceholderData,
    failed: isError,
    wrong: problem?.code === 'invalid' ? (problem.fields ?? []) : NO_FIELDS,
    refetch: list.refetch,
  };
}

const NO_FIELDS: readonly string[] = [];
const NONE: readonly PaymentView[] = [];

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
