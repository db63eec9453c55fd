'use client';
/**
 * Whether the tour is there: for whoever has not had it on this tablet, while nothing is under way.
 * Whoever sells meanwhile has had it; money that was in flight before only makes it wait.
 */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useCounter } from '@/components/live/counter';
import { openQuery } from '@/components/live/queries';
import { setToured, useToured } from '@/components/live/toured';
import { later } from '@/components/ui/later';
import type { Till } from './use-till';

/** Most people need it once. Where it cannot be fetched there is none. */
const Tour = later(
  () => import('./tour').then((it) => it.Tour),
  () => null,
);

type Props = { readonly till: Till; readonly staffCode: string };

export function FirstTour({ till, staffCode }: Props) {
  const toured = useToured(staffCode);
  const { data: open } = useQuery(openQuery(useCounter()));
  const { locked, charge, camera, entry, refusal, doubt } = till;
  const isFree = !locked && charge.at === 'ready' && !camera && refusal === null && doubt === null;
  const isShown = !toured && open?.length === 0 && isFree && entry.amount === 0;
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !isShown && !toured) setToured(staffCode, true);
    was.current = isShown;
  }, [isShown, toured, staffCode]);
  if (!isShown) return null;
  return <Tour onEnd={() => setToured(staffCode, true)} />;
}
