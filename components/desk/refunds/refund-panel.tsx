'use client';
/** One sale at the refund desk: what may go back, how to give it, and what became of it. */
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { NoAnswer } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { lookOf, walletName } from '@/components/live/words';
import { Button, buttonLook } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import type { RefundDesk } from '@/lib/contract-refunds';
import { Outlook } from './outlook';
import { refundDeskQuery } from './refund-calls';
import { RefundForm } from './refund-form';
import { RefundProgress } from './refund-progress';
import { SettleForm } from './settle-form';
import { SettlementList } from './settlement-list';
import { TestReminder } from './test-money';

export function RefundPanel({ id }: { readonly id: string }) {
  const { say, language } = useReading();
  const { data, error, refetch } = useQuery(refundDeskQuery(id, language));
  if (data !== undefined) return <Shown desk={data} />;
  if (error === null) {
    return (
      <Pane>
        <p role="status" className="text-body text-ink-soft">
          {say('history.loading')}
        </p>
      </Pane>
    );
  }
  const missing = error instanceof NoAnswer && error.problem?.code === 'not-found';
  return (
    <Pane>
      <p role="alert" className="text-body">
        {say(missing ? 'detail.not-found' : 'refunds.failed')}
      </p>
      {!missing && <Button onClick={() => void refetch()}>{say('history.again')}</Button>}
    </Pane>
  );
}

/** Where nothing is chosen yet. */
export function NoSaleChosen() {
  const { say } = useReading();
  return (
    <Pane bare>
      <p className="text-body text-ink-soft">{say('refunds.choose')}</p>
    </Pane>
  );
}

type PaneProps = { readonly children: ReactNode; readonly bare?: boolean };

function Pane({ children, bare = false }: PaneProps) {
  const { say } = useReading();
  return (
    <div className="flex grow flex-col gap-4 rounded-large border border-line bg-panel p-4 wide:min-h-0 wide:overflow-y-auto">
      {!bare && (
        <div>
          <Link href="/refunds" className={buttonLook('bare')}>
            <Icon name="backward" />
            {say('refunds.back')}
          </Link>
        </div>
      )}
      {children}
    </div>
  );
}

function Shown({ desk }: { readonly desk: RefundDesk }) {
  const { say } = useReading();
  const { payment, outlook, refunds, settlements } = desk;
  const newestFirst = [...refunds].reverse();
  return (
    <Pane>
      <Head desk={desk} />
      <TestReminder payment={payment} bare />
      {outlook.blockedBy === null ? (
        <RefundForm key={payment.id} payment={payment} outlook={outlook} />
      ) : (
        <Outlook payment={payment} outlook={outlook} asked={null} />
      )}
      {newestFirst.length > 0 && (
        <section aria-label={say('detail.refunds')} className="flex flex-col gap-2">
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
