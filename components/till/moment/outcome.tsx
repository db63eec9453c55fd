'use client';
import Link from 'next/link';
import { useRef } from 'react';
import { PrintReceipt, ReceiptQr } from '@/components/live/receipt/hand-over';
import { useShop } from '@/components/live/shop';
import { useFailureText } from '@/components/live/use-failure-text';
import { reviewAdvice, walletName } from '@/components/live/words';
import { Button, buttonLook } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { KeyHint } from '@/components/ui/key-hint';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import { hasReceipt } from '@/lib/receipt-paper';
import { useAboveKeys } from './above-keys';
import { Face } from './face';

type Props = { readonly payment: PaymentView; readonly onClose: () => void };

/** Green, and only because the server said so. The next digit takes its place. */
export function Paid({ payment, onClose }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const amount = shop.amount(payment.amount, payment.currency);
  const part = useRef<HTMLDivElement>(null);
  const height = useAboveKeys(part);
  return (
    <Face
      marks={{ state: payment.state, paymentId: payment.id }}
      tone="green"
      label={say('payment.label')}
    >
      <div
        ref={part}
        style={height === null ? undefined : { height }}
        className={`flex min-h-0 flex-col gap-2 ${height === null ? 'grow' : 'shrink-0 overflow-y-auto'}`}
      >
        <div className="flex grow flex-col items-center justify-center gap-2 text-center">
          <Icon name="paid" className="size-12 wide:size-16" />
          <h2 className="text-head font-semibold">
            {say('payment.paid-with', { wallet: walletName(payment, say) })}
          </h2>
          <p
            className={`font-semibold ${amount.length <= 9 ? 'text-amount' : 'text-figure'} ${
              amount.length <= 11 ? 'wide:text-loud' : 'wide:text-amount'
            }`}
          >
            {amount}
          </p>
          <p className="text-lead">{shop.second(payment.paidAt ?? payment.createdAt)}</p>
          {!payment.confirmed && (
            <p className="text-small" data-testid="confirming">
              {say('payment.confirming-small')}
            </p>
          )}
          <Reference payment={payment} />
        </div>
        <PaidWays payment={payment} onClose={onClose} />
      </div>
    </Face>
  );
}

/** What may follow, quietly; the next digit needs none of it. */
function PaidWays({ payment, onClose }: Props) {
  const { say } = useReading();
  return (
    <div className="flex items-end gap-2 mirrored:flex-row-reverse">
      {hasReceipt(payment) && <ReceiptQr payment={payment} />}
      <div className="flex grow flex-wrap items-center justify-end gap-2 mirrored:justify-start">
        <p className="hidden px-2 text-small tablet:block">{say('payment.next-sale')}</p>
        {hasReceipt(payment) && <PrintReceipt payment={payment} loudness="fill" />}
        <Button loudness="fill" data-key="Enter Escape" onClick={onClose}>
          {say('payment.done')}
          <KeyHint keys="↵" />
        </Button>
      </div>
    </div>
  );
}

const LAST = 4;

function Reference({ payment }: Pick<Props, 'payment'>) {
  const { say } = useReading();
  const number = payment.walletNumber ?? payment.qfpayNumber;
  if (number === null || number.length < LAST) return null;
  return <p className="text-small">{say('payment.reference', { digits: number.slice(-LAST) })}</p>;
}

/** Another payment of the sale came in while this one is open: charging on would be twice. */
export function PaidMeanwhile({ payment }: Pick<Props, 'payment'>) {
  const { say } = useReading();
  const shop = useShop();
  const amount = shop.amount(payment.amount, payment.currency);
  return (
    <p
      role="alert"
      data-testid="paid-meanwhile"
      className="mb-4 flex items-center gap-3 rounded-large border-2 border-stop bg-stop-wash p-3 text-lead font-semibold text-stop"
    >
      <Icon name="stop" className="size-8" />
      {say('payment.paid-meanwhile', { amount, wallet: walletName(payment, say) })}
    </p>
  );
}

type UnpaidProps = Props & {
  readonly checkedAt: number;
  /** Another payment of the same sale can still be paid: then it is not safe to charge again. */
  readonly watched: boolean;
};

/** Not paid, and safe to charge again; the amount is kept, so the tiles stand beside this. */
export function Unpaid({ payment, onClose, checkedAt, watched }: UnpaidProps) {
  const { say } = useReading();
  const shop = useShop();
  const failed = payment.state === 'failed';
  const next = failed ? 'payment.failed-next' : 'payment.closed-next';
  const why = useFailureText(payment.failure);
  return (
    <Face
      marks={{ state: payment.state, paymentId: payment.id }}
      tone={failed ? 'stop' : 'plain'}
      label={say('payment.label')}
      whole={false}
    >
      <div className="flex items-start gap-3">
        <Icon
          name={failed ? 'stop' : 'closed'}
          className={`size-8 ${failed ? 'text-stop' : 'text-ink-soft'}`}
        />
        <div className="flex min-w-0 grow flex-col gap-1">
          <h2 className={`text-head font-semibold ${failed ? 'text-stop' : ''}`}>
            {say(failed ? 'payment.failed' : 'payment.closed')}
          </h2>
          {failed && <p className="text-lead">{why}</p>}
          {!failed && (
            <p className="text-lead">
              {say('payment.closed-checked', { time: shop.second(checkedAt) })}
            </p>
          )}
          <p className={`text-body ${watched ? 'font-semibold text-unknown' : 'text-ink-soft'}`}>
            {say(watched ? 'payment.closed-watched' : next)}
          </p>
          <p className="text-small text-ink-soft">
            {shop.amount(payment.amount, payment.currency)} · {walletName(payment, say)}
            {!failed && why !== '' && ` · ${why}`}
          </p>
        </div>
        <CloseButton onClose={onClose} />
      </div>
    </Face>
  );
}

type BannerProps = {
  readonly payment: PaymentView;
  readonly onClose: () => void;
};

/** Late money and contradictions: amber or red across the pane until somebody has read it. */
export function Banner({ payment, onClose }: BannerProps) {
  const { say } = useReading();
  const shop = useShop();
  const review = payment.review;
  const amount = shop.amount(payment.amount, payment.currency);
  return (
    <div
      role="alert"
      data-testid={review === null ? 'late-money' : 'review'}
      data-payment-id={payment.id}
      className={`flex flex-wrap items-start gap-3 rounded-large border-2 p-3 tablet:flex-nowrap ${
        review === null
          ? 'border-unknown bg-unknown-wash text-unknown'
          : 'border-stop bg-stop-wash text-stop'
      }`}
    >
      <Icon name={review === null ? 'late' : 'person'} />
      <div className="flex min-w-0 flex-1 flex-col">
        <strong className="text-body">
          {say(review === null ? 'payment.late' : 'payment.review')} · {amount}
        </strong>
        <span className="text-small text-ink">
          {review === null
            ? say('payment.late-do', { amount })
            : `${say(`review.${review}`)} ${reviewAdvice(payment, say, shop.amount)}`}
        </span>
      </div>
      <div className="flex w-full justify-end gap-2 tablet:w-auto">
        <Link href={`/history/${payment.id}`} className={buttonLook('quiet')}>
          {say('payment.show')}
        </Link>
        <CloseButton onClose={onClose} />
      </div>
    </div>
  );
}

function CloseButton({ onClose }: { readonly onClose: () => void }) {
  const { say } = useReading();
  return (
    <button
      type="button"
      className={buttonLook('bare')}
      aria-label={say('payment.close')}
      onClick={onClose}
    >
      <Icon name="close" />
    </button>
  );
}
