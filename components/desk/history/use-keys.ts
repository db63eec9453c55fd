'use client';
import { type RefObject, useEffect } from 'react';

/** Each row has one of these, in the order of the list. */
export const ROW_LINK = 'data-row-link';

/** Up and down move through the list, `/` goes to the search; Enter is the link's own. */
export function useKeys(
  list: RefObject<HTMLElement | null>,
  search: RefObject<HTMLInputElement | null>,
): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
      if (key === '/') {
        event.preventDefault();
        search.current?.focus();
        search.current?.select();
      }
      if (key === 'ArrowDown' || key === 'ArrowUp') {
        const next = neighbour(list.current, key === 'ArrowDown' ? 1 : -1);
        if (next === null) return;
        event.preventDefault();
        next.focus();
        next.closest('tr')?.scrollIntoView({ block: 'nearest' });
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [list, search]);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select') !== null;

/** Null when the keys belong to somebody else, or the list ends there. */
function neighbour(list: HTMLElement | null, step: 1 | -1): HTMLElement | null {
  const links = [...(list?.querySelectorAll<HTMLElement>(`[${ROW_LINK}]`) ?? [])];
  const { activeElement } = document;
  const at = links.findIndex((link) => activeElement?.isSameNode(link) === true);
  if (at !== -1) return links[at + step] ?? null;
  const isElsewhere = activeElement !== null && activeElement !== document.body;
  if (isElsewhere && list?.contains(activeElement) !== true) return null;
  const chosen = links.find((link) => link.getAttribute('aria-current') === 'true');
  return chosen ?? links[0] ?? null;
}
