'use client';
/**
 * One counter's till: what is keyed, which payment is in front, and what each press does. It shows
 * what the server said and sends what was pressed; it never concludes that somebody paid.
 */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { type KeptIds, useKeptIds } from '@/components/live/kept-ids';
import { useSalePin } from '@/components/live/pin-gate';
import { openQuery, usePayment } from '@/components/live/queries';
import type { PaymentView } from '@/lib/contract';
import type { SumKey } from '@/lib/keyed';
import { isLive } from '@/lib/payment';
import { forgetAttempt } from './attempt';
import type { Charge } from './charge';
import { keepOwed, keptOwed } from './owed';
import { isUnderWay, type Tap, useCharge } from './use-charge';
import { stillGood, useCommit, useMatter } from './use-commit';
import { type Entry, type Standing, useEntry } from './use-entry';
import { useReading } from './use-reading';
import { useSwitching } from './use-switching';

/** What a key may change: the amount, and what a payment left in front when it ended. */
export type Stands = { readonly entry: Standing; readonly charge: Charge };

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
  const green = payment?.state === 'paid';
  const yieldGreen = () => {
    if (green) charging.clear();
  };
  const start = useStart(charging.start);
  const commit = useCommit({ counter, entry, start, matter, yieldGreen });
  useEnding({ counter, payment, missing, entry, clear: charging.clear });
  useKeptOwed(counter, entry);
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
  const begin = (figure: (afresh: boolean) => void) => {
    if (locked) return;
    const ended = charge.at !== 'ready';
    // A new figure is a new sale. The camera closes with it: half an amount is not charged.
    if (ended) close();
    else quiet();
    figure(ended);
  };
  const press = (key: SumKey) => begin((afresh) => entry.press(key, afresh));
  const put = (amount: number) => begin(() => entry.put(amount));
  const { camera, refusal, doubt, refuse } = matter;
  const leaving = leave({ payment, entry, aside, quiet, clear: charging.clear });
  const watched = useWatched({ entry, locked, front: payment, show });
  const paidMeanwhile = watched?.state === 'paid';
  const over = useSwitching({ charge, payment, paidMeanwhile, note: entry.note, start });
  const answerDoubt = answering({ matter, show, start });
  const { amount } = entry;
  const read = useReading({ amount, locked, green, over, matter, read: commit.read });
  const stands: Stands = { entry: entry.standing, charge };
  /** Keys that were a scanner's have changed what stood there. */
  const putBack = (before: Stands) => {
    if (locked) return;
    entry.restore(before.entry);
    charging.putBack(before.charge);
  };
  return {
    ...{ entry, charge, payment, watched, locked, camera, refusal, doubt, over, stands },
    ...{ show, close, press, put, answerDoubt, refuse, ...leaving, ...commit, read, putBack },
  };
}
export type Till = ReturnType<typeof useTill>;

type Answering = {
  readonly matter: ReturnType<typeof useMatter>;
  readonly show: (paymentId: string) => void;
  readonly start: (tap: Tap) => void;
};

/** The same amount is still open: it is looked at first, or this is a different customer. */
const answering =
  ({ matter, show, start }: Answering) =>
  (different: boolean) => {
    const { doubt } = matter;
    if (doubt === null) return;
    matter.quiet();
    const tap = stillGood(doubt);
    if (!different) show(doubt.open.id);
    else if (tap === null) matter.refuse('too-old');
    else start(tap);
  };

/** Where each sale asks for a PIN, it comes first; another try of the same sale needs none. */
function useStart(start: (tap: Tap) => void): (tap: Tap) => void {
  const withPin = useSalePin();
  return (tap) => {
    if (tap.saleId === null) withPin(() => start(tap));
    else start(tap);
  };
}

type LeaveParts = {
  readonly payment: PaymentView | null;
  readonly entry: Entry;
  readonly aside: KeptIds;
  readonly quiet: () => void;
  readonly clear: () => void;
};

/** The two ways off a payment that is still in doubt. It stays watched in both. */
const leave = ({ payment, entry, aside, quiet, clear }: LeaveParts) => ({
  putAside() {
    if (payment === null) return;
    aside.add(payment.id);
    entry.clear();
    clear();
  },
  /** A manager let the customer pay another way: the same sale, charged by another payment. */
  anotherWay(due: number) {
    if (payment === null) return;
    const { id, saleId } = payment;
    quiet();
    aside.add(id);
    entry.keep({ amount: due, saleId, watched: id });
    clear();
  },
});

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
  const saleId = payment?.saleId ?? '';
  const { keep, clear: forget } = entry;
  useEffect(() => {
    if (state === null || isLive(state)) return;
    forgetAttempt(counter);
    if (state === 'paid') forget();
    else keep({ amount, saleId, watched: null });
  }, [state, amount, saleId, counter, keep, forget]);
  useEffect(() => {
    if (missing) clear();
  }, [missing, clear]);
}

/** What a manager let the customer pay another way stands there again after a reload. */
function useKeptOwed(counter: string, { owed, keep }: Entry): void {
  const read = useRef<string | null>(null);
  useEffect(() => {
    if (read.current === counter) {
      keepOwed(counter, owed);
      return;
    }
    read.current = counter;
    const kept = keptOwed(counter);
    if (kept !== null) keep(kept);
  }, [counter, owed, keep]);
}

type WatchedParts = {
  readonly entry: Entry;
  readonly locked: boolean;
  readonly front: PaymentView | null;
  readonly show: (paymentId: string) => void;
};

/**
 * The payment that a manager let go; null when there is none, or when it is the one in front. It
 * may be paid after all: before another is charged it then comes in front, and nothing is owed.
 */
function useWatched({ entry, locked, front, show }: WatchedParts): PaymentView | null {
  const { payment } = usePayment(entry.owed?.watched ?? null);
  const watched = payment?.id === front?.id ? null : payment;
  const paid = watched?.state === 'paid' ? watched.id : null;
  const comes = locked || front?.state === 'paid' ? null : paid;
  const latest = useRef(show);
  useEffect(() => {
    latest.current = show;
  });
  useEffect(() => {
    if (comes !== null) latest.current(comes);
  }, [comes]);
  return watched;
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
