'use client';
import { queryOptions } from '@tanstack/react-query';
import { call, orThrow, withSearch } from '@/components/live/server';
import type { Report } from '@/lib/contract-report';

/** Days 'YYYY-MM-DD'; null for today, which only the server knows. */
export type Wanted = { readonly from: string; readonly to: string } | null;

const FRESH_MS = 30_000;
/** A year of a large shop takes its time. */
const PATIENCE_MS = 60_000;

export const reportQuery = (wanted: Wanted) =>
  queryOptions({
    queryKey: ['report', wanted],
    queryFn: async (): Promise<Report> =>
      orThrow(await call<Report>(pathOf(wanted), { waitMs: PATIENCE_MS })),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data?.isOver === true ? false : FRESH_MS),
    placeholderData: (known) => known,
  });

function pathOf(wanted: Wanted): string {
  if (wanted === null) return '/api/reports/day';
  const { from, to } = wanted;
  return from === to
    ? withSearch('/api/reports/day', { date: from })
    : withSearch('/api/reports/range', { from, to });
}
