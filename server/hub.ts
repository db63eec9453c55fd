/**
 * Tells every open screen what changed. It only carries: the change feed of the store is the truth,
 * so a listener that was away asks from the number it saw last.
 */
import type { Payment } from '@/lib/payment';
import type { Refund } from '@/lib/refund';

export type Change =
  | { readonly seq: number; readonly payment: Payment }
  | { readonly seq: number; readonly refund: Refund };
export type Listener = {
  readonly onChange: (change: Change) => void;
  readonly onClose: () => void;
};

export type Hub = ReturnType<typeof createHub>;

function endEach(listeners: Iterable<Listener>): void {
  for (const listener of [...listeners]) listener.onClose();
}

type Feed = {
  changes: (after: number, limit: number) => Promise<readonly Change[]>;
  startAt: number;
  onFault: (fault: unknown) => void;
  /** The hubs of other servers refresh as well. */
  tellOthers?: () => Promise<void>;
};

/** Reads on from the number that was told last. Many calls at once cost one read. */
function pumpOf(feed: Feed, listeners: ReadonlySet<Listener>): () => void {
  let cursor = feed.startAt;
  let pumping = false;
  let again = false;

  async function pump(): Promise<void> {
    for (;;) {
      const batch = await feed.changes(cursor, 200);
      for (const change of batch) {
        cursor = change.seq;
        for (const listener of listeners) listener.onChange(change);
      }
      if (batch.length < 200) return;
    }
  }

  async function run(): Promise<void> {
    pumping = true;
    try {
      do {
        again = false;
        await pump();
      } while (again);
    } catch (fault) {
      feed.onFault(fault);
    } finally {
      pumping = false;
    }
  }

  return () => {
    again = true;
    if (!pumping) void run();
  };
}

export function createHub(feed: Feed) {
  const listeners = new Set<Listener>();
  let closed = false;
  return {
    /** Something was committed, here or at another server. */
    changed: pumpOf(feed, listeners),
    listen(listener: Listener): () => void {
      // A tablet that connects while the server stops must not keep it alive.
      if (closed) listener.onClose();
      else listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Ends every stream that runs: its tablet comes back at once, with what it may see now. */
    refresh: (): void => {
      endEach(listeners);
      void feed.tellOthers?.().catch(feed.onFault);
    },
    /** The same, where another server said so. */
    refreshHere: (): void => endEach(listeners),
    /** Ends every stream, so that a stopping server is not held up by its tablets. */
    close(): void {
      closed = true;
      endEach(listeners);
      listeners.clear();
    },
    count: (): number => listeners.size,
  };
}
