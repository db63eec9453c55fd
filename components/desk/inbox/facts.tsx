'use client';
/** The two sides of a matter: what this till recorded, and what QFPay said. One table per kind. */
import type { ReactNode } from 'react';
import { useShop } from '@/components/live/shop';
import { lookOf, refundLookOf, stateWord, walletName } from '@/components/live/words';
import { useReading } from '@/components/ui/language';
import type { TimelineView } from '@/lib/contract';
import type { MatterView } from '@/lib/contract-refunds';
import type { Matter } from '@/lib/matters';
import { CURRENCIES } from '@/lib/money';
import { codeOf, sentenceOf } from '../history/timeline-words';

type Props = { readonly matter: MatterView };
type Part = (props: Props) => ReactNode;

/** What of our own record matters to each kind, beside the payment itself. */
const OURS: Record<Matter, readonly Part[]> = {
  late: [Times, SaleAmount, Others],
  'paid-twice': [Times, SaleAmount, Others],
  orphan: [Times],
  'answer-differs': [Times, SaleAmount],
  'paid-then-denied': [Times],
  'reversed-outside': [Times, Returned, Refunds],
  'refunded-outside': [Returned, Refunds],
  'refund-in-doubt': [Returned, Refunds],
  'refunded-too-much': [Returned, Refunds],
  'unresolved-for-a-day': [Times, Others],
};

export function Ours({ matter }: Props) {
  const { say } = useReading();
  const { payment } = matter;
  const parts = OURS[matter.matter];
  return (
    <>
      <Line>{[say(stateWord(payment.state)), payment.counter, payment.staff].join(' · ')}</Line>
      {parts.map((Piece) => (
        <Piece key={Piece.name} matter={matter} />
      ))}
      <p className="select-text text-small break-all text-ink-soft">{payment.id}</p>
    </>
  );
}

function Line({ children }: { readonly children: ReactNode }) {
  return <p className="text-body">{children}</p>;
}

function Times({ matter: { payment } }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const paid =
    payment.paidAt === null ? '' : ` · ${say('detail.paid')} ${shop.day(payment.paidAt)}`;
  return (
    <Line>
      {say('detail.created')} {shop.day(payment.createdAt)}
      {paid}
    </Line>
  );
}

function SaleAmount({ matter: { sale } }: Props) {
  const { say } = useReading();
  const shop = useShop();
  return <Line>{say('inbox.sale-of', { amount: shop.amount(sale.amount, sale.currency) })}</Line>;
}

function Others({ matter: { others } }: Props) {
  const { say } = useReading();
  const shop = useShop();
  return others.map((other) => (
    <Line key={other.id}>
      {say('inbox.other-payment', {
        amount: shop.amount(other.amount, other.currency),
        wallet: walletName(other, say),
        state: say(lookOf(other).word),
        time: shop.day(other.paidAt ?? other.createdAt),
      })}
    </Line>
  ));
}

function Returned({ matter: { payment } }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const money = (minor: number) => shop.amount(minor, payment.currency);
  return (
    <>
      <Line>
        {say('detail.refunded')}: {money(payment.refundedAmount)}
      </Line>
      {payment.settledAmount > 0 && (
        <Line>{say('settle.settled', { amount: money(payment.settledAmount) })}</Line>
      )}
    </>
  );
}

function Refunds({ matter: { refunds } }: Props) {
  const { say } = useReading();
  const shop = useShop();
  return refunds.map((refund) => (
    <Line key={refund.id}>
      {say('inbox.refund', {
        amount: shop.amount(refund.amount, refund.currency),
        state: say(refundLookOf(refund).word),
      })}
      {refund.origin === 'outside' && ` · ${say('detail.refund-outside')}`}
      {refund.review !== null && ` · ${say(`refund-review.${refund.review}`)}`}
    </Line>
  ));
}

/** The last that was heard, with the amount it spoke of where that differs. */
export function Theirs({ matter: { heard, payment } }: Props) {
  const { say } = useReading();
  const shop = useShop();
  if (heard === null) return <Line>{say('inbox.nothing-heard')}</Line>;
  const { source, says, respcd } = heard;
  const entry: TimelineView = {
    seq: 0,
    at: heard.at,
    kind: source === 'notification' || source === 'refund-notice' ? 'notification' : 'answer',
    actor: 'server',
    state: null,
    detail: { source, says, respcd },
  };
  const answer = sentenceOf(entry, { say, amount: shop.amount });
  const currency = CURRENCIES.find((each) => each === heard.currency);
  return (
    <>
      <Line>{say('inbox.heard', { time: shop.day(heard.at), answer })}</Line>
      {heard.amount !== null && (
        <p className="text-body font-semibold text-stop">
          {say('inbox.heard-amount', { amount: shop.amount(heard.amount, currency) })}
        </p>
      )}
      {respcd !== null && <p className="text-small text-ink-soft">{codeOf(entry, say)}</p>}
      {payment.qfpayNumber !== null && (
        <p className="select-text text-small break-all text-ink-soft">{payment.qfpayNumber}</p>
      )}
    </>
  );
}
