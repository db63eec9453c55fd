'use client';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';

const Announce = createContext<(text: string) => void>(() => undefined);

/** The one voice of a screen for those who cannot see it: what is said last is read out. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [text, setText] = useState('');
  const announce = useCallback((next: string) => setText(next), []);
  return (
    <Announce value={announce}>
      {children}
      <div role="status" aria-live="polite" aria-atomic="true" className="sr-only">
        {text}
      </div>
    </Announce>
  );
}

export const useAnnounce = (): ((text: string) => void) => useContext(Announce);
