'use client';
import { type RefObject, useLayoutEffect, useState } from 'react';

/** The keypad: green covers a small screen, and leaves the keys to the next sale. */
const KEYS = '[data-keypad]';
const GAP_PX = 12;

/**
 * How high a part may be so that it ends above the keys, px; null where they stand beside it. The
 * keys do not move, so the part has to.
 */
export function useAboveKeys(part: RefObject<HTMLElement | null>): number | null {
  const [height, setHeight] = useState<number | null>(null);
  useLayoutEffect(() => {
    const measure = () => {
      const keys = document.querySelector(KEYS)?.getBoundingClientRect();
      const own = part.current?.getBoundingClientRect();
      if (keys === undefined || own === undefined) return;
      const isBeside = keys.right <= own.left || keys.left >= own.right;
      const isBelow = !isBeside && keys.top > own.top;
      setHeight(isBelow ? keys.top - own.top - GAP_PX : null);
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [part]);
  return height;
}
