'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { detailQuery } from '@/components/live/queries';
import { NoAnswer } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { useActs } from '@/components/live/use-acts';
import { useFailureText } from '@/components/live/use-failure-text';
import { lookOf, refundedLook, reviewAdvice, walletName } from '@/components/live/words';
import { Button, buttonLook } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Icon } from '@/components/ui/icon';
import { type Say, useReading } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import type { PaymentDetail as Detail, PaymentView } from '@/lib/contract';
import { isLive } from '@/lib/payment';
import { SettlementList } from '../refunds/settlement-list';
import { TestReminder } from '../refunds/test-money';
import { RefundList } from './refund-list';
import { Timeline } from './timeline';

type Props = { readonly id: string };

/** One payment: its facts, and everything that happened to it. */
export function PaymentDetail({ id }: Props) {
  const { say, language } = useReading();
  const { data, error, refetch } = useQuery(detailQuery(id, language));
  if (data !== undefined) return <Shown detail={data} />;
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
        {say(missing ? 'detail.not-found' : 'history.failed')}
      </p>
      {!missing && <Button onClick={() => void refetch()}>{say('history.again')}</Button>}
    </Pane>
  );
}

/** Where nothing is chosen yet. */
export function NothingChosen() {
  const { say } = useReading();
  return (
    <Pane bare>
      <p className="text-body text-ink-soft">{say('detail.choose')}</p>
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
          <Link href="/history" className={buttonLook('bare')}>
            <Icon name="backward" />
            {say('detail.back')}
          </Link>
        </div>
      )}
      {children}
    </div>
  );
}

function Shown({ detail }: { readonly detail: Detail }) {
  const { say } = useReading();
  const shop = useShop();
  const { payment } = detail;
  const look = lookOf(payment);
  const refunded = refundedLook(payment);
  const why = useFailureText(payment.failure);
  return (
    <Pane>
      <header className="flex flex-col gap-2" data-testid="detail" data-state={payment.state}>
        <p className="text-figure font-semibold">{shop.amount(payment.amount, payment.currency)}</p>
        <p className="flex flex-wrap items-center gap-3">
          <Chip tone={look.tone} icon={look.icon} word={say(look.word)} />
          {refunded !== null && refunded.word !== look.word && (
            <Chip tone={refunded.tone} icon={refunded.icon} word={say(refunded.word)} />
          )}
          <span className="text-body">{walletName(payment, say)}</span>
        </p>
        {why !== '' && <p className="text-body text-ink-soft">{why}</p>}
        {payment.review !== null && (
          <p className="text-body text-stop">
            {say(`review.${payment.review}`)} {reviewAdvice(payment, say, shop.amount)}
          </p>
        )}
      </header>
      {isLive(payment.state) && <CheckNow id={payment.id} />}
      <GiveBack payment={payment} />
      <RefundList refunds={detail.refunds} />
      <SettlementList settlements={detail.settlements} />
      <Facts detail={detail} />
      <section aria-label={say('detail.timeline')} className="flex flex-col gap-2">
        <h2 className="text-lead font-semibold">{say('detail.timeline')}</h2>
        <Timeline entries={detail.timeline} />
      </section>
    </Pane>
  );
}

/** The way to the refund desk, for whoever may. */
function GiveBack({ payment }: { readonly payment: PaymentView }) {
  const { say } = useReading();
  const { role } = useShop().setting.staff;
  if (payment.state !== 'paid' || !can(role, 'refund')) return null;
  return (
    <>
      <TestReminder payment={payment} />
      <div>
        <Link href={`/refunds/${payment.id}`} className={buttonLook('quiet')}>
          <Icon name="undo" />
          {say('refunds.open')}
        </Link>
      </div>
    </>
  );
}

function CheckNow({ id }: Props) {
  const { say } = useReading();
  const client = useQueryClient();
  const acts = useActs(id);
  const check = async () => {
    await acts.onCheck();
    await client.invalidateQueries({ queryKey: ['detail', id] });
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button onClick={check} disabled={acts.busy !== null}>
        {say(acts.busy === 'check' ? 'payment.checking-now' : 'payment.check-now')}
      </Button>
      <p role="alert" className="text-body text-stop empty:hidden">
        {acts.refused}
      </p>
    </div>
  );
}

function Facts({ detail: { payment, sale } }: { readonly detail: Detail }) {
  const { say } = useReading();
  const shop = useShop();
  const money = (minor: number) => shop.amount(minor, payment.currency);
  const facts: readonly (readonly [string, string | null])[] = [
    [
      say('detail.created'),
      `${shop.day(payment.createdAt)}${shop.second(payment.createdAt).slice(5)}`,
    ],
    [say('detail.paid'), payment.paidAt === null ? null : shop.second(payment.paidAt)],
    [say('detail.mode'), say(payment.mode === 'MPM' ? 'detail.mpm' : 'detail.cpm')],
    [say('detail.note'), sale.note],
    [say('history.counter'), payment.counter],
    [say('history.staff'), payment.staff],
    [say('detail.refunded'), payment.refundedAmount === 0 ? null : money(payment.refundedAmount)],
    [say('settle.list'), payment.settledAmount === 0 ? null : money(payment.settledAmount)],
    [say('detail.refundable'), refundable(payment, say, money)],
    [say('detail.our-number'), payment.id],
    [say('detail.qfpay-number'), payment.qfpayNumber],
    [say('detail.wallet-number'), payment.walletNumber],
    [say('detail.sale'), sale.id],
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-small">
      {facts.map(([name, value]) =>
        value === null || value === '' ? null : (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="min-w-0 select-text break-all">{value}</dd>
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
