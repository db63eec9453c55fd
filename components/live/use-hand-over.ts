'use client';
/**
 * Another person, or the same one anew, on this very screen: what is keyed and what runs stays, and
 * nothing that only the person before was allowed to see does.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { useReading } from '@/components/ui/language';
import { useCounter } from './counter';
import { signIn } from './session';
import { signInRefusal } from './sign-in-words';

/** Of these the server says anew what the new person may see, and the picture stays meanwhile. */
const STAYS: readonly unknown[] = ['payment', 'recent', 'open', 'alerts', 'session'];

/** Answers what went wrong, in words; null once the person is in. */
export function useHandOver(): (staffCode: string, pin: string) => Promise<string | null> {
  const { say } = useReading();
  const client = useQueryClient();
  const router = useRouter();
  const counter = useCounter();
  return useCallback(
    async (staffCode, pin) => {
      const result = await signIn(staffCode, pin, counter);
      if (result.kind !== 'in') return signInRefusal(result, say);
      router.refresh();
      await readAnew(client);
      return null;
    },
    [client, router, counter, say],
  );
}

async function readAnew(client: QueryClient): Promise<void> {
  client.removeQueries({ predicate: ({ queryKey }) => !STAYS.includes(queryKey[0]) });
  await client.refetchQueries({ queryKey: ['session'] });
  void client.invalidateQueries();
}
