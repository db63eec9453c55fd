'use client';
/**
 * Keeps every picture on the screens fresh: by the server's events, and by asking every two
 * seconds while those are silent. A connection that hangs without a word counts as silent.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PaymentView } from '@/lib/contract';
import { isLive } from '@/lib/payment';
import { openStream, type Source } from './event-stream';
import { heard, heardRefund, REFUND_DESK } from './queries';
import { mayMore } from './server';

/** `polling`: events are silent, questions are answered. `offline`: nothing is. */
export type Link = 'connecting' | 'live' | 'polling' | 'offline';

/** Opens one stream for this page, and another one when somebody else goes on here. */
export function useEvents(staffCode: string): Link {
  const client = useQueryClient();
  const [link, setLink] = useState<Link>('connecting');
  useEffect(() => {
    // Each person hears what they may see.
    if (staffCode === '') return;
    const stream = openStream({
      heardFrom: (source) => setLink((known) => linkOf(source, known)),
      payment: (payment) => heard(client, payment),
      refund: (refund) => heardRefund(client, refund),
      reopened: () => void client.invalidateQueries(),
      poll: () => poll(client),
    });
    // What was paid meanwhile is shown as soon as there is a line, not at the next round.
    window.addEventListener('online', stream.again);
    mayMore.addEventListener('more', stream.again);
    return () => {
      window.removeEventListener('online', stream.again);
      mayMore.removeEventListener('more', stream.again);
      stream.close();
    };
  }, [client, staffCode]);
  return link;
}

function linkOf(source: Source, known: Link): Link {
  if (source === 'events') return 'live';
  if (source === 'silence') return known === 'offline' ? known : 'polling';
  return source === 'poll' ? 'polling' : 'offline';
}

const POLLED = ['recent', 'open', REFUND_DESK] as const;

/** Reads again what may have changed unheard. True when the server answered. */
async function poll(client: QueryClient): Promise<boolean> {
  const asked = client.getQueryCache().findAll({
    type: 'active',
    predicate: ({ queryKey, state }) => {
      if (queryKey[0] !== 'payment') return POLLED.some((name) => name === queryKey[0]);
      const payment = state.data as PaymentView | undefined;
      return payment === undefined || isLive(payment.state);
    },
  });
  await Promise.all(asked.map((query) => query.fetch().catch(() => undefined)));
  return asked.length === 0 ? navigator.onLine : asked.some(({ state }) => state.error === null);
}
