/** What the refund screens ask of our own server, and how their pictures are named. */
import { queryOptions } from '@tanstack/react-query';
import { REFUND_DESK, REFUNDS, TEST_MONEY } from '@/components/live/queries';
import { call, orThrow, type Reply, withSearch } from '@/components/live/server';
import type { NewRefund, RefundAnswer } from '@/lib/contract';
import type {
  NewSettlement,
  RefundDesk,
  RefundPage,
  RefundRecord,
  SettlementAnswer,
  TestMoney,
} from '@/lib/contract-refunds';
import type { Language } from '@/lib/messages/language';

/** A refund waits for its turn, then for QFPay, then for one question about it. */
const REFUND_WAIT_MS = 45_000;

const path = (id: string, rest: string): string =>
  `/api/payments/${encodeURIComponent(id)}/${rest}`;
const refundPath = (id: string): string => `/api/refunds/${encodeURIComponent(id)}`;

/** The PINs go into this one request. */
export const postRefund = (
  id: string,
  body: NewRefund,
  key: string,
): Promise<Reply<RefundAnswer>> =>
  call(path(id, 'refunds'), { method: 'POST', body, key, waitMs: REFUND_WAIT_MS });

export const postSettlement = (
  id: string,
  body: NewSettlement,
  key: string,
): Promise<Reply<SettlementAnswer>> => call(path(id, 'settlements'), { method: 'POST', body, key });

export const withdrawRefund = (id: string): Promise<Reply<RefundAnswer>> =>
  call(`${refundPath(id)}/withdraw`, { method: 'POST' });

/** Has QFPay asked about it now. */
export const checkRefund = (id: string): Promise<Reply<RefundAnswer>> =>
  call(`${refundPath(id)}/check`, { method: 'POST', waitMs: REFUND_WAIT_MS });

/** In one language: the server says why a refund was refused in the reader's own. */
export const refundDeskQuery = (id: string, language: Language) =>
  queryOptions({
    queryKey: [REFUND_DESK, id, language],
    queryFn: async () => orThrow(await call<RefundDesk>(path(id, 'refunds'))),
    staleTime: 0,
    // The hour and the day's takings move without a word from anybody.
    refetchInterval: 60_000,
  });

export const refundPage = async (cursor: string): Promise<RefundPage> =>
  orThrow(await call<RefundPage>(withSearch('/api/refunds', { cursor })));
export const refundsKey = (language: Language) => [REFUNDS, language] as const;

export const refundQuery = (id: string, language: Language) =>
  queryOptions({
    queryKey: [REFUNDS, 'one', id, language],
    queryFn: async () => orThrow(await call<RefundRecord>(refundPath(id))),
    staleTime: 0,
  });

export const testMoneyQuery = queryOptions({
  queryKey: [TEST_MONEY],
  queryFn: async () => orThrow(await call<TestMoney>('/api/test-money')),
  staleTime: 0,
});
