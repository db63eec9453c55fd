'use client';
/**
 * Whether the tour is there: for whoever has not had it on this tablet, while nothing is under way.
 * Whoever sells meanwhile has had it; money that was in flight before only makes it wait.
 */
import { type ComponentType, lazy, Suspense, useEffect, useRef } from 'react';
import { setToured, useToured } from '@/components/live/toured';
import type { Till } from './use-till';

/** Most people need it once. Where it cannot be fetched there is none. */
const Tour = lazy<ComponentType<{ readonly onEnd: () => void }>>(() =>
  import('./tour').then(
    (tour) => ({ default: tour.Tour }),
    () => ({ default: () => null }),
  ),
);

type Props = { readonly till: Till; readonly staffCode: string };

export function FirstTour({ till, staffCode }: Props) {
  const toured = useToured(staffCode);
  const { locked, charge, camera, entry, refusal, doubt } = till;
  const isFree = !locked && charge.at === 'ready' && !camera && refusal === null && doubt === null;
  const isShown = !toured && isFree && entry.amount === 0;
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !isShown && !toured) setToured(staffCode, true);
    was.current = isShown;
  }, [isShown, toured, staffCode]);
  if (!isShown) return null;
  return (
    <Suspense fallback={null}>
      <Tour onEnd={() => setToured(staffCode, true)} />
    </Suspense>
  );
}
