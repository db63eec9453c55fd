'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useReading } from '@/components/ui/language';
import type { PaymentView, ToldView } from '@/lib/contract';
import { heard } from './queries';
import { cancelPayment, checkPayment, type Reply } from './server';

export type Acts = {
  readonly onCancel: () => Promise<void>;
  readonly onCheck: () => Promise<void>;
  /** An act is on its way to the server. */
  readonly busy: 'cancel' | 'check' | null;
  /** Why the last act came to nothing, in words. */
  readonly refused: string | null;
  /** What QFPay said to the last question; `nothing`: it could not be asked. */
  readonly told: ToldView | 'nothing' | null;
};

const NOTHING = { busy: null, refused: null, told: null } as const;

/** Asks the server to stop or to look at one payment; what comes of it, the server says. */
export function useActs(paymentId: string | null): Acts {
  const client = useQueryClient();
  const { say } = useReading();
  const [state, setState] = useState<Pick<Acts, 'busy' | 'refused' | 'told'>>(NOTHING);
  const ask = useCallback(
    async <T extends object>(
      name: 'cancel' | 'check',
      call: (id: string) => Promise<Reply<T>>,
      take: (value: T) => { payment: PaymentView; told: Acts['told'] },
    ) => {
      if (paymentId === null) return;
      setState({ ...NOTHING, busy: name });
      const reply = await call(paymentId);
      if (reply.kind === 'answered') {
        const { payment, told } = take(reply.value);
        heard(client, payment);
        setState({ ...NOTHING, told });
      } else {
        const refused = reply.kind === 'refused' ? reply.problem.says : say('problem.no-answer');
        setState({ ...NOTHING, refused });
      }
    },
    [client, paymentId, say],
  );
  return useMemo(
    () => ({
      onCancel: () => ask('cancel', cancelPayment, (payment) => ({ payment, told: null })),
      onCheck: () =>
        ask('check', checkPayment, ({ payment, told }) => ({ payment, told: told ?? 'nothing' })),
      ...state,
    }),
    [ask, state],
  );
}
