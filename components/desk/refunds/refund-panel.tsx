'use client';
/** One sale at the refund desk: what may go back, how to give it, and what became of it. */
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useShop } from '@/components/live/shop';
import { lookOf, walletName } from '@/components/live/words';
import { buttonLook } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import type { RefundDesk } from '@/lib/contract-refunds';
import { AbsentPayment, Pane } from '../absent';
import { Outlook } from './outlook';
import { refundDeskQuery } from './refund-calls';
import { RefundForm } from './refund-form';
import { RefundProgress } from './refund-progress';
import { SettleForm } from './settle-form';
import { SettlementList } from './settlement-list';
import { TestReminder } from './test-money';

export function RefundPanel({ id }: { readonly id: string }) {
  const { language } = useReading();
  const { data, error, refetch } = useQuery(refundDeskQuery(id, language));
  if (data !== undefined) return <Shown desk={data} />;
  return (
    <Pane>
      <Way />
      <AbsentPayment error={error} failed="refunds.failed" onAgain={() => void refetch()} />
    </Pane>
  );
}

/** Where nothing is chosen yet. */
export function NoSaleChosen() {
  const { say } = useReading();
  return (
    <Pane>
      <p className="text-body text-ink-soft">{say('refunds.choose')}</p>
    </Pane>
  );
}

/** Back to the list, which is not there for whoever needs a hand. */
function Way() {
  const { say } = useReading();
  const { role } = useShop().setting.staff;
  if (!can(role, 'refund')) return null;
  return (
    <div>
      <Link href="/refunds" className={buttonLook('bare')}>
        <Icon name="backward" />
        {say('refunds.back')}
      </Link>
    </div>
  );
}

function Shown({ desk }: { readonly desk: RefundDesk }) {
  const { say } = useReading();
  const { payment, outlook, refunds, settlements } = desk;
  const newestFirst = [...refunds].reverse();
  return (
    <Pane>
      <Way />
      <Head desk={desk} />
      <TestReminder payment={payment} bare />
      {outlook.blockedBy === null ? (
        <RefundForm key={payment.id} payment={payment} outlook={outlook} />
      ) : (
        <Outlook payment={payment} outlook={outlook} asked={null} />
      )}
      {newestFirst.length > 0 && (
        <section className="flex flex-col gap-2">
          <h2 className="text-lead font-semibold">{say('detail.refunds')}</h2>
          <ul className="flex flex-col border-t border-line">
            {newestFirst.map((refund) => (
              <RefundProgress key={refund.id} refund={refund} />
            ))}
          </ul>
        </section>
      )}
      <SettlementList settlements={settlements} />
      {outlook.left > 0 && outlook.blockedBy !== 'refunded-outside' && <AnotherWay desk={desk} />}
    </Pane>
  );
}

function Head({ desk: { payment, sale } }: { readonly desk: RefundDesk }) {
  const { say } = useReading();
  const shop = useShop();
  const look = lookOf(payment);
  return (
    <header className="flex flex-col gap-2" data-testid="refund-desk" data-payment-id={payment.id}>
      <p className="text-figure font-semibold">{shop.amount(payment.amount, payment.currency)}</p>
      <p className="flex flex-wrap items-center gap-3">
        <Chip tone={look.tone} icon={look.icon} word={say(look.word)} />
        <span className="text-body">{walletName(payment, say)}</span>
        <span className="text-body">{shop.day(payment.paidAt ?? payment.createdAt)}</span>
      </p>
      <p className="flex flex-wrap gap-x-3 text-small text-ink-soft">
        <span>
          {say('history.counter')} {payment.counter}
        </span>
        <span>
          {say('history.staff')} {payment.staff}
        </span>
        {sale.note !== null && sale.note !== '' && <span>{sale.note}</span>}
        <span className="select-text break-all">{payment.id}</span>
      </p>
      <div>
        <Link href={`/history/${payment.id}`} className={buttonLook('bare')}>
          <Icon name="list" />
          {say('refunds.see-sale')}
        </Link>
      </div>
    </header>
  );
}

/** Open at once where it is the only way; else behind a word. */
function AnotherWay({ desk: { payment, outlook } }: { readonly desk: RefundDesk }) {
  const { say } = useReading();
  const only = outlook.blockedBy !== null && outlook.blockedBy !== 'unconfirmed';
  return (
    <details open={only} className="flex flex-col gap-3">
      <summary className="flex min-h-touch items-center gap-2 text-body font-semibold">
        <Icon name="note" className="size-4 text-ink-soft" />
        {say(only ? 'settle.title' : 'settle.open')}
      </summary>
      <SettleForm key={payment.id} payment={payment} outlook={outlook} />
    </details>
  );
}
