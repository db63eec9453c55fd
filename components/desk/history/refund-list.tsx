'use client';
import { useShop } from '@/components/live/shop';
import { refundLookOf } from '@/components/live/words';
import { Chip } from '@/components/ui/chip';
import { useReading } from '@/components/ui/language';
import type { RefundView } from '@/lib/contract';

/** The names behind staff codes, as far as they are known. */
type People = Readonly<Record<string, string>>;
type Props = { readonly refunds: readonly RefundView[]; readonly people?: People };

/** What went back or is to go back: how much, how far it is, why, by whom and when. */
export function RefundList({ refunds, people = {} }: Props) {
  const { say } = useReading();
  if (refunds.length === 0) return null;
  return (
    <section aria-label={say('detail.refunds')} className="flex flex-col gap-2">
      <h2 className="text-lead font-semibold">{say('detail.refunds')}</h2>
      <ul className="flex flex-col border-t border-line">
        {refunds.map((refund) => (
          <Refund key={refund.id} refund={refund} people={people} />
        ))}
      </ul>
    </section>
  );
}

function Refund({ refund, people }: { readonly refund: RefundView; readonly people: People }) {
  const { say } = useReading();
  const shop = useShop();
  const { word, tone, icon } = refundLookOf(refund);
  const { failure, approver, origin, review } = refund;
  return (
    <li
      data-testid="refund"
      data-state={refund.state}
      data-refund-id={refund.id}
      className="flex flex-col gap-1 border-b border-line py-3"
    >
      <p className="flex flex-wrap items-center justify-between gap-3">
        <span className="text-lead font-semibold">
          {shop.amount(refund.amount, refund.currency)}
        </span>
        <Chip tone={tone} icon={icon} word={say(word)} />
      </p>
      {refund.reason !== '' && <p className="text-body">{refund.reason}</p>}
      {refund.wakesAt !== null && (
        <p className="text-body text-waiting">
          {say('detail.refund-wakes', { time: shop.day(refund.wakesAt) })}
        </p>
      )}
      {failure !== null && <p className="text-body text-ink-soft">{failure.says}</p>}
      {review !== null && <p className="text-body text-stop">{say(`refund-review.${review}`)}</p>}
      <p className="flex flex-wrap gap-x-3 text-small text-ink-soft">
        <span>
          {refund.doneAt === null
            ? say('detail.refund-asked', { time: shop.day(refund.createdAt) })
            : say('detail.refund-done', { time: shop.day(refund.doneAt) })}
        </span>
        <span>
          {origin === 'outside'
            ? say('detail.refund-outside')
            : (people[refund.staff] ?? refund.staff)}
        </span>
        {approver !== null && (
          <span>{say('detail.refund-approver', { approver: people[approver] ?? approver })}</span>
        )}
        <span className="select-text break-all">{refund.id}</span>
      </p>
    </li>
  );
}
