'use client';
/**
 * One movement of money from what was entered to the server's answer. The same entry sent again
 * bears the same key, so that whoever presses twice, or hears nothing, moves it once.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { newKey } from '@/components/live/new-key';
import { heard } from '@/components/live/queries';
import type { Reply } from '@/components/live/server';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import { useProblemText } from './step-up';

type Sending<T> = {
  /** Everything but the PINs: the same text is the same movement. */
  readonly entry: string;
  readonly send: (key: string) => Promise<Reply<T>>;
};

export function useGiving<T extends { readonly payment: PaymentView }>() {
  const { say } = useReading();
  const client = useQueryClient();
  const textOf = useProblemText();
  const kept = useRef({ entry: '', key: '' });
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState('');
  const give = async ({ entry, send }: Sending<T>): Promise<T | null> => {
    if (kept.current.entry !== entry) kept.current = { entry, key: newKey() };
    setBusy(true);
    setSays('');
    const reply = await send(kept.current.key);
    setBusy(false);
    if (reply.kind === 'answered') {
      kept.current = { entry: '', key: '' };
      heard(client, reply.value.payment);
      return reply.value;
    }
    setSays(reply.kind === 'silent' ? say('refunds.silent') : textOf(reply.problem));
    return null;
  };
  return { busy, says, setSays, give };
}
