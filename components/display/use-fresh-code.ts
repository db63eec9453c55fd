'use client';
import { useEffect } from 'react';
import { useNewerBuild } from '@/components/live/build';

const KEPT = 'countertop.reloaded-for';

/**
 * Nobody presses anything on this screen, so between two customers it takes up a newer build by
 * itself: once for each, lest it chase one that it never gets.
 */
export function useFreshCode(idle: boolean): void {
  const newer = useNewerBuild();
  useEffect(() => {
    if (newer === null || !idle || sessionStorage.getItem(KEPT) === newer) return;
    sessionStorage.setItem(KEPT, newer);
    window.location.reload();
  }, [newer, idle]);
}
