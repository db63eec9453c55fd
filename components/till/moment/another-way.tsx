'use client';
import { type FormEvent, useEffect, useRef } from 'react';
import { useShop } from '@/components/live/shop';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { PaymentAnswer, PaymentView } from '@/lib/contract';
import { useOverride } from '../use-override';

type Props = {
  readonly payment: PaymentView;
  readonly onFreed: (answer: PaymentAnswer) => void;
  readonly onBack: () => void;
};

/**
 * A manager's leave, asked for on the spot: what it means in one sentence, then code and PIN. It
 * says nothing about whether the customer paid; the payment stays watched (money.md T24).
 */
export function AnotherWay({ payment, onFreed, onBack }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const first = useRef<HTMLInputElement>(null);
  const { given, put, own, busy, says, submit } = useOverride(payment, onFreed);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    first.current?.focus();
    // Under a notice the pane is too low for all of it: what is asked now is what is seen.
    form.current?.scrollIntoView({ block: 'end' });
  }, []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) void submit();
  };
  return (
    <form
      ref={form}
      onSubmit={send}
      autoComplete="off"
      data-testid="override"
      className="mt-auto flex flex-col gap-3 pt-6"
    >
      <p className="text-lead font-semibold">
        {say('payment.other-way-ask', { amount: shop.amount(payment.amount, payment.currency) })}
      </p>
      <div className="grid grid-cols-1 gap-3 tablet:grid-cols-2">
        {!own && (
          <Field
            label={say('payment.manager-code')}
            value={given.staffCode}
            onChange={(text) => put('staffCode', text)}
            inputRef={first}
            inputMode="numeric"
            maxLength={16}
          />
        )}
        <Field
          label={say(own ? 'payment.own-pin' : 'payment.manager-pin')}
          value={given.pin}
          onChange={(text) => put('pin', text)}
          {...(own ? { inputRef: first } : {})}
          type="password"
          inputMode="numeric"
          maxLength={64}
        />
      </div>
      <p role="alert" data-testid="override-says" className="text-body text-stop empty:hidden">
        {says}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onBack}>{say('payment.next-customer-no')}</Button>
        <Button loudness="loud" type="submit" disabled={busy}>
          {say('payment.other-way-yes')}
        </Button>
      </div>
    </form>
  );
}
