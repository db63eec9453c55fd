'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { recentQuery } from '@/components/live/queries';
import { useShop } from '@/components/live/shop';
import { lookOf, walletName } from '@/components/live/words';
import { Chip } from '@/components/ui/chip';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import { isLive } from '@/lib/payment';
import { Elsewhere } from './elsewhere';

type Props = {
  readonly counter: string;
  /** Brings a payment that is still open back in front. */
  readonly onShow: (paymentId: string) => void;
  readonly busy: boolean;
};

/** The last sales of this counter, each with what the server last said of it. */
export function RecentStrip({ counter, onShow, busy }: Props) {
  const { say } = useReading();
  const { data, isPending } = useQuery(recentQuery(counter));
  const payments = data ?? [];
  return (
    <section
      aria-label={say('recent.label')}
      className="flex min-h-touch items-stretch overflow-hidden border-t border-line bg-panel"
    >
      {payments.length === 0 ? (
        <p className="self-center px-4 text-small text-ink-soft">
          {say(isPending ? 'recent.loading' : 'recent.empty')}
        </p>
      ) : (
        <ul className="grid grow grid-cols-1 tablet:grid-cols-3 wide:grid-cols-5">
          {payments.map((payment, place) => (
            <li key={payment.id} className={SHOWN[place] ?? 'hidden'}>
              <Sale payment={payment} onShow={onShow} />
            </li>
          ))}
        </ul>
      )}
      <span className="ml-auto flex items-center">
        <Elsewhere counter={counter} busy={busy} onShow={onShow} />
      </span>
    </section>
  );
}

/** A phone has room for the last one, a tablet upright for three. */
const SHOWN = [
  'flex',
  'hidden tablet:flex',
  'hidden tablet:flex',
  'hidden wide:flex',
  'hidden wide:flex',
];

const ROW =
  'flex min-h-touch w-full flex-col justify-center rounded-none border-r border-line px-4 py-2 ' +
  'text-small transition-colors duration-press pressed:duration-0 pressed:bg-line';

function Sale({ payment, onShow }: { readonly payment: PaymentView } & Pick<Props, 'onShow'>) {
  const { say } = useReading();
  const shop = useShop();
  const { word, tone, icon } = lookOf(payment);
  const row = (
    <>
      <span className="flex w-full items-center justify-between gap-2">
        <span className="text-ink-soft">{shop.minute(payment.createdAt)}</span>
        <span className="font-semibold">{shop.amount(payment.amount, payment.currency)}</span>
      </span>
      <span className="flex w-full items-center justify-between gap-2">
        <span className="overflow-hidden text-ellipsis whitespace-nowrap text-ink-soft">
          {walletName(payment, say)}
        </span>
        <Chip bare tone={tone} icon={icon} word={say(word)} />
      </span>
    </>
  );
  const marks = {
    'data-testid': 'recent-sale',
    'data-state': payment.state,
    'data-payment-id': payment.id,
    className: ROW,
  };
  return isLive(payment.state) ? (
    <button type="button" {...marks} onClick={() => onShow(payment.id)}>
      {row}
    </button>
  ) : (
    <Link {...marks} href={`/history/${payment.id}`}>
      {row}
    </Link>
  );
}
