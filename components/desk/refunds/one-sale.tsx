'use client';
import type { ReactNode } from 'react';
import { useReading } from '@/components/ui/language';

/** One sale at the refund desk, without the list beside it. */
export function OneSale({ children }: { readonly children: ReactNode }) {
  const { say } = useReading();
  return (
    <main
      aria-label={say('refunds.open')}
      className="mx-auto flex w-full max-w-prose grow flex-col p-3 tablet:p-4 wide:min-h-0"
    >
      <h1 className="sr-only">{say('refunds.open')}</h1>
      {children}
    </main>
  );
}
