'use client';
/**
 * Where the cards of the inbox come from. Each source reads its own list and draws its own cards;
 * this is the one place that knows them all, and `merged` the one that puts them in order. A
 * further source is one hook more in `useSources`.
 */
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useReading } from '@/components/ui/language';
import { DifferenceCard } from '../compare/difference-card';
import { differencesQuery } from '../compare/reads';
import { inboxKey, inboxPage, type Shown } from './inbox-calls';
import { MatterCard } from './matter-card';

export type Item = {
  /** Unique among all sources. */
  readonly key: string;
  /** Ms UTC; the newest stands first. */
  readonly at: number;
  readonly card: ReactNode;
};
export type Source = {
  readonly items: readonly Item[];
  /** Nothing has been heard yet. */
  readonly waits: boolean;
  readonly failed: boolean;
  readonly again: () => void;
  /** Null when there is no more. */
  readonly more: (() => void) | null;
};

/** Payments that somebody has to look at, and those that somebody did. */
function usePaymentMatters(shown: Shown): Source {
  const { language } = useReading();
  const list = useInfiniteQuery({
    queryKey: inboxKey(shown, language),
    initialPageParam: '',
    queryFn: ({ pageParam }) => inboxPage(shown, pageParam),
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  const cards = list.data?.pages.flatMap((page) => page.cards) ?? [];
  return {
    items: cards.map((matter) => ({
      key: `payment ${matter.key}`,
      at: Date.parse(matter.at),
      card: <MatterCard matter={matter} />,
    })),
    waits: list.data === undefined && !list.isError,
    failed: list.data === undefined && list.isError,
    again: () => void list.refetch(),
    more: list.hasNextPage ? () => void list.fetchNextPage() : null,
  };
}

/** What QFPay and we say differently; once settled, the comparison that found it shows it. */
function useDifferences(shown: Shown): Source {
  const isOpen = shown === 'open';
  const list = useInfiniteQuery({ ...differencesQuery(null), enabled: isOpen });
  const found = isOpen ? (list.data?.pages.flatMap((page) => page.differences) ?? []) : [];
  return {
    items: found.map((difference) => ({
      key: `difference ${difference.id}`,
      at: Date.parse(difference.foundAt),
      card: <DifferenceCard difference={difference} showDay />,
    })),
    waits: isOpen && list.data === undefined && !list.isError,
    failed: isOpen && list.data === undefined && list.isError,
    again: () => void list.refetch(),
    more: isOpen && list.hasNextPage ? () => void list.fetchNextPage() : null,
  };
}

/** Every source, each read by its own hook. */
export function useSources(shown: Shown): readonly Source[] {
  return [usePaymentMatters(shown), useDifferences(shown)];
}

/** All cards, the newest first; of equals the key decides, so that none jumps about. */
export const merged = (sources: readonly Pick<Source, 'items'>[]): readonly Item[] =>
  sources
    .flatMap(({ items }) => items)
    .sort((a, b) => b.at - a.at || (a.key < b.key ? 1 : a.key > b.key ? -1 : 0));
