'use client';
/** What the screen of outlets reads and changes; every change answers the whole list anew. */
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, orThrow } from '@/components/live/server';
import { useReading } from '@/components/ui/language';
import type { OutletList } from '@/lib/contract-outlets';

export const outletsQuery = queryOptions({
  queryKey: ['outlets'],
  queryFn: async () => orThrow(await call<OutletList>('/api/outlets')),
  staleTime: 0,
});

/** One change at a time; `change` says whether it was made. */
export function useChange() {
  const { say } = useReading();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const change = async (path: string, body: unknown): Promise<boolean> => {
    setBusy(true);
    setRefused('');
    const reply = await call<OutletList>(path, { method: 'POST', body });
    setBusy(false);
    if (reply.kind === 'answered') client.setQueryData(outletsQuery.queryKey, reply.value);
    else setRefused(reply.kind === 'refused' ? reply.problem.says : say('difference.silent'));
    return reply.kind === 'answered';
  };
  return { change, busy, refused };
}
