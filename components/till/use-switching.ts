'use client';
/**
 * Carries out switching.ts: asks the QR's payment to stop until the server has heard it, waits for
 * the server's word on it, and only then sends the scanned code, as the same sale.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { serverNow } from '@/components/live/clock';
import { heard } from '@/components/live/queries';
import { cancelPayment } from '@/components/live/server';
import type { PaymentView } from '@/lib/contract';
import { maskCode } from '@/lib/payment-code';
import type { Wallet } from '@/lib/wallets';
import type { Charge } from './charge';
import { type Held, isArmed, mustStop, type Switching, verdict } from './switching';
import type { Tap } from './use-charge';

const ASK_AGAIN_MS = 3000;

type Parts = {
  readonly charge: Charge;
  readonly payment: PaymentView | null;
  /** Another payment of the sale has come in meanwhile: nothing is owed any more. */
  readonly paidMeanwhile: boolean;
  readonly note: string;
  readonly start: (tap: Tap) => void;
};

export type SwitchOver = {
  readonly switching: Switching | null;
  /** A scan now stops the QR and is charged instead. */
  readonly armed: boolean;
  /** A fresher code takes the place of the one that waits. */
  readonly hold: (code: string, wallet: Wallet | null) => void;
};

export function useSwitching(parts: Parts): SwitchOver {
  const { charge, payment } = parts;
  const [switching, setSwitching] = useState<Switching | null>(null);
  // A tile's tap that is on its way becomes a QR in a moment.
  const coming = charge.at === 'sending' && charge.attempt.payType !== null;
  const armed = coming || (charge.at === 'known' && payment !== null && isArmed(payment));
  useStop(switching, payment, setSwitching);
  useVerdict(switching, parts, setSwitching);
  return {
    switching,
    armed,
    hold(code, wallet) {
      if (!armed) return;
      const scan = { wallet, masked: maskCode(code) };
      const held: Held = { code, scan, readAt: serverNow() };
      setSwitching({ at: 'stopping', paymentId: payment?.id ?? null, held });
    },
  };
}

type Put = (next: Switching | null) => void;

/** The stop may be lost on the way: it is asked for again until the server says it is stopping. */
function useStop(switching: Switching | null, payment: PaymentView | null, put: Put): void {
  const client = useQueryClient();
  const held = switching?.at === 'stopping' ? switching.paymentId : null;
  const id = held !== null && payment?.id === held && mustStop(payment) ? held : null;
  useEffect(() => {
    if (id === null) return;
    let current = true;
    let asking = false;
    const ask = async () => {
      if (asking) return;
      asking = true;
      const reply = await cancelPayment(id);
      asking = false;
      if (reply.kind === 'answered') heard(client, reply.value);
      else if (reply.kind === 'refused' && current) {
        put({ at: 'refused', paymentId: id, says: reply.problem.says });
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), ASK_AGAIN_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [id, client, put]);
}

function useVerdict(switching: Switching | null, parts: Parts, put: Put): void {
  const { charge, payment, paidMeanwhile } = parts;
  const latest = useRef(parts);
  useEffect(() => {
    latest.current = parts;
  });
  const at = charge.at;
  useEffect(() => {
    if (switching?.at !== 'stopping') return;
    const { held, paymentId } = switching;
    if (paymentId === null) {
      if (payment !== null) put({ at: 'stopping', paymentId: payment.id, held });
      else if (at !== 'sending' && at !== 'unanswered' && at !== 'known') put(null);
      return;
    }
    // Put aside, or let go by a manager: the code was for that payment alone, and is forgotten.
    if (at === 'ready' || (payment !== null && payment.id !== paymentId)) put(null);
    if (payment?.id !== paymentId) return;
    const said = paidMeanwhile ? 'thrown-away' : verdict(payment, held.readAt, serverNow());
    if (said === 'wait') return;
    if (said !== 'charge') {
      put({ at: said, paymentId });
      return;
    }
    put({ at: 'charging' });
    const { amount, saleId } = payment;
    const { start, note } = latest.current;
    start({ amount, saleId, note: note.trim() || null, authCode: held.code, scan: held.scan });
  }, [switching, payment, at, paidMeanwhile, put]);
}
