'use client';
/** What somebody knows of a sale, as a question to the list of payments. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { listPayments, orThrow } from '@/components/live/server';
import { isoWithOffset, isShopDay, parseShopTime } from '@/lib/time';

export type Known = {
  /** A number or an amount. */
  readonly q: string;
  /** "2026-01-05", "14:05"; empty where nobody knows. */
  readonly day: string;
  readonly time: string;
};
export const NOTHING_KNOWN: Known = { q: '', day: '', time: '' };

const HALF_AN_HOUR_MS = 1_800_000;
const TYPED_AFTER_MS = 250;
const MOST_FOUND = 30;

export const isKnown = ({ q, day }: Known): boolean => q.trim() !== '' || day !== '';

/** With a time: half an hour before and after it; else the whole day. */
export function spanOf({ day, time }: Known, zone: string): { from?: string; to?: string } {
  if (!isShopDay(day)) return {};
  const at = time === '' ? null : parseShopTime(`${day} ${time.slice(0, 5)}:00`, zone);
  if (at === null) return { from: day, to: day };
  return {
    from: isoWithOffset(at - HALF_AN_HOUR_MS, zone),
    to: isoWithOffset(at + HALF_AN_HOUR_MS, zone),
  };
}

/** The paid sales that fit; asked when nothing was typed for a moment. */
export function useFound(known: Known, zone: string) {
  const [typed, setTyped] = useState(known);
  useEffect(() => {
    const timer = setTimeout(() => setTyped(known), TYPED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [known]);
  return useQuery({
    queryKey: ['find-sale', typed],
    queryFn: async () => {
      const span = spanOf(typed, zone);
      const search = { q: typed.q.trim(), state: 'paid', limit: MOST_FOUND, ...span };
      return orThrow(await listPayments(search)).payments;
    },
    enabled: isKnown(typed),
    staleTime: 0,
    placeholderData: (before) => before,
  });
}
