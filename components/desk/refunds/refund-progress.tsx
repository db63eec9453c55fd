'use client';
/**
 * One refund on its way, followed to its end: queued, sent, processing, done or refused. What waits
 * can be taken back until it is sent; the server says whether it still can.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { heard, heardRefund } from '@/components/live/queries';
import { useShop } from '@/components/live/shop';
import { Button, buttonLook } from '@/components/ui/button';
import { Chip, TONE_TEXT } from '@/components/ui/chip';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import type { RefundView } from '@/lib/contract';
import { withdrawRefund } from './refund-calls';
import { useProblemText } from './step-up';
import { type Step, stepLook, stepOf, wayOf } from './steps';

export function RefundProgress({ refund }: { readonly refund: RefundView }) {
  const { say } = useReading();
  const shop = useShop();
  const step = stepOf(refund);
  const { review, wakesAt, failure } = refund;
  return (
    <li
      data-testid="refund-progress"
      data-step={step}
      data-refund-id={refund.id}
      className="flex flex-col gap-2 border-b border-line py-3"
    >
      <p className="flex flex-wrap items-center justify-between gap-3">
        <span className="text-lead font-semibold">
          {shop.amount(refund.amount, refund.currency)}
        </span>
        <Chip {...stepLook(step)} word={say(`refunds.step.${step}`)} />
      </p>
      <Way step={step} />
      {refund.reason !== '' && <p className="text-body">{refund.reason}</p>}
      <Says step={step} />
      {wakesAt !== null && (
        <p className="text-body text-waiting">
          {say('refunds.fires', { time: shop.day(wakesAt) })}
        </p>
      )}
      {failure !== null && <p className="text-body text-ink-soft">{failure.says}</p>}
      {review !== null && <p className="text-body text-stop">{say(`refund-review.${review}`)}</p>}
      <p className="flex flex-wrap gap-x-3 text-small text-ink-soft">
        <span>{shop.day(refund.createdAt)}</span>
        <span>{refund.origin === 'outside' ? say('detail.refund-outside') : refund.staff}</span>
        {refund.approver !== null && (
          <span>{say('detail.refund-approver', { approver: refund.approver })}</span>
        )}
        <span className="select-text break-all">{refund.id}</span>
      </p>
      <div className="flex flex-wrap gap-2">
        {refund.withdrawable && <TakeBack refund={refund} />}
        {refund.origin === 'counter' && can(shop.setting.staff.role, 'refund') && (
          <a
            href={`/refund-slip/${refund.id}`}
            target="_blank"
            rel="noreferrer"
            className={buttonLook('bare')}
          >
            <Icon name="print" />
            {say('refunds.slip')}
          </a>
        )}
      </div>
    </li>
  );
}

function Way({ step }: { readonly step: Step }) {
  const { say } = useReading();
  return (
    <ol className="flex flex-wrap items-center gap-x-2 text-small" aria-hidden="true">
      {wayOf(step).map((each, place) => (
        <li key={each.step} className="flex items-center gap-2">
          {place > 0 && <Icon name="forward" className="size-4 text-ink-faint" />}
          <span
            className={
              each.step === step
                ? `font-semibold ${TONE_TEXT[stepLook(step).tone]}`
                : each.reached
                  ? 'text-ink'
                  : 'text-ink-soft'
            }
          >
            {say(`refunds.step.${each.step}`)}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What a refusal means its own words say. */
function Says({ step }: { readonly step: Step }) {
  const { say } = useReading();
  if (step === 'refused' || step === 'withdrawn') return null;
  return <p className="text-body text-ink-soft">{say(`refunds.says.${step}`)}</p>;
}

function TakeBack({ refund }: { readonly refund: RefundView }) {
  const { say } = useReading();
  const shop = useShop();
  const client = useQueryClient();
  const textOf = useProblemText();
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState('');
  const takeBack = async () => {
    setBusy(true);
    setSays('');
    const reply = await withdrawRefund(refund.id);
    setBusy(false);
    if (reply.kind === 'answered') {
      heard(client, reply.value.payment);
      heardRefund(client, reply.value.refund);
    } else {
      setSays(reply.kind === 'silent' ? say('problem.no-answer') : textOf(reply.problem));
    }
  };
  const amount = shop.amount(refund.amount, refund.currency);
  return (
    <>
      <Button loudness="stop" onClick={takeBack} disabled={busy}>
        {busy ? say('refunds.taking-back') : say('refunds.take-back', { amount })}
      </Button>
      <p role="alert" className="text-body text-stop empty:hidden">
        {says}
      </p>
    </>
  );
}
