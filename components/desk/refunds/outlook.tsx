'use client';
import { useShop } from '@/components/live/shop';
import type { Tone } from '@/components/ui/chip';
import { TONE_TEXT } from '@/components/ui/chip';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import type { RefundOutlookView } from '@/lib/contract-refunds';

type Props = {
  readonly payment: PaymentView;
  readonly outlook: RefundOutlookView;
  /** What is about to go back, minor units; null while it is not known. */
  readonly asked: number | null;
};

/** All that is known before the tap: how much, why not, by when, and when it would be sent. */
export function Outlook({ payment, outlook, asked }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const { blockedBy, until, sendsAt, parts, takings } = outlook;
  const money = (minor: number) => shop.amount(minor, payment.currency);
  const left = say('refunds.left', {
    amount: money(outlook.refundable),
    paid: money(payment.amount),
  });
  if (blockedBy !== null) {
    return (
      <div data-testid="outlook" data-blocked={blockedBy} className="flex flex-col gap-2">
        <p className="text-lead font-semibold">{left}</p>
        <Note tone="stop">{say(`refunds.block.${blockedBy}`)}</Note>
      </div>
    );
  }
  const amount = asked ?? outlook.refundable;
  return (
    <div data-testid="outlook" className="flex flex-col gap-2">
      <p className="text-lead font-semibold">{left}</p>
      {until !== null && (
        <Note tone="plain">{say('refunds.until', { time: until.slice(0, 10) })}</Note>
      )}
      {sendsAt !== null && (
        <>
          <Note tone="waiting">{say('refunds.deferred', { time: shop.day(sendsAt) })}</Note>
          <Note tone="unknown">{say('refunds.empty-day')}</Note>
        </>
      )}
      {sendsAt === null && amount > takings && (
        <Note tone="unknown">
          {say('refunds.takings', {
            takings: money(takings),
            time: shop.day(outlook.takingsSince),
            amount: money(amount),
          })}
        </Note>
      )}
      {parts === 'no' && <Note tone="unknown">{say('refunds.whole-only')}</Note>}
      {parts === 'unknown' && asked !== null && asked < outlook.refundable && (
        <Note tone="unknown">{say('refunds.parts-unknown')}</Note>
      )}
    </div>
  );
}

function Note({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return <p className={`text-body ${TONE_TEXT[tone]}`}>{children}</p>;
}
