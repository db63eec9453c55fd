'use client';
/** What these screens read of the server and ask it to do, each under one name. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, orThrow, type Reply, withSearch } from '@/components/live/server';
import type {
  ComparisonAnswer,
  ComparisonList,
  DifferenceAnswer,
  DifferencePage,
  NewComparison,
  Settle,
} from '@/lib/contract-compare';

/** How often one that runs is asked how far it is. */
const PROGRESS_MS = 700;
const LIST_MS = 5_000;

export const comparisonsQuery = queryOptions({
  queryKey: ['comparisons'],
  queryFn: async () => orThrow(await call<ComparisonList>('/api/compare')),
  staleTime: 0,
  refetchInterval: ({ state: { data } }) =>
    data?.comparisons.some(({ state }) => state === 'running') === true ? PROGRESS_MS : LIST_MS * 6,
});

const pathOf = (id: string): string => `/api/compare/${encodeURIComponent(id)}`;

export const COMPARISON = 'comparison';

export const comparisonQuery = (id: string) =>
  queryOptions({
    queryKey: [COMPARISON, id],
    queryFn: async () => orThrow(await call<ComparisonAnswer>(pathOf(id))).comparison,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? PROGRESS_MS : false),
  });

export const DIFFERENCES = 'differences';

/** The open ones of all days, or everything that one comparison found. */
export const differencesQuery = (comparison: string | null) =>
  infiniteQueryOptions({
    queryKey: [DIFFERENCES, comparison],
    initialPageParam: '',
    queryFn: async ({ pageParam }) => {
      const which = comparison === null ? { open: 1 } : { comparison };
      const path = withSearch('/api/differences', { ...which, cursor: pageParam });
      return orThrow(await call<DifferencePage>(path));
    },
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });

export const startComparison = (body: NewComparison): Promise<Reply<ComparisonAnswer>> =>
  call('/api/compare', { method: 'POST', body });

/** Answers when the call that is under way has ended, which may take a gateway's time-out. */
export const stopComparison = (id: string): Promise<Reply<ComparisonAnswer>> =>
  call(`${pathOf(id)}/stop`, { method: 'POST', waitMs: 30_000 });

/** The PIN goes into this one request. */
export const settleDifference = (id: string, body: Settle): Promise<Reply<DifferenceAnswer>> =>
  call(`/api/differences/${encodeURIComponent(id)}/settle`, { method: 'POST', body });
