/**
 * Virtual time: events in the order of their time and, at one time, of their making. Before time
 * moves, every promise that can go on does. An hour takes as long as its work, and no longer.
 */
export type Loop = {
  /** Virtual ms UTC. */
  now(): number;
  at(time: number, act: () => void): void;
  sleep(ms: number): Promise<void>;
  /** Runs until then, or until `enough` says so between two events. */
  runUntil(end: number, enough?: () => boolean): Promise<void>;
};

type Event = { readonly at: number; readonly order: number; readonly act: () => void };

export function createLoop(startAt: number): Loop {
  const heap: Event[] = [];
  let now = startAt;
  let order = 0;
  const at = (time: number, act: () => void): void => {
    order += 1;
    rise(heap, { at: Math.max(Math.ceil(time), now), order, act });
  };
  return {
    now: () => now,
    at,
    sleep: (ms) => new Promise((resolve) => at(now + ms, resolve)),
    async runUntil(end, enough = () => false) {
      await settled();
      for (let next = heap[0]; next !== undefined && next.at <= end; next = heap[0]) {
        if (enough()) return;
        sink(heap);
        now = next.at;
        next.act();
        await settled();
      }
      now = Math.max(now, end);
    },
  };
}

/** An immediate comes after every promise that is ready, however long their chain. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const isBefore = (a: Event, b: Event): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

function rise(heap: Event[], event: Event): void {
  let place = heap.push(event) - 1;
  while (place > 0) {
    const above = (place - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(event, parent)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = event;
}

/** Takes the first one out. */
function sink(heap: Event[]): void {
  const event = heap.pop();
  if (event === undefined || heap.length === 0) return;
  let place = 0;
  for (;;) {
    const left = 2 * place + 1;
    const [one, other] = [heap[left], heap[left + 1]];
    if (one === undefined) break;
    const right = other !== undefined && isBefore(other, one);
    const child = right ? other : one;
    if (!isBefore(child, event)) break;
    heap[place] = child;
    place = right ? left + 1 : left;
  }
  heap[place] = event;
}
