'use client';
/**
 * The filters live in the address and nowhere else: a link shows the same list, and the browser's
 * way back leads to the list before. The server of the pages is not asked for a change of them.
 */
import { useSearchParams } from 'next/navigation';
import {
  type ChangeEvent,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
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

/** What a field of the filters needs to be typed into. */
export type Draft = {
  readonly value: string;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly onBlur: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

/**
 * What is being typed, told on when the typing is over; a value from elsewhere replaces it. Typing
 * is over at once when the field is left: an address that is written while the page is already on
 * its way to another one would call that page back.
 */
export function useDraft(value: string, commit: (draft: string) => void): Draft {
  const [draft, setDraft] = useState(value);
  const settled = useRef(value);
  const tell = useRef(commit);
  tell.current = commit;
  useEffect(() => {
    if (value === settled.current) return;
    settled.current = value;
    setDraft(value);
  }, [value]);
  const settle = useCallback(() => {
    if (draft === settled.current) return;
    settled.current = draft;
    tell.current(draft);
  }, [draft]);
  useEffect(() => {
    const timer = setTimeout(settle, TYPED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [settle]);
  return {
    value: draft,
    onChange: (event) => setDraft(event.target.value),
    onBlur: settle,
    onKeyDown: ({ key }) => {
      if (key === 'Enter') settle();
    },
  };
}
