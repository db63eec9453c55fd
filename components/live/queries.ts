'use client';
/** What the screens read of the server, each under one name, so that an event finds it. */
import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import type { PaymentDetail, PaymentView, RefundView } from '@/lib/contract';
import type { Language } from '@/lib/messages/language';
import { isLive } from '@/lib/payment';
import type { LearntAmounts } from '@/lib/quick-amounts';
import { mergeList, newer, withPayment } from './freshness';
import { call, listPayments, NoAnswer, orThrow, readPayment, withSearch } from './server';

/** The strip under the till. */
const RECENT = 5;
export const OPEN_STATES = 'created,sending,awaiting,unknown,cancelling';

const FIRST_EVERY_MS = 2000;

type List = readonly PaymentView[];

export const paymentQuery = (id: string) =>
  queryOptions({
    queryKey: ['payment', id],
    queryFn: async () => orThrow(await readPayment(id)).payment,
    structuralSharing: (known, heard) =>
      newer(known as PaymentView | undefined, heard as PaymentView),
    refetchOnWindowFocus: 'always',
    // The first picture must come, or the till would stand before an empty pane.
    refetchInterval: (query) => (query.state.data === undefined ? FIRST_EVERY_MS : false),
  });

/** More than a counter leaves open at once. */
const OPEN_AMONG = 20;

type ListOf = { readonly limit: number; readonly states?: string };
const listQuery = (name: string, counter: string, { limit, states }: ListOf) =>
  queryOptions({
    queryKey: [name, counter],
    queryFn: async (): Promise<List> =>
      orThrow(await listPayments({ counter, state: states, limit })).payments,
    structuralSharing: (known, heard) => mergeList((known ?? []) as List, heard as List),
    refetchOnWindowFocus: 'always',
  });

export const recentQuery = (counter: string) => listQuery('recent', counter, { limit: RECENT });
/** Payments of a counter that the customer can still pay: picked up after a reload. */
export const openQuery = (counter: string) =>
  listQuery('open', counter, { limit: OPEN_AMONG, states: OPEN_STATES });

/** An hour of the day moves slowly, and so does what is bought in it. */
const LEARN_EVERY_MS = 600_000;

/** What this counter's outlet takes most at this hour, minor units. A till sells without it too. */
export const learntQuery = (counter: string) =>
  queryOptions({
    queryKey: ['learnt', counter],
    queryFn: async (): Promise<readonly number[]> =>
      orThrow(await call<LearntAmounts>(withSearch('/api/quick-amounts', { counter }))).amounts,
    refetchInterval: LEARN_EVERY_MS,
  });

export type Watched = {
  /** Null while unknown; else the newest picture that any answer, event or poll has brought. */
  readonly payment: PaymentView | null;
  /** The server does not show us this payment. */
  readonly missing: boolean;
};

export function usePayment(id: string | null): Watched {
  const { data, error } = useQuery({ ...paymentQuery(id ?? ''), enabled: id !== null });
  if (id === null) return { payment: null, missing: false };
  const missing = error instanceof NoAnswer && error.problem?.code === 'not-found';
  return { payment: data ?? null, missing: missing && data === undefined };
}

/** Late money that a manager has looked at is no alert any more. */
export const isAlert = ({ late, lateSeen, review }: PaymentView): boolean =>
  (late && !lateSeen) || review !== null;
/** Late money comes hours later, when the strip has long moved on. */
const ALERTS_AMONG = 50;

/** Late money and matters for a manager: what was heard, and what came while nobody listened. */
export const alertsQuery = (counter: string) =>
  queryOptions({
    queryKey: ['alerts', counter],
    queryFn: async (): Promise<List> => {
      const reply = await listPayments({ counter, limit: ALERTS_AMONG });
      return orThrow(reply).payments.filter(isAlert);
    },
    structuralSharing: (known, told) => {
      const list = (known ?? []) as List;
      return (told as List).reduce((all, one) => withPayment(all, one, ALERTS_AMONG), list);
    },
  });

