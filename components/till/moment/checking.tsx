'use client';
import { useState } from 'react';
import { useServerNow } from '@/components/live/clock';
import { secondsTo } from '@/components/live/countdown';
import { useShop } from '@/components/live/shop';
import type { Acts } from '@/components/live/use-acts';
import { walletName } from '@/components/live/words';
import { Button } from '@/components/ui/button';
import { KeyHint } from '@/components/ui/key-hint';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import { AnotherWay } from './another-way';
import { Face, FaceHead } from './face';
import { ActRefused, ToldByQfpay } from './waiting';

type Props = {
  readonly payment: PaymentView;
  readonly acts: Acts;
  /** Puts this payment aside, still watched, and frees the till. */
  readonly onNextCustomer: () => void;
  /** A manager let the customer pay another way: frees the till for `due` of the same sale. */
  readonly onAnotherWay: (due: number) => void;
};

/**
 * Nobody knows whether the customer paid, or the stop has not been confirmed. There is nothing here
 * that charges again: only a question that can be asked at once.
 */
export function Checking({ payment, acts, onNextCustomer, onAnotherWay }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const cancelling = payment.state === 'cancelling';
  const open = cancelling ? 'payment.cancelling' : 'payment.checking';
  const amount = shop.amount(payment.amount, payment.currency);
  return (
    <Face
      marks={{ state: payment.state, paymentId: payment.id }}
      tone="unknown"
      label={say('payment.label')}
    >
      <FaceHead
        amount={amount}
        icon="unknown"
        tone="text-unknown"
        says={say(payment.abandoned ? 'payment.watched' : open)}
      />
      <div className="mt-4 flex max-w-prose flex-col gap-2 text-lead">
        {!cancelling && !payment.abandoned && <p>{say('payment.checking-why')}</p>}
        {cancelling && <StillValid payment={payment} />}
        <NextCheck payment={payment} asking={acts.busy === 'check'} />
        <ActRefused acts={acts} />
        <ToldByQfpay acts={acts} />
        <p className="text-small text-ink-soft">
          {walletName(payment, say)} · {say('payment.number')} {payment.id}
        </p>
      </div>
      <div className="mt-6">
        <Button data-key="Enter" onClick={acts.onCheck} disabled={acts.busy !== null}>
          {say(acts.busy === 'check' ? 'payment.checking-now' : 'payment.check-now')}
          <KeyHint keys="↵" />
        </Button>
      </div>
      <WaysOn
        payment={payment}
        amount={amount}
        onNextCustomer={onNextCustomer}
        onAnotherWay={onAnotherWay}
      />
    </Face>
  );
}

function StillValid({ payment }: Pick<Props, 'payment'>) {
  const { say } = useReading();
  const shop = useShop();
  const { mode, qrCode, qrExpiresAt } = payment;
  if (mode === 'CPM') return <p>{say('payment.cancelling-code')}</p>;
  if (qrCode === null) return <p>{say('payment.qr-missing')}</p>;
  return (
    <p>
      {qrExpiresAt !== null && say('payment.cancelling-until', { time: shop.second(qrExpiresAt) })}{' '}
      {say('payment.cancelling-then-wallet')}
    </p>
  );
}

type NextProps = Pick<Props, 'payment'> & { readonly asking: boolean };

function NextCheck({ payment, asking }: NextProps) {
  const { say } = useReading();
  const now = useServerNow();
  if (asking) return <p>{say('payment.checking-now')}</p>;
  if (payment.nextCheckAt === null || now === 0) return null;
  const seconds = secondsTo(Date.parse(payment.nextCheckAt), now);
  return (
    <p data-testid="next-check" data-seconds={seconds}>
      {seconds === 0 ? say('payment.checking-now') : say('payment.checking-next', { seconds })}
    </p>
  );
}

type WaysProps = { readonly amount: string } & Pick<
  Props,
  'payment' | 'onNextCustomer' | 'onAnotherWay'
>;

/** The next customer, or another way for this one; both ask first, nothing here charges. */
function WaysOn({ payment, amount, onNextCustomer, onAnotherWay }: WaysProps) {
  const { say } = useReading();
  const [asking, setAsking] = useState<'next-customer' | 'another-way' | null>(null);
  const back = () => setAsking(null);
  if (asking === 'another-way') {
    return (
      <AnotherWay payment={payment} onBack={back} onFreed={({ sale }) => onAnotherWay(sale.due)} />
    );
  }
  if (asking === 'next-customer') {
    return (
      <div className={WAYS}>
        <p className="w-full text-right text-lead font-semibold">
          {say('payment.next-customer-ask', { amount })}
        </p>
        <Button onClick={back}>{say('payment.next-customer-no')}</Button>
        <Button loudness="loud" onClick={onNextCustomer}>
          {say('payment.next-customer-yes')}
        </Button>
      </div>
    );
  }
  return (
    <div className={WAYS}>
      <Button loudness="bare" onClick={() => setAsking('next-customer')}>
        {say('payment.next-customer')}
      </Button>
      {payment.abandoned ? (
        <Button onClick={() => onAnotherWay(payment.amount)}>{say('payment.watched-go')}</Button>
      ) : (
        <Button loudness="bare" onClick={() => setAsking('another-way')}>
          {say('payment.other-way')}
        </Button>
      )}
    </div>
  );
}

const WAYS = 'mt-auto flex flex-wrap justify-end gap-2 pt-6 mirrored:justify-start';
