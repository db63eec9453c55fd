'use client';
/**
 * Which build this screen was loaded with, and which one the server runs now: each of its streams
 * begins with it. A screen of yesterday's build is told so; nothing is loaded by itself here.
 */
import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import { ShellWorker } from './shell-worker';

let running: string | null = null;
const watchers = new Set<() => void>();

export function heardBuild(build: string | null | undefined): void {
  if (build === undefined || build === null || build === running) return;
  running = build;
  for (const watcher of watchers) watcher();
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};
const now = (): string | null => running;
const atFirst = (): null => null;

const Loaded = createContext<string | null>(null);

type Props = { readonly build: string | null; readonly children: ReactNode };

/** `build`: of the document. A refresh of the server's part brings another one, but no new code. */
export function Build({ build, children }: Props) {
  const [loaded] = useState(build);
  return (
    <Loaded value={loaded}>
      {children}
      <ShellWorker build={loaded} />
    </Loaded>
  );
}

/** The server's build, where it is another one than this screen's; else null. */
export function useNewerBuild(): string | null {
  const loaded = useContext(Loaded);
  const current = useSyncExternalStore(watch, now, atFirst);
  return loaded === null || current === loaded ? null : current;
}
