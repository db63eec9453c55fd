'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { detailQuery } from '@/components/live/queries';
import { ReceiptPart } from '@/components/live/receipt/hand-over';
import { useShop } from '@/components/live/shop';
import { useActs } from '@/components/live/use-acts';
import { useFailureText } from '@/components/live/use-failure-text';
import { useMay } from '@/components/live/use-may';
import { lookOf, refundedLook, reviewAdvice, walletName } from '@/components/live/words';
import { Button, buttonLook } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import type { PaymentDetail as Detail, PaymentView } from '@/lib/contract';
import { isLive } from '@/lib/payment';
import { hasReceipt } from '@/lib/receipt-paper';
import { AbsentPayment, Pane } from '../absent';
import { OpenMatter } from '../inbox/open-matter';
import { SettlementList } from '../refunds/settlement-list';
import { TestReminder } from '../refunds/test-money';
import { Facts } from './facts';
import { useNeighbours } from './neighbours';
import { Notes } from './notes';
import { RefundList } from './refund-list';
import { Timeline } from './timeline';

type Props = { readonly id: string };

/** One payment: its facts, and everything that happened to it. */
export function PaymentDetail({ id }: Props) {
  const { language } = useReading();
  const { data, error, refetch } = useQuery(detailQuery(id, language));
  if (data !== undefined) return <Shown detail={data} />;
  return (
    <Pane>
      <Ways />
      <AbsentPayment error={error} failed="history.failed" onAgain={() => void refetch()} />
    </Pane>
  );
}

/** Where nothing is chosen yet. */
export function NothingChosen() {
  const { say } = useReading();
  return (
    <Pane>
      <p className="text-body text-ink-soft">{say('detail.choose')}</p>
    </Pane>
  );
}

/** Back to the list, and to the sales before and after this one in it. */
function Ways() {
  const { say } = useReading();
  const { previous, next, list } = useNeighbours();
  const ways = [
    { href: previous, word: say('detail.previous') },
    { href: next, word: say('detail.next') },
  ];
  return (
    <nav aria-label={say('detail.title')} className="flex flex-wrap gap-2">
      <Link href={list} className={buttonLook('bare')} scroll={false}>
        <Icon name="backward" />
        {say('detail.back')}
      </Link>
      <span className="ml-auto flex gap-2">
        {ways.map(({ href, word }) =>
          href === null ? null : (
            <Link key={word} href={href} className={buttonLook('quiet')} scroll={false}>
              {word}
            </Link>
          ),
        )}
      </span>
    </nav>
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
      <Ways />
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
      <OpenMatter payment={payment} />
      <GiveBack payment={payment} />
      <RefundList refunds={detail.refunds} people={detail.people} />
      <SettlementList settlements={detail.settlements} />
      {hasReceipt(payment) && <ReceiptPart payment={payment} />}
      <Facts detail={detail} />
      <Notes detail={detail} />
      <section aria-label={say('detail.timeline')} className="flex flex-col gap-2">
        <h2 className="text-lead font-semibold">{say('detail.timeline')}</h2>
        <Timeline entries={detail.timeline} people={detail.people} />
      </section>
    </Pane>
  );
}

/** The way to the refund desk, for whoever may or may be helped there. */
function GiveBack({ payment }: { readonly payment: PaymentView }) {
  const { say } = useReading();
  const { role } = useShop().setting.staff;
  const offers = useMay('refund');
  if (payment.state !== 'paid' || !offers) return null;
  return (
    <>
      {can(role, 'refund') && <TestReminder payment={payment} />}
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
