'use client';
/**
 * One counter's till: what is keyed, which payment is in front, and what each press does. It shows
 * what the server said and sends what was pressed; it never concludes that somebody paid.
 */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { PaymentView } from '@/lib/contract';
import type { Key } from '@/lib/money';
import { isLive } from '@/lib/payment';
import { maskCode, readScan, type Symbology } from '@/lib/payment-code';
import type { Wallet } from '@/lib/wallets';
import { forgetAttempt } from './attempt';
import type { ScanHint } from './charge';
import { useKeptIds } from './kept-ids';
import { openQuery, recentQuery, usePayment } from './queries';
import type { ScanRefusal } from './scan-pane';
import { isUnderWay, type Tap, useCharge } from './use-charge';
import { type Entry, useEntry } from './use-entry';

export type Refusal = ScanRefusal | 'no-amount' | null;
/** A tap that waits for an answer: is this a different customer than the one still open? */
export type Doubt = { readonly tap: Tap; readonly open: PaymentView };

export function useTill(counter: string) {
  const entry = useEntry();
  const charging = useCharge(counter);
  const { charge } = charging;
  const { payment, missing } = usePayment(charge.at === 'known' ? charge.paymentId : null);
  const aside = useKeptIds('aside');
  const matter = useMatter();
  const { quiet } = matter;
  const locked =
    isUnderWay(charge) || (charge.at === 'known' && (payment === null || isLive(payment.state)));
  const yieldGreen = () => {
    if (payment?.state === 'paid') charging.clear();
  };
  const commit = useCommit({ counter, entry, start: charging.start, matter, yieldGreen });
  useEnding({ counter, payment, missing, entry, clear: charging.clear });
  usePickUp({ counter, ready: charge.at === 'ready', show: charging.show, has: aside.has });

  const show = (paymentId: string) => {
    if (locked) return;
    quiet();
    aside.remove(paymentId);
    charging.show(paymentId);
  };
  const close = () => {
    quiet();
    charging.clear();
  };
  const press = (key: Key) => {
    if (locked) return;
    const ended = charge.at !== 'ready';
    // A new figure is a new sale. The camera closes with it: half an amount is not charged.
    if (ended) close();
    else quiet();
    entry.press(key, ended);
  };
  const putAside = () => {
    if (payment === null) return;
    aside.add(payment.id);
    entry.clear();
    charging.clear();
  };
  const answerDoubt = (different: boolean) => {
    const { doubt } = matter;
    if (doubt === null) return;
    quiet();
    if (different) charging.start(doubt.tap);
    else show(doubt.open.id);
  };
  const { camera, refusal, doubt, refuse } = matter;
  return {
    ...{ entry, charge, payment, locked, camera, refusal, doubt },
    ...{ show, close, press, putAside, answerDoubt, refuse, ...commit },
  };
}
export type Till = ReturnType<typeof useTill>;

/** What stands between the tiles and the next tap: a refusal, a question, the open camera. */
function useMatter() {
  const [camera, setCamera] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>(null);
  const [doubt, setDoubt] = useState<Doubt | null>(null);
  const quiet = () => {
    setRefusal(null);
    setDoubt(null);
    setCamera(false);
  };
  const refuse = (why: Exclude<Refusal, null>) => {
    setDoubt(null);
    setRefusal(why);
  };
  return { camera, refusal, doubt, quiet, refuse, setCamera, setDoubt };
}

type CommitParts = {
  readonly counter: string;
  readonly entry: Entry;
  readonly start: (tap: Tap) => void;
  readonly matter: ReturnType<typeof useMatter>;
  /** A green pane makes room for what has to be read. */
  readonly yieldGreen: () => void;
};
type Means = { payType: string } | { authCode: string; scan: ScanHint };

/** The taps that charge: a wallet, or a code. The same amount still open here is asked about. */
function useCommit({ counter, entry, start, matter, yieldGreen }: CommitParts) {
  const recent = useQuery(recentQuery(counter)).data;
  const { quiet, refuse } = matter;
  const commit = (means: Means) => {
    quiet();
    if (entry.amount === 0) {
      yieldGreen();
      refuse('no-amount');
      return;
    }
    const tap: Tap = { amount: entry.amount, note: entry.note.trim() || null, ...means };
    const open = recent?.find(({ state, amount }) => isLive(state) && amount === tap.amount);
    if (open === undefined) start(tap);
    else matter.setDoubt({ tap, open });
  };
  const scanned = (code: string, hint: Wallet | null) =>
    commit({ authCode: code, scan: { wallet: hint, masked: maskCode(code) } });
  return {
    pick: (payType: string) => commit({ payType }),
    scanned,
    read(text: string, symbology: Symbology | null) {
      const scan = readScan(text, symbology);
      if (scan.kind === 'payment-code') {
        scanned(scan.code, scan.hint);
        return;
      }
      yieldGreen();
      refuse(scan.kind);
    },
    openCamera(open: boolean) {
      quiet();
      if (open && entry.amount === 0) refuse('no-amount');
      else matter.setCamera(open);
    },
  };
}

type EndingParts = {
  readonly counter: string;
  readonly payment: PaymentView | null;
  readonly missing: boolean;
  readonly entry: Entry;
  readonly clear: () => void;
};

/**
 * A payment that ended needs its key no more. Unpaid, its amount is kept for the next try; paid, it
 * is gone, so that a scan right after green cannot charge the next customer the same.
 */
function useEnding({ counter, payment, missing, entry, clear }: EndingParts): void {
  const state = payment?.state ?? null;
  const amount = payment?.amount ?? 0;
  const { keep, clear: forget } = entry;
  useEffect(() => {
    if (state === null || isLive(state)) return;
    forgetAttempt(counter);
    if (state === 'paid') forget();
    else keep(amount);
  }, [state, amount, counter, keep, forget]);
  useEffect(() => {
    if (missing) clear();
  }, [missing, clear]);
}

type PickUpParts = {
  readonly counter: string;
  readonly ready: boolean;
  readonly show: (paymentId: string) => void;
  readonly has: (paymentId: string) => boolean;
};

/** On opening: a payment of this counter that can still be paid comes in front, once. */
function usePickUp({ counter, ready, show, has }: PickUpParts): void {
  const { data } = useQuery(openQuery(counter));
  const looked = useRef<string | null>(null);
  useEffect(() => {
    if (data === undefined || looked.current === counter) return;
    looked.current = counter;
    const open = data.find((payment) => isLive(payment.state) && !has(payment.id));
    if (ready && open !== undefined) show(open.id);
  }, [data, counter, ready, show, has]);
}
