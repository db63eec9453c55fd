'use client';
import { useShop } from '@/components/live/shop';
import { useReading } from '@/components/ui/language';
import type { SettlementView } from '@/lib/contract-refunds';

type Props = { readonly settlements: readonly SettlementView[] };

/** What the shop gave back by other means, apart from the refunds: nobody else moved this money. */
export function SettlementList({ settlements }: Props) {
  const { say } = useReading();
  const shop = useShop();
  if (settlements.length === 0) return null;
  return (
    <section aria-label={say('settle.list')} className="flex flex-col gap-2">
      <h2 className="text-lead font-semibold">{say('settle.list')}</h2>
      <ul className="flex flex-col border-t border-line">
        {settlements.map((settlement) => (
          <li
            key={settlement.id}
            data-testid="settlement"
            className="flex flex-col gap-1 border-b border-line py-3"
          >
            <p className="flex flex-wrap items-center justify-between gap-3">
              <span className="text-lead font-semibold">
                {shop.amount(settlement.amount, settlement.currency)}
              </span>
              <span className="text-body">{say(`settle.by.${settlement.how}`)}</span>
            </p>
            <p className="text-body">{settlement.reason}</p>
            {settlement.proof !== '' && (
              <p className="select-text text-body break-all text-ink-soft">{settlement.proof}</p>
            )}
            <p className="flex flex-wrap gap-x-3 text-small text-ink-soft">
              <span>{shop.day(settlement.createdAt)}</span>
              <span>{settlement.staff}</span>
              {settlement.approver !== null && (
                <span>{say('detail.refund-approver', { approver: settlement.approver })}</span>
              )}
              <span className="select-text break-all">{settlement.id}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
