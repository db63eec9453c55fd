'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { watchPresses } from '@/components/ui/pressed';
import { signedOut } from './server';

const newClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // Events and polls keep the pictures fresh; a stale timer would only ask twice.
        staleTime: Number.POSITIVE_INFINITY,
        // Who shows a picture asks again by itself or offers to; twice at once helps nobody.
        retry: false,
        // The server may stand on this very machine, with no network at all.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });

/** Server state for all screens. Whoever is no longer signed in is led to the door. */
export function Providers({ children }: { readonly children: ReactNode }) {
  const [client] = useState(newClient);
  useEffect(() => {
    const leave = () => window.location.assign('/sign-in?ended=1');
    signedOut.addEventListener('signed-out', leave);
    return () => signedOut.removeEventListener('signed-out', leave);
  }, []);
  useEffect(watchPresses, []);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
