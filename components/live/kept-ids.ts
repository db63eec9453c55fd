'use client';
import { useCallback, useState } from 'react';

type Where = 'tab' | 'tablet';
const storage = (where: Where): Storage => (where === 'tab' ? sessionStorage : localStorage);
/** More than anybody leaves unread. */
const MOST = 200;

function read(where: Where, name: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(storage(where).getItem(name) ?? '[]');
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

function write(where: Where, name: string, ids: readonly string[]): void {
  try {
    storage(where).setItem(name, JSON.stringify(ids.slice(-MOST)));
  } catch {
    // Then a reload forgets what was put aside, and shows it again.
  }
}

export type KeptIds = {
  readonly has: (id: string) => boolean;
  readonly add: (id: string) => void;
  readonly remove: (id: string) => void;
};

/** Payments that somebody put aside or has read, for as long as this tab or this tablet lives. */
export function useKeptIds(name: string, where: Where = 'tab'): KeptIds {
  const key = `countertop.${name}`;
  const [ids, setIds] = useState<readonly string[] | null>(null);
  // Read when first asked for: the server's first picture must not differ from the tablet's.
  const has = useCallback(
    (id: string) => (ids ?? read(where, key)).includes(id),
    [ids, where, key],
  );
  const add = useCallback(
    (id: string) => {
      const next = [...read(where, key).filter((known) => known !== id), id];
      write(where, key, next);
      setIds(next);
    },
    [where, key],
  );
  const remove = useCallback(
    (id: string) => {
      const next = read(where, key).filter((known) => known !== id);
      write(where, key, next);
      setIds(next);
    },
    [where, key],
  );
  return { has, add, remove };
}
