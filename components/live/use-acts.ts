'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import { heard } from './queries';
import { cancelPayment, checkPayment, type Reply } from './server';

export type Acts = {
  readonly onCancel: () => Promise<void>;
  readonly onCheck: () => Promise<void>;
  /** An act is on its way to the server. */
  readonly busy: 'cancel' | 'check' | null;
  /** Why the last act came to nothing, in words. */
  readonly refused: string | null;
};

/** Asks the server to stop or to look at one payment; what comes of it, the server says. */
export function useActs(paymentId: string | null): Acts {
  const client = useQueryClient();
  const { say } = useReading();
  const [busy, setBusy] = useState<Acts['busy']>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const ask = useCallback(
    async (name: 'cancel' | 'check', call: (id: string) => Promise<Reply<PaymentView>>) => {
      if (paymentId === null) return;
      setBusy(name);
      setRefused(null);
      const reply = await call(paymentId);
      setBusy(null);
      if (reply.kind === 'answered') heard(client, reply.value);
      else if (reply.kind === 'refused') setRefused(reply.problem.says);
      else setRefused(say('problem.no-answer'));
    },
    [client, paymentId, say],
  );
  return useMemo(
    () => ({
      onCancel: () => ask('cancel', cancelPayment),
      onCheck: () => ask('check', checkPayment),
      busy,
      refused,
    }),
    [ask, busy, refused],
  );
}
