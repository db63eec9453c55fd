'use client';
/** What the shift screen reads of the server, and what it asks of it. */
import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { call, orThrow, type Reply, withSearch } from '@/components/live/server';
import type { CloseAnswer, ShiftAnswer, ShiftPage, ShiftView } from '@/lib/contract-shift';

/** The figures of an open shift grow with every sale at its counter. */
const FRESH_MS = 5_000;

const pathOf = (id: string) => `/api/shifts/${encodeURIComponent(id)}`;

/** `counter` null: every counter's, which a manager may see. */
export const shiftsQuery = (counter: string | null) =>
  infiniteQueryOptions({
    queryKey: ['shifts', counter ?? ''],
    initialPageParam: '',
    queryFn: async ({ pageParam }): Promise<ShiftPage> =>
      orThrow(await call<ShiftPage>(withSearch('/api/shifts', { counter, cursor: pageParam }))),
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    refetchInterval: FRESH_MS,
    placeholderData: (known) => known,
  });

/** `counter`: where this tablet stands. */
export const shiftQuery = (id: string, counter: string) =>
  queryOptions({
    queryKey: ['shift', id, counter],
    queryFn: async (): Promise<ShiftView> =>
      orThrow(await call<ShiftAnswer>(withSearch(pathOf(id), { counter }))).shift,
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data?.state === 'closed' ? false : FRESH_MS),
  });

export const openShift = (counter: string): Promise<Reply<ShiftAnswer>> =>
  call('/api/shifts', { method: 'POST', body: { counter } });

/** The same key again closes nothing a second time. */
export const closeShift = (
  id: string,
  { counter, key }: { readonly counter: string; readonly key: string },
): Promise<Reply<CloseAnswer>> =>
  call(`${pathOf(id)}/close`, { method: 'POST', body: { counter }, key });

export const correctShift = (id: string, reason: string): Promise<Reply<ShiftAnswer>> =>
  call(`${pathOf(id)}/correct`, { method: 'POST', body: { reason } });

/** Puts a shift wherever it is shown, and has the lists read again. */
export function shiftHeard(client: QueryClient, shift: ShiftView): void {
  // A picture that is still on its way would show it as it was.
  void client.cancelQueries({ queryKey: ['shift', shift.id] });
  client.setQueriesData({ queryKey: ['shift', shift.id] }, shift);
  void client.invalidateQueries({ queryKey: ['shifts'] });
}
