'use client';
/** Records what the shop gave back by other means. Nothing of it goes to QFPay. */
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import type { RefundOutlookView, SettlementAnswer } from '@/lib/contract-refunds';
import { SETTLED_BY } from '@/lib/settlement';
import { postSettlement } from './refund-calls';
import { StepUpFields } from './step-up';
import { useGiving } from './use-giving';
import { useAmount } from './use-step-up';

type Props = { readonly payment: PaymentView; readonly outlook: RefundOutlookView };
type How = (typeof SETTLED_BY)[number];

export function SettleForm({ payment, outlook }: Props) {
  const { say } = useReading();
  const { of, said, put, submit, busy, says } = useSettleForm({ payment, outlook });
  return (
    <form onSubmit={submit} autoComplete="off" data-testid="settle-form" className={FORM}>
      <p className="text-body text-ink-soft">{say('settle.why')}</p>
      <div className="grid grid-cols-1 gap-3 tablet:grid-cols-2">
        <Field
          label={say('refunds.how-much')}
          value={of.text}
          onChange={of.write}
          maxLength={14}
          {...(of.tooMuch === null ? {} : { wrong: of.tooMuch })}
        />
        <HowField how={said.how} onHow={(how) => put({ how })} />
      </div>
      <Field
        label={say('refunds.reason')}
        value={said.reason}
        onChange={(reason) => put({ reason })}
        maxLength={200}
      />
      <Field
        label={say('settle.proof')}
        value={said.proof}
        onChange={(proof) => put({ proof })}
        maxLength={100}
      />
      <StepUpFields of={of} />
      <p role="alert" data-testid="settle-says" className="text-body text-stop empty:hidden">
        {says}
      </p>
      <Button loudness="stop" type="submit" wide disabled={busy}>
        {busy ? say('settle.doing') : say('settle.do', { amount: of.written })}
      </Button>
    </form>
  );
}

const FORM = 'flex flex-col gap-3 rounded-large border border-line bg-raised p-4';

const NOTHING = { how: 'cash' as How, reason: '', proof: '' };

function useSettleForm({ payment, outlook }: Props) {
  const { say } = useReading();
  const { busy, says, setSays, give } = useGiving<SettlementAnswer>();
  const of = useAmount({ payment, most: outlook.left, whole: false, limit: outlook.limit });
  const [said, setSaid] = useState(NOTHING);
  const put = (change: Partial<typeof NOTHING>) => setSaid((known) => ({ ...known, ...change }));
  const unsaid = (): string | null => {
    if (said.reason.trim() === '') return say('refunds.reason-missing');
    return said.proof.trim() === '' ? say('settle.proof-missing') : of.missing();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const { amount } = of;
    const wrong = of.tooMuch ?? unsaid();
    if (wrong !== null || amount === null) {
      setSays(wrong ?? say('refunds.amount-wrong'));
      return;
    }
    const signed = of.signed();
    const body = { amount, how: said.how, reason: said.reason.trim(), proof: said.proof.trim() };
    const answer = await give({
      entry: JSON.stringify([payment.id, body, signed.approver?.staffCode]),
      send: (key) => postSettlement(payment.id, { ...body, ...signed }, key),
    });
    of.forgetPins();
    if (answer !== null) setSaid(NOTHING);
  };
  return { of, said, put, submit, busy, says };
}

type HowProps = { readonly how: How; readonly onHow: (how: How) => void };

function HowField({ how, onHow }: HowProps) {
  const { say } = useReading();
  return (
    <label className="flex flex-col gap-1">
      <span className="text-small text-ink-soft">{say('settle.how')}</span>
      <select
        className="min-h-touch border border-line bg-raised px-3 text-body"
        value={how}
        onChange={(event) => {
          const chosen = SETTLED_BY.find((each) => each === event.target.value);
          if (chosen !== undefined) onHow(chosen);
        }}
      >
        {SETTLED_BY.map((each) => (
          <option key={each} value={each}>
            {say(`settle.by.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
