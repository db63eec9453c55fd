/** Whoever shows what this browser keeps is told when this page, or another one, keeps it anew. */
export function createWatchers() {
  const all = new Set<() => void>();
  return {
    /** Another page of this browser is heard of by the browser itself, this one only by `tell`. */
    tell: (): void => {
      for (const watcher of all) watcher();
    },
    subscribe: (watcher: () => void): (() => void) => {
      all.add(watcher);
      window.addEventListener('storage', watcher);
      return () => {
        all.delete(watcher);
        window.removeEventListener('storage', watcher);
      };
    },
  };
}
