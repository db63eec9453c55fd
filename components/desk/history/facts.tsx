'use client';
import { useShop } from '@/components/live/shop';
import { type Say, useReading } from '@/components/ui/language';
import type { PaymentDetail, PaymentView } from '@/lib/contract';
import { Copy } from '../copy';

type Props = { readonly detail: PaymentDetail };
type Fact = {
  readonly name: string;
  readonly value: string | null;
  /** A number that somebody will want elsewhere. */
  readonly copies?: true;
};

/** What a payment is, fact by fact; its numbers can be taken along. */
export function Facts({ detail: { payment, sale, people } }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const money = (minor: number) => shop.amount(minor, payment.currency);
  const named = people[payment.staff];
  const facts: readonly Fact[] = [
    {
      name: say('detail.created'),
      value: `${shop.day(payment.createdAt)}${shop.second(payment.createdAt).slice(5)}`,
    },
    {
      name: say('detail.paid'),
      value: payment.paidAt === null ? null : shop.second(payment.paidAt),
    },
    { name: say('detail.mode'), value: say(payment.mode === 'MPM' ? 'detail.mpm' : 'detail.cpm') },
    { name: say('detail.note'), value: sale.note },
    { name: say('history.counter'), value: payment.counter },
    {
      name: say('history.staff'),
      value: named === undefined ? payment.staff : `${named} (${payment.staff})`,
    },
    {
      name: say('detail.refunded'),
      value: payment.refundedAmount === 0 ? null : money(payment.refundedAmount),
    },
    {
      name: say('settle.list'),
      value: payment.settledAmount === 0 ? null : money(payment.settledAmount),
    },
    { name: say('detail.refundable'), value: refundable(payment, say, money) },
    { name: say('detail.our-number'), value: payment.id, copies: true },
    { name: say('detail.qfpay-number'), value: payment.qfpayNumber, copies: true },
    { name: say('detail.wallet-number'), value: payment.walletNumber, copies: true },
    { name: say('detail.sale'), value: sale.id, copies: true },
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr_auto] items-center gap-x-4 gap-y-1 text-small">
      {facts.map(({ name, value, copies }) =>
        value === null || value === '' ? null : (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className={`min-w-0 select-text break-all ${copies ? '' : 'col-span-2'}`}>
              {value}
            </dd>
            {copies && (
              <dd>
                <Copy name={name} value={value} />
              </dd>
            )}
          </div>
        ),
      )}
    </dl>
  );
}

/** How much can go back, or why nothing can; null before anything was paid. */
function refundable(
  { state, refundableAmount, refundBlockedBy }: PaymentView,
  say: Say,
  money: (minor: number) => string,
): string | null {
  if (state !== 'paid' || refundBlockedBy === 'not-paid') return null;
  const amount = money(refundableAmount);
  return refundBlockedBy === null
    ? amount
    : `${amount} · ${say(`refund-block.${refundBlockedBy}`)}`;
}
