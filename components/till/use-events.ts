'use client';
/**
 * Keeps every picture on the screens fresh: by the server's events, and by asking every two
 * seconds while those are silent. A connection that hangs without a word counts as silent.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PaymentView } from '@/lib/contract';
import { isLive } from '@/lib/payment';
import { heardServerTime } from './clock';
import { heard } from './queries';

/** `polling`: events are silent, questions are answered. `offline`: nothing is. */
export type Link = 'connecting' | 'live' | 'polling' | 'offline';

const SILENT_AFTER_MS = 10_000;
const POLL_EVERY_MS = 2000;
const LOOK_EVERY_MS = 500;

/** `silence`: the events have stopped, and no question has been answered yet. */
type Told = { readonly source: 'events' | 'silence' | 'poll' | 'nothing' };

/** Opens one stream for this page. `onPayment` hears of every payment, fresh or not. */
export function useEvents(onPayment?: (payment: PaymentView) => void): Link {
  const client = useQueryClient();
  const [link, setLink] = useState<Link>('connecting');
  useEffect(() => {
    const stream = openStream({
      heardFrom: ({ source }) => setLink((known) => linkOf(source, known)),
      payment(payment) {
        heard(client, payment);
        onPayment?.(payment);
      },
      reopened: () => void client.invalidateQueries(),
      poll: () => poll(client),
    });
    return stream.close;
  }, [client, onPayment]);
  return link;
}

function linkOf(source: Told['source'], known: Link): Link {
  if (source === 'events') return 'live';
  if (source === 'silence') return known === 'offline' ? known : 'polling';
  return source === 'poll' ? 'polling' : 'offline';
}

/** Reads again what may have changed unheard. True when the server answered. */
async function poll(client: QueryClient): Promise<boolean> {
  const asked = client.getQueryCache().findAll({
    type: 'active',
    predicate: ({ queryKey, state }) => {
      if (queryKey[0] !== 'payment') return queryKey[0] === 'recent' || queryKey[0] === 'open';
      const payment = state.data as PaymentView | undefined;
      return payment === undefined || isLive(payment.state);
    },
  });
  await Promise.all(asked.map((query) => query.fetch().catch(() => undefined)));
  return asked.length === 0 ? navigator.onLine : asked.some(({ state }) => state.error === null);
}

type Ears = {
  readonly heardFrom: (told: Told) => void;
  readonly payment: (payment: PaymentView) => void;
  readonly reopened: () => void;
  readonly poll: () => Promise<boolean>;
};

function openStream(ears: Ears): { readonly close: () => void } {
  let source: EventSource | null = null;
  let lastHeard = performance.now();
  let lastOpened = lastHeard;
  let lastPoll = 0;
  let polling = false;
  let opened = false;

  const alive = () => {
    lastHeard = performance.now();
    ears.heardFrom({ source: 'events' });
  };
  const open = () => {
    source?.close();
    lastOpened = performance.now();
    source = new EventSource('/api/events');
    listen(source, {
      alive,
      payment: ears.payment,
      opened() {
        // What happened while nobody listened is not told again.
        if (opened) ears.reopened();
        opened = true;
      },
    });
  };
  const ask = async () => {
    polling = true;
    const answered = await ears.poll();
    polling = false;
    lastPoll = performance.now();
    if (silentFor() > SILENT_AFTER_MS) ears.heardFrom({ source: answered ? 'poll' : 'nothing' });
  };
  const silentFor = () => performance.now() - lastHeard;
  const look = () => {
    if (silentFor() < SILENT_AFTER_MS) return;
    ears.heardFrom({ source: 'silence' });
    if (performance.now() - lastOpened > SILENT_AFTER_MS) open();
    if (!polling && performance.now() - lastPoll >= POLL_EVERY_MS) void ask();
  };

  open();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    close() {
      clearInterval(timer);
      source?.close();
    },
  };
}

type Heard = {
  readonly alive: () => void;
  readonly opened: () => void;
  readonly payment: (payment: PaymentView) => void;
};

function listen(source: EventSource, { alive, opened, payment }: Heard): void {
  source.addEventListener('open', () => {
    alive();
    opened();
  });
  source.addEventListener('heartbeat', (event) => {
    alive();
    const now = (parsed(event) as { now?: string | number } | null)?.now;
    if (now !== undefined) heardServerTime(now, true);
  });
  source.addEventListener('payment', (event) => {
    alive();
    const view = parsed(event) as PaymentView | null;
    if (view !== null) payment(view);
  });
  source.addEventListener('sale', alive);
}

/** A half event (a proxy cut it) is silence, not a fault. */
function parsed(event: MessageEvent<string>): unknown {
  try {
    return JSON.parse(event.data);
  } catch {
    return null;
  }
}
