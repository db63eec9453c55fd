'use client';
/**
 * Gives money back: how much, why, and who. The button carries the amount, the PIN is entered for
 * that very amount and is gone when it changes, and nothing is sent that is not said.
 */
import { type FormEvent, useState } from 'react';
import { useAnnounce } from '@/components/ui/announcer';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { PaymentView, RefundAnswer } from '@/lib/contract';
import type { RefundOutlookView } from '@/lib/contract-refunds';
import { Outlook } from './outlook';
import { postRefund } from './refund-calls';
import { StepUpFields } from './step-up';
import { stepOf } from './steps';
import { useGiving } from './use-giving';
import { type Amount, typed, useAmount } from './use-step-up';

type Props = { readonly payment: PaymentView; readonly outlook: RefundOutlookView };

export function RefundForm({ payment, outlook }: Props) {
  const { say } = useReading();
  const { of, reason, setReason, submit, busy, says } = useRefundForm({ payment, outlook });
  return (
    <form onSubmit={submit} autoComplete="off" data-testid="refund-form" className={FORM}>
      <Outlook payment={payment} outlook={outlook} asked={of.amount} />
      <HowMuch of={of} payment={payment} outlook={outlook} />
      <Field label={say('refunds.reason')} value={reason} onChange={setReason} maxLength={200} />
      <StepUpFields of={of} />
      <p role="alert" data-testid="refund-says" className="text-body text-stop empty:hidden">
        {says}
      </p>
      <Button loudness="stop" type="submit" wide disabled={busy}>
        {busy ? say('refunds.doing') : say('refunds.do', { amount: of.written })}
      </Button>
    </form>
  );
}

const FORM = 'flex flex-col gap-3 rounded-large border border-line bg-raised p-4';

function useRefundForm({ payment, outlook }: Props) {
  const { say } = useReading();
  const announce = useAnnounce();
  const { busy, says, setSays, give } = useGiving<RefundAnswer>();
  const { refundable: most, parts, limit } = outlook;
  const of = useAmount({ payment, most, whole: parts === 'no', limit });
  const [reason, setReason] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const { amount } = of;
    const why = reason.trim();
    const wrong = of.tooMuch ?? (why === '' ? say('refunds.reason-missing') : of.missing());
    if (wrong !== null || amount === null) {
      setSays(wrong ?? say('refunds.amount-wrong'));
      return;
    }
    const signed = of.signed();
    const answer = await give({
      entry: JSON.stringify([payment.id, amount, why, signed.approver?.staffCode]),
      send: (key) => postRefund(payment.id, { amount, reason: why, ...signed }, key),
    });
    of.forgetPins();
    if (answer === null) return;
    setReason('');
    of.write(typed(answer.payment.refundableAmount, payment));
    announce(`${of.money(amount)}: ${say(`refunds.step.${stepOf(answer.refund)}`)}`);
  };
  return { of, reason, setReason, submit, busy, says };
}

function HowMuch({ of, payment, outlook }: Props & { readonly of: Amount }) {
  const { say } = useReading();
  const whole = outlook.parts === 'no';
  const all = outlook.refundable;
  return (
    <div className="flex flex-wrap items-end gap-3">
      <div className="min-w-0 grow">
        <Field
          label={say('refunds.how-much')}
          value={of.text}
          onChange={of.write}
          disabled={whole}
          maxLength={14}
          {...(of.tooMuch === null ? {} : { wrong: of.tooMuch })}
        />
      </div>
      {!whole && of.amount !== all && (
        <Button onClick={() => of.write(typed(all, payment))}>
          {say('refunds.all', { amount: of.money(all) })}
        </Button>
      )}
    </div>
  );
}
