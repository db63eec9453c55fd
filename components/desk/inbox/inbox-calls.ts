/** What the inbox asks of our own server. */
import { queryOptions } from '@tanstack/react-query';
import { INBOX } from '@/components/live/queries';
import { call, orThrow, type Reply, withSearch } from '@/components/live/server';
import type { PaymentAnswer, PaymentView } from '@/lib/contract';
import type { Decide, InboxPage, MatterAnswer } from '@/lib/contract-refunds';
import type { Language } from '@/lib/messages/language';

export type Shown = 'open' | 'settled';

export const inboxKey = (state: Shown, language: Language) => [INBOX, state, language] as const;

export const inboxPage = async (state: Shown, cursor: string): Promise<InboxPage> =>
  orThrow(await call<InboxPage>(withSearch('/api/inbox', { state, cursor })));

/** What is open about one payment, as it stands at that version of it. */
export const matterQuery = ({ id, version }: PaymentView, language: Language) =>
  queryOptions({
    queryKey: [INBOX, 'of', id, version, language],
    queryFn: async () =>
      orThrow(await call<MatterAnswer>(`/api/payments/${encodeURIComponent(id)}/matter`)),
    staleTime: 0,
  });

/** The PIN goes into this one request. */
export const postDecision = (id: string, body: Decide): Promise<Reply<PaymentAnswer>> =>
  call(`/api/payments/${encodeURIComponent(id)}/decide`, { method: 'POST', body });