/** Puts one payment wherever it is shown; an older picture changes nothing. */
export function heard(client: QueryClient, payment: PaymentView): void {
  const { queryKey } = paymentQuery(payment.id);
  client.setQueryData(queryKey, (known) => newer(known, payment));
  client.setQueryData(recentQuery(payment.counter).queryKey, (list) =>
    list === undefined ? undefined : withPayment(list, payment, RECENT),
  );
  client.setQueryData(openQuery(payment.counter).queryKey, (list) =>
    list === undefined ? undefined : stillOpen(list, payment),
  );
  client.setQueryData(alertsQuery(payment.counter).queryKey, (list) => {
    const shown = list?.some(({ id }) => id === payment.id) ?? false;
    return list !== undefined && (shown || isAlert(payment))
      ? withPayment(list, payment, ALERTS_AMONG)
      : list;
  });
  for (const [key, pages] of client.getQueriesData<Pages>({ queryKey: [HISTORY] })) {
    client.setQueryData(key, renewed(pages, payment));
  }
  desk(client, payment.id, isAlert(payment));
  client.setQueryData<List>(NEWS_KEY, (list) => withPayment(list ?? [], payment, MOST_NEWS));
  // The timeline has grown with the payment, and only the server can tell it.
  for (const [key, known] of details(client, payment.id)) {
    if (known !== undefined && known.payment.version < payment.version) {
      void client.invalidateQueries({ queryKey: key });
    }
  }
}

/** What has ended leaves the list; it makes no room for itself either. */
const stillOpen = (list: List, payment: PaymentView): List =>
  isLive(payment.state)
    ? withPayment(list, payment, OPEN_AMONG)
    : list.filter(({ id }) => id !== payment.id);

/** A refund is shown with its payment: read that again, unless it is known already. */
export function heardRefund(client: QueryClient, refund: RefundView): void {
  void client.invalidateQueries({ queryKey: [REFUNDS] });
  desk(client, refund.paymentId, false);
  for (const [key, detail] of details(client, refund.paymentId)) {
    const known = detail?.refunds.find(({ id }) => id === refund.id);
    if (known === undefined || known.version < refund.version) {
      void client.invalidateQueries({ queryKey: key });
    }
  }
}

/** What the desk shows is read again, where it is shown. */
export const INBOX = 'inbox';
export const REFUNDS = 'refunds';
export const REFUND_DESK = 'refund-desk';
export const TEST_MONEY = 'test-money';

function desk(client: QueryClient, paymentId: string, alerts: boolean): void {
  const again = (queryKey: readonly string[]) => void client.invalidateQueries({ queryKey });
  again([REFUND_DESK, paymentId]);
  again([TEST_MONEY]);
  const cards = client.getQueriesData({ queryKey: [INBOX] });
  const isShown = cards.some(([, known]) => JSON.stringify(known ?? '').includes(paymentId));
  if (alerts || isShown) again([INBOX]);
}

const details = (client: QueryClient, paymentId: string) =>
  client.getQueriesData<PaymentDetail>({ queryKey: ['detail', paymentId] });

/** In one language: the server says why a refund failed in the reader's own. */
export const detailQuery = (id: string, language: Language) =>
  queryOptions({
    queryKey: ['detail', id, language],
    queryFn: async () => orThrow(await readPayment(id)),
    staleTime: 0,
  });

const HISTORY = 'history';
/** `search`: the filters as they stand in the address. */
export const historyKey = (search: string) => [HISTORY, search] as const;

/**
 * What the events told lately, newest sale first: a list picks from it what belongs to it and is
 * not in its pages yet.
 */
export const NEWS_KEY = ['news'] as const;
const MOST_NEWS = 300;

type Pages = {
  readonly pages: readonly { readonly payments: List; readonly next: string | null }[];
  readonly pageParams: readonly unknown[];
};

/** A payment that a list shows is renewed in place; the list puts in the new ones itself. */
function renewed(pages: Pages | undefined, payment: PaymentView) {
  const shows = ({ payments }: { readonly payments: List }): boolean =>
    payments.some((known) => known.id === payment.id);
  if (pages === undefined || !pages.pages.some(shows)) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page) =>
      shows(page)
        ? { ...page, payments: withPayment(page.payments, payment, page.payments.length) }
        : page,
    ),
  };
}
