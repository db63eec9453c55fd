'use client';
import { type ComponentType, useEffect, useState } from 'react';

/**
 * A part of a screen that is fetched when it is first wanted, so that a till need not load it
 * before it can sell. Where it cannot be fetched `Missing` stands in its place, and it is asked for
 * again the next time that it is wanted.
 */
export function later<P extends object>(
  fetchPart: () => Promise<ComponentType<P>>,
  Missing: ComponentType,
): ComponentType<P> {
  let fetched: ComponentType<P> | null = null;
  return function Later(props: P) {
    const [state, setState] = useState({ Part: fetched, isMissing: false });
    useEffect(() => {
      if (fetched !== null) return;
      let wanted = true;
      const show = (part: ComponentType<P> | null) => {
        fetched = part;
        if (wanted) setState({ Part: part, isMissing: part === null });
      };
      fetchPart().then(show, () => show(null));
      return () => {
        wanted = false;
      };
    }, []);
    const { Part, isMissing } = state;
    if (Part !== null) return <Part {...props} />;
    return isMissing ? <Missing /> : null;
  };
}
