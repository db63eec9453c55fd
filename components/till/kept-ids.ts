'use client';
import { useCallback, useState } from 'react';

function read(name: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(name) ?? '[]');
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

function write(name: string, ids: readonly string[]): void {
  try {
    sessionStorage.setItem(name, JSON.stringify(ids));
  } catch {
    // Then a reload forgets what was put aside, and shows it again.
  }
}

export type KeptIds = {
  readonly has: (id: string) => boolean;
  readonly add: (id: string) => void;
  readonly remove: (id: string) => void;
};

/** Payments that somebody put aside or has read, for as long as this tab lives. */
export function useKeptIds(name: string): KeptIds {
  const key = `countertop.${name}`;
  const [ids, setIds] = useState<readonly string[] | null>(null);
  // Read when first asked for: the server's first picture must not differ from the tablet's.
  const has = useCallback((id: string) => (ids ?? read(key)).includes(id), [ids, key]);
  const add = useCallback(
    (id: string) => {
      const next = [...read(key).filter((known) => known !== id), id];
      write(key, next);
      setIds(next);
    },
    [key],
  );
  const remove = useCallback(
    (id: string) => {
      const next = read(key).filter((known) => known !== id);
      write(key, next);
      setIds(next);
    },
    [key],
  );
  return { has, add, remove };
}
