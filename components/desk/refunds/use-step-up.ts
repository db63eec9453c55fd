'use client';
/**
 * An amount with the people who answer for it. A PIN lives in its field until it is sent, and is
 * gone when the amount changes: it was entered for another one.
 */
import { useState } from 'react';
import { useShop } from '@/components/live/shop';
import { type Say, useReading } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import type { PaymentView } from '@/lib/contract';
import { formatMoney, parseAmount } from '@/lib/money';

export type StepUp = {
  readonly pin: string;
  readonly secondCode: string;
  readonly secondPin: string;
};
const NOBODY: StepUp = { pin: '', secondCode: '', secondPin: '' };

/** "48.50" of minor units, as somebody would type it. */
export const typed = (minor: number, { currency }: Pick<PaymentView, 'currency'>): string =>
  formatMoney({ minor, currency }, 'en').replace(/[^0-9.]/g, '');

type Bounds = {
  readonly payment: PaymentView;
  /** Minor units that may go at most. */
  readonly most: number;
  /** Only all of it may go. */
  readonly whole: boolean;
  readonly limit: number | null;
};

export function useAmount({ payment, most, whole, limit }: Bounds) {
  const { say } = useReading();
  const shop = useShop();
  const [text, setText] = useState(typed(most, payment));
  const [given, setGiven] = useState(NOBODY);
  const put = (change: Partial<StepUp>) => setGiven((known) => ({ ...known, ...change }));
  const forgetPins = () => put({ pin: '', secondPin: '' });
  const money = (minor: number) => shop.amount(minor, payment.currency);
  const amount = whole ? most : parseAmount(text.trim(), payment.currency);
  const tooMuch = amount !== null && amount > most;
  const fits = amount !== null && amount > 0 && !tooMuch ? amount : null;
  const needsSecond = limit !== null && (amount ?? 0) > limit;
  // Who may not alone is not asked here: somebody who may enters code and PIN when it is sent.
  const alone = can(shop.setting.staff.role, 'refund');
  return {
    ...{ given, put, forgetPins, money, needsSecond, alone },
    /** Minor units, null unless it may go. */
    amount: fits,
    text: whole ? typed(most, payment) : text,
    write: (next: string) => {
      setText(next);
      forgetPins();
    },
    /** The amount written out for a button; an ellipsis while there is none. */
    written: fits === null ? '…' : money(fits),
    above: needsSecond && limit !== null ? money(limit) : null,
    tooMuch: tooMuch ? say('refunds.amount-large', { amount: money(most) }) : null,
    /** What is missing before it can be sent, in words; null when nothing is. */
    missing: (): string | null => {
      if (tooMuch) return say('refunds.amount-large', { amount: money(most) });
      if (fits === null) return say('refunds.amount-wrong');
      return missingOf(given, { own: shop.setting.staff.code, alone, needsSecond, say });
    },
    /** The body's part; a second manager is named only where one is needed. */
    signed: () => ({
      pin: given.pin,
      ...(needsSecond
        ? { approver: { staffCode: given.secondCode.trim(), pin: given.secondPin } }
        : {}),
    }),
  };
}
export type Amount = ReturnType<typeof useAmount>;

type Wanted = {
  readonly own: string;
  readonly alone: boolean;
  readonly needsSecond: boolean;
  readonly say: Say;
};

function missingOf(given: StepUp, { own, alone, needsSecond, say }: Wanted): string | null {
  if (alone && given.pin === '') return say('refunds.pin-missing');
  if (!needsSecond) return null;
  const second = given.secondCode.trim();
  if (second === '' || given.secondPin === '') return say('refunds.second-missing');
  return second === own ? say('refunds.second-self') : null;
}
