'use client';
import { useCallback, useState } from 'react';
import type { Pinned } from './pin-dialog';

/** What waits for the owner's PIN; one thing at a time. */
export function usePinned() {
  const [asked, setAsked] = useState<Pinned | null>(null);
  const close = useCallback(() => setAsked(null), []);
  return { asked, ask: setAsked, close };
}
