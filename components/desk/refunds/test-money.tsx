'use client';
/**
 * In the test environment customers pay with real money that never reaches the shop (protocol.md
 * §2.1). This says how much of it is still out, and leads to each sale with one tap. Everywhere
 * else it is nothing at all.
 */
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useShop } from '@/components/live/shop';
import { walletName } from '@/components/live/words';
import { buttonLook } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import { testMoneyQuery } from './refund-calls';

const leftOf = ({ amount, refundedAmount, settledAmount }: PaymentView): number =>
  amount - refundedAmount - settledAmount;

export function TestMoney() {
  const { say } = useReading();
  const shop = useShop();
  const isTest = shop.setting.environment === 'test';
  const { data } = useQuery({ ...testMoneyQuery, enabled: isTest });
  if (!isTest || data === undefined || !data.applies) return null;
  if (data.count === 0) {
    return (
      <p data-testid="test-money" data-count="0" className="text-body text-paid">
        {say('test-money.none')}
      </p>
    );
  }
  const filling = { amount: shop.amount(data.amount, data.currency), count: data.count };
  return (
    <section
      data-testid="test-money"
      data-count={data.count}
      aria-label={say('test-money.title', filling)}
      className="flex flex-col gap-2 rounded-large border border-line bg-stop-wash p-3"
    >
      <p className="text-body font-semibold text-stop">{say('test-money.title', filling)}</p>
      {data.more && <p className="text-body text-stop">{say('test-money.more', filling)}</p>}
      <p className="text-body">{say('test-money.why')}</p>
      <ul className="flex flex-col">
        {data.payments.map((payment) => (
          <Kept key={payment.id} payment={payment} />
        ))}
      </ul>
    </section>
  );
}

function Kept({ payment }: { readonly payment: PaymentView }) {
  const { say } = useReading();
  const shop = useShop();
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-t border-line py-1">
      <span className="text-body">
        {shop.day(payment.paidAt ?? payment.createdAt)} · {walletName(payment, say)}
      </span>
      <RefundLink payment={payment} />
    </li>
  );
}

function RefundLink({ payment }: { readonly payment: PaymentView }) {
  const { say } = useReading();
  const shop = useShop();
  const amount = shop.amount(leftOf(payment), payment.currency);
  return (
    <Link href={`/refunds/${payment.id}`} className={buttonLook('stop')}>
      {say('refunds.do', { amount })}
    </Link>
  );
}

type ReminderProps = {
  readonly payment: PaymentView;
  /** The way to refund it is on this very screen. */
  readonly bare?: boolean;
};

/** On every paid trial sale that has not gone back whole. */
export function TestReminder({ payment, bare = false }: ReminderProps) {
  const { say } = useReading();
  const { environment } = useShop().setting;
  if (environment !== 'test' || payment.state !== 'paid' || leftOf(payment) <= 0) return null;
  return (
    <div
      data-testid="test-reminder"
      className="flex flex-wrap items-center justify-between gap-3 rounded-large bg-stop-wash p-3"
    >
      <p className="text-body text-stop">{say('test-money.this')}</p>
      {!bare && <RefundLink payment={payment} />}
    </div>
  );
}
