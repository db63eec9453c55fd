'use client';
/** What the history reads of the server beyond payments themselves. */
import { queryOptions } from '@tanstack/react-query';
import { call, orThrow } from '@/components/live/server';
import type {
  HistoryChoices,
  HistoryCount,
  NoteAnswer,
  SavedViewBody,
  SavedViews,
} from '@/lib/contract-history';

export const choicesQuery = () =>
  queryOptions({
    queryKey: ['history-choices'],
    queryFn: async () => orThrow(await call<HistoryChoices>('/api/payments/choices')),
  });

/** A million sales are counted in a few seconds, not in eight. */
const COUNT_WAIT_MS = 60_000;

export const countQuery = (search: string) =>
  queryOptions({
    queryKey: ['history-count', search],
    queryFn: async () => {
      const path = search === '' ? '/api/payments/count' : `/api/payments/count?${search}`;
      return orThrow(await call<HistoryCount>(path, { waitMs: COUNT_WAIT_MS })).count;
    },
    staleTime: 30_000,
  });

export const VIEWS_KEY = ['saved-views'] as const;
export const viewsQuery = () =>
  queryOptions({
    queryKey: VIEWS_KEY,
    queryFn: async () => orThrow(await call<SavedViews>('/api/views')).views,
  });

export const addView = (body: SavedViewBody) =>
  call<SavedViews>('/api/views', { method: 'POST', body });
export const changeView = (id: number, body: SavedViewBody) =>
  call<SavedViews>(`/api/views/${id}`, { method: 'PUT', body });
export const removeView = (id: number) =>
  call<SavedViews>(`/api/views/${id}`, { method: 'DELETE' });

export const addNote = (id: string, says: string) =>
  call<NoteAnswer>(`/api/payments/${encodeURIComponent(id)}/notes`, {
    method: 'POST',
    body: { says },
  });

export const exportHref = (search: string, format: 'csv' | 'xlsx'): string =>
  `/api/payments/export?${search === '' ? '' : `${search}&`}format=${format}`;
