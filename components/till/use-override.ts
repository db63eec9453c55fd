'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { heard } from '@/components/live/queries';
import { overridePayment } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { useReading } from '@/components/ui/language';
import type { PaymentAnswer, PaymentView, Problem } from '@/lib/contract';

type Given = { readonly staffCode: string; readonly pin: string };
export type Override = {
  readonly given: Given;
  readonly put: (place: keyof Given, text: string) => void;
  /** The manager is signed in: only the PIN is asked for. */
  readonly own: boolean;
  readonly busy: boolean;
  /** Why it came to nothing, in words. */
  readonly says: string;
  readonly submit: () => Promise<void>;
};

const NOTHING: Given = { staffCode: '', pin: '' };

/** Asks for a manager's leave. The PIN goes into one request, and the field is emptied after it. */
export function useOverride(
  payment: PaymentView,
  onFreed: (answer: PaymentAnswer) => void,
): Override {
  const { say } = useReading();
  const { setting } = useShop();
  const client = useQueryClient();
  const [given, setGiven] = useState(NOTHING);
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState('');
  const own = setting.staff.role !== 'cashier';
  const submit = async () => {
    const staffCode = given.staffCode.trim();
    if (given.pin === '' || (!own && staffCode === '')) {
      setSays(say(own ? 'payment.pin-missing' : 'payment.manager-missing'));
      return;
    }
    setBusy(true);
    setSays('');
    const reply = await overridePayment(payment.id, {
      pin: given.pin,
      ...(own ? {} : { staffCode }),
    });
    setBusy(false);
    setGiven((known) => ({ ...known, pin: '' }));
    if (reply.kind === 'answered') {
      heard(client, reply.value.payment);
      onFreed(reply.value);
    } else {
      setSays(reply.kind === 'silent' ? say('problem.no-answer') : textOf(reply.problem));
    }
  };
  const textOf = ({ code, seconds, says: text }: Problem): string =>
    code === 'too-many-tries' && seconds !== undefined
      ? say('sign-in.throttled', { seconds })
      : text;
  const put = (place: keyof Given, text: string) =>
    setGiven((known) => ({ ...known, [place]: text }));
  return { given, put, own, busy, says, submit };
}
