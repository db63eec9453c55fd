'use client';
/**
 * The filters live in the address and nowhere else: a link shows the same list, and the browser's
 * way back leads to the list before. The server of the pages is not asked for a change of them.
 */
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { WISHES, type WishName } from '@/lib/history-filter';

export type Wishes = {
  readonly get: (name: WishName) => string;
  /** An empty value takes the wish away. */
  readonly set: (changes: Partial<Record<WishName, string>>) => void;
  /** Everything at once, as a saved view has it. */
  readonly replace: (search: string) => void;
  /** In one order, so that equal wishes are equal texts. */
  readonly search: string;
};

export function useWishes(): Wishes {
  const params = useSearchParams();
  const search = useMemo(() => ordered(new URLSearchParams(params.toString())), [params]);
  const replace = useCallback((wanted: string) => {
    const next = ordered(new URLSearchParams(wanted));
    const { pathname } = window.location;
    window.history.replaceState(null, '', next === '' ? pathname : `${pathname}?${next}`);
  }, []);
  const set = useCallback(
    (changes: Partial<Record<WishName, string>>) => {
      // The address itself, because another field may have written into it since the last picture.
      const wanted = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(changes)) wanted.set(name, value);
      replace(wanted.toString());
    },
    [replace],
  );
  return useMemo(() => {
    const known = new URLSearchParams(search);
    return { get: (name) => known.get(name) ?? '', set, replace, search };
  }, [search, set, replace]);
}

function ordered(params: URLSearchParams): string {
  const wanted = new URLSearchParams();
  for (const name of WISHES) {
    const value = params.get(name)?.trim() ?? '';
    if (value !== '') wanted.set(name, value);
  }
  return wanted.toString();
}

/** Typing is over when nothing was typed for this long. */
const TYPED_AFTER_MS = 250;

/** What is being typed, told on when the typing is over; a value from elsewhere replaces it. */
export function useDraft(
  value: string,
  commit: (draft: string) => void,
): readonly [draft: string, setDraft: (draft: string) => void] {
  const [draft, setDraft] = useState(value);
  const settled = useRef(value);
  const tell = useRef(commit);
  tell.current = commit;
  useEffect(() => {
    if (value === settled.current) return;
    settled.current = value;
    setDraft(value);
  }, [value]);
  useEffect(() => {
    if (draft === settled.current) return;
    const timer = setTimeout(() => {
      settled.current = draft;
      tell.current(draft);
    }, TYPED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return [draft, setDraft];
}
