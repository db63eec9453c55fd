'use client';
/**
 * What the till lets one hear: each change of the payment in front once, a code that was read or
 * refused, late money, and where it was chosen the keys. What stood there when the page was opened
 * is no news. Nothing is green or red because of it: it follows what the server said.
 */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { isFirstToSound, type SoundName, sound } from '@/components/live/chime';
import { serverNow, useServerNow } from '@/components/live/clock';
import { alertsQuery } from '@/components/live/queries';
import { useShop } from '@/components/live/shop';
import { speak } from '@/components/live/speech';
import { tabletChoice } from '@/components/live/tablet';
import type { PaymentView } from '@/lib/contract';
import type { PaymentState } from '@/lib/payment';
import { spokenPaid } from '@/lib/spoken';
import type { Till } from './use-till';

const OF_STATE: Readonly<Partial<Record<PaymentState, SoundName>>> = {
  paid: 'paid',
  failed: 'unpaid',
  unknown: 'doubt',
};
/** A customer who confirms on the phone for so long may have been forgotten. */
const TICK_AFTER_MS = 10_000;

export function useSounds(till: Till, counter: string): void {
  const { payment, charge, refusal, entry } = till;
  useStateSound(payment);
  useTick(payment);
  useLateSound(counter);
  useOnChange(charge.at === 'sending' && charge.scan !== null, 'read');
  useOnChange(refusal !== null && refusal !== 'no-amount', 'refused');
  useKeyClicks(entry.amount);
}

function useStateSound(payment: PaymentView | null): void {
  const { setting } = useShop();
  const { shop, currency } = setting;
  const known = useRef<string | null>(null);
  useEffect(() => {
    if (payment === null) return;
    const { id, state, amount, wallet } = payment;
    const before = known.current;
    known.current = `${id} ${state}`;
    const name = OF_STATE[state];
    // The first sight of a payment that ended long ago is a look back, and no event.
    const isNews = before !== null ? before !== known.current : isFresh(payment);
    if (name === undefined || !isNews) return;
    if (state !== 'paid') {
      sound(name);
      return;
    }
    if (!isFirstToSound(id)) return;
    sound(name, shop);
    const { voice, volume } = tabletChoice();
    if (voice !== 'off' && currency === 'HKD') {
      speak(spokenPaid({ wallet, amount }, voice), voice, volume);
    }
  }, [payment, shop, currency]);
}

const FRESH_MS = 15_000;
const isFresh = ({ paidAt, createdAt }: PaymentView): boolean =>
  serverNow() - Date.parse(paidAt ?? createdAt) < FRESH_MS;

function useTick(payment: PaymentView | null): void {
  const now = useServerNow();
  const confirms = payment?.mode === 'CPM' && payment.state === 'awaiting';
  const since = confirms ? Date.parse(payment.createdAt) : Number.POSITIVE_INFINITY;
  useOnChange(now - since > TICK_AFTER_MS, 'tick');
}

/** One more payment that came in late, or that a manager must look at. */
function useLateSound(counter: string): void {
  const { data } = useQuery(alertsQuery(counter));
  const ids = data?.map(({ id }) => id).join(' ');
  const known = useRef<string | undefined>(undefined);
  useEffect(() => {
    const before = known.current;
    known.current = ids;
    if (before === undefined || ids === undefined) return;
    const read = before.split(' ');
    if (ids.split(' ').some((id) => id !== '' && !read.includes(id))) sound('late');
  }, [ids]);
}

/** When something becomes so, and not because it was so already. */
function useOnChange(is: boolean, name: SoundName): void {
  const was = useRef(is);
  useEffect(() => {
    if (is && !was.current) sound(name);
    was.current = is;
  }, [is, name]);
}

function useKeyClicks(amount: number): void {
  const known = useRef(amount);
  useEffect(() => {
    if (amount === known.current) return;
    known.current = amount;
    if (amount !== 0 && tabletChoice().clicks === 'on') sound('key');
  }, [amount]);
}
