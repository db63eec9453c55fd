'use client';
/**
 * One tap from its key to its payment. It promises to keep the key before anything is sent, to
 * send again only the very same tap, and never to send a scanned code a second time.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { serverNow } from '@/components/live/clock';
import { newKey } from '@/components/live/new-key';
import { heard } from '@/components/live/queries';
import { createPayment, listPayments } from '@/components/live/server';
import type { Attempt } from './attempt';
import { bodyOf, forgetAttempt, keepAttempt, keptAttempt } from './attempt';
import { afterSend, type Charge, paymentOf, type ScanHint } from './charge';

const SEEK_EVERY_MS = 2000;
const SEEK_AMONG = 20;

export type Tap = {
  readonly amount: number;
  readonly note: string | null;
  readonly saleId: string | null;
} & ({ readonly payType: string } | { readonly authCode: string; readonly scan: ScanHint });

export type Charging = {
  readonly charge: Charge;
  /** Does nothing while another tap is on its way. */
  readonly start: (tap: Tap) => void;
  /** Shows a payment that the server already has. */
  readonly show: (paymentId: string) => void;
  /** Back to ready, once the payment has ended or somebody else watches it. */
  readonly clear: () => void;
  /** What a key has cleared that was nobody's; does nothing when something new has begun. */
  readonly putBack: (charge: Charge) => void;
};

export function useCharge(counter: string): Charging {
  const client = useQueryClient();
  const [charge, setCharge] = useState<Charge>({ at: 'ready' });
  const busy = useRef(false);

  const send = useCallback(
    async (attempt: Attempt, authCode: string | null, silentTries: number) => {
      const reply = await createPayment(bodyOf(attempt, authCode), attempt.key);
      const next = afterSend(reply, { attempt, silentTries, now: serverNow() });
      if (reply.kind === 'answered') heard(client, reply.value.payment);
      if (next.at === 'known') keepAttempt({ ...attempt, paymentId: next.paymentId });
      if (next.at === 'refused') forgetAttempt(attempt.counter);
      setCharge(next);
    },
    [client],
  );

  const start = useCallback(
    (tap: Tap) => {
      if (busy.current) return;
      busy.current = true;
      const scanned = 'authCode' in tap;
      const attempt: Attempt = {
        key: newKey(),
        amount: tap.amount,
        payType: scanned ? null : tap.payType,
        note: tap.note,
        saleId: tap.saleId,
        counter,
        startedAt: serverNow(),
        paymentId: null,
      };
      keepAttempt(attempt);
      setCharge({ at: 'sending', attempt, scan: scanned ? tap.scan : null });
      void send(attempt, scanned ? tap.authCode : null, 0);
    },
    [counter, send],
  );

  const clear = useCallback(() => {
    forgetAttempt(counter);
    setCharge({ at: 'ready' });
  }, [counter]);

  useEffect(() => {
    busy.current = isUnderWay(charge);
  }, [charge]);
  const { show, putBack } = usePutting(setCharge);
  useKeptAttempt(counter, setCharge);
  useOtherTab(counter, setCharge);
  useRetry(charge, send);
  useSeek(charge, setCharge, show);
  return { charge, start, show, clear, putBack };
}

type SetCharge = (change: Charge | ((known: Charge) => Charge)) => void;

/** What is put in front without a tap. */
function usePutting(setCharge: SetCharge): Pick<Charging, 'show' | 'putBack'> {
  const show = useCallback(
    (paymentId: string) => setCharge({ at: 'known', paymentId }),
    [setCharge],
  );
  const putBack = useCallback(
    (before: Charge) => setCharge((known) => (known.at === 'ready' ? before : known)),
    [setCharge],
  );
  return { show, putBack };
}

/** A tap was made and nobody knows yet which payment it became. */
export const isUnderWay = ({ at }: Charge): boolean =>
  at === 'sending' || at === 'unanswered' || at === 'seeking';

/** After a reload: the tap that was on its way goes on from where it was. */
function useKeptAttempt(counter: string, setCharge: (charge: Charge) => void): void {
  useEffect(() => {
    const attempt = keptAttempt(counter);
    setCharge(attempt === null ? { at: 'ready' } : resumed(attempt));
  }, [counter, setCharge]);
}

/** A tap in another tab of this tablet is shown here too, as long as nothing else is. */
function useOtherTab(
  counter: string,
  setCharge: (change: (known: Charge) => Charge) => void,
): void {
  useEffect(() => {
    const look = () => {
      const paymentId = keptAttempt(counter)?.paymentId ?? null;
      if (paymentId === null) return;
      setCharge((known) => (known.at === 'ready' ? { at: 'known', paymentId } : known));
    };
    window.addEventListener('storage', look);
    return () => window.removeEventListener('storage', look);
  }, [counter, setCharge]);
}

function resumed(attempt: Attempt): Charge {
  const now = serverNow();
  if (attempt.paymentId !== null) return { at: 'known', paymentId: attempt.paymentId };
  return attempt.payType === null
    ? { at: 'seeking', attempt, until: now + SEEK_EVERY_MS * 6 }
    : { at: 'unanswered', attempt, tries: 1, retryAt: now };
}

type Send = (attempt: Attempt, authCode: string | null, silentTries: number) => Promise<void>;

function useRetry(charge: Charge, send: Send): void {
  useEffect(() => {
    if (charge.at !== 'unanswered') return;
    const { attempt, tries, retryAt } = charge;
    const timer = setTimeout(() => void send(attempt, null, tries), retryAt - serverNow());
    return () => clearTimeout(timer);
  }, [charge, send]);
}

function useSeek(
  charge: Charge,
  setCharge: (charge: Charge) => void,
  show: (paymentId: string) => void,
): void {
  const client = useQueryClient();
  useEffect(() => {
    if (charge.at !== 'seeking') return;
    const { attempt, until } = charge;
    let current = true;
    const look = async () => {
      const reply = await listPayments({ counter: attempt.counter, limit: SEEK_AMONG });
      if (!current || reply.kind !== 'answered') return;
      const found = paymentOf(attempt, reply.value.payments);
      if (found !== null) {
        heard(client, found);
        keepAttempt({ ...attempt, paymentId: found.id });
        show(found.id);
      } else if (serverNow() > until) {
        forgetAttempt(attempt.counter);
        setCharge({ at: 'not-recorded', attempt });
      }
    };
    void look();
    const timer = setInterval(look, SEEK_EVERY_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [charge, client, setCharge, show]);
}
