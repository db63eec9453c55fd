'use client';
/** How much waits for a manager, in the desk's sections and on the till's status line. */
import { useQuery } from '@tanstack/react-query';
import { can } from '@/lib/capabilities';
import type { InboxCount } from '@/lib/contract-refunds';
import { INBOX } from './queries';
import { call, orThrow } from './server';
import { useShop } from './shop';

/** What another manager settles is told by no event: it is asked for now and then. */
const EVERY_MS = 30_000;

/** "3", or "99+"; empty when nothing waits, nobody knows, or it is not this person's matter. */
export function useInboxCount(): string {
  const { role } = useShop().setting.staff;
  const { data } = useQuery({
    queryKey: [INBOX, 'count'],
    queryFn: async () => orThrow(await call<InboxCount>('/api/inbox/count')),
    enabled: can(role, 'decide'),
    refetchInterval: EVERY_MS,
    staleTime: 0,
  });
  if (data === undefined || data.open === 0) return '';
  return data.more ? `${data.open}+` : String(data.open);
}
