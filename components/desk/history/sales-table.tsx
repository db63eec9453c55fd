'use client';
import Link from 'next/link';
import { useShop } from '@/components/live/shop';
import { lookOf, walletName } from '@/components/live/words';
import { Chip } from '@/components/ui/chip';
import { Cut } from '@/components/ui/cut';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';
import { useStaffNames } from './staff-names';
import { ROW_LINK } from './use-keys';

type Props = {
  readonly payments: readonly PaymentView[];
  readonly chosen: string | null;
  /** Where a chosen one is shown. */
  readonly hrefOf: (id: string) => string;
  /** Another list is on its way; this one is the last that was known. */
  readonly dimmed: boolean;
};

const HEAD = 'px-2 py-2 text-small font-semibold text-ink-soft whitespace-nowrap first:pl-3';
const CELL = 'px-2 py-2 whitespace-nowrap first:pl-3';
const ROOMY = 'hidden tablet:table-cell';
/** On a phone the wallet stands under the time and the state under the amount. */
const NARROW = 'block tablet:hidden';

export function SalesTable({ payments, chosen, hrefOf, dimmed }: Props) {
  const { say } = useReading();
  return (
    <table className={`w-full border-collapse text-body ${dimmed ? 'opacity-60' : ''}`}>
      <thead className="sticky top-0 z-10 bg-panel">
        <tr className="border-b border-line text-left">
          <th className={HEAD}>{say('history.time')}</th>
          <th className={`${HEAD} text-right`}>{say('history.amount')}</th>
          <th className={`${HEAD} ${ROOMY}`}>{say('history.wallet')}</th>
          <th className={`${HEAD} ${ROOMY}`}>{say('history.state')}</th>
          <th className={`${HEAD} ${ROOMY}`}>{say('history.counter')}</th>
          <th className={`${HEAD} ${ROOMY}`}>{say('history.staff')}</th>
        </tr>
      </thead>
      <tbody>
        {payments.map((payment) => (
          <Row
            key={payment.id}
            payment={payment}
            href={hrefOf(payment.id)}
            isChosen={payment.id === chosen}
          />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = {
  readonly payment: PaymentView;
  readonly href: string;
  readonly isChosen: boolean;
};

function Row({ payment, href, isChosen }: RowProps) {
  const { say } = useReading();
  const nameOf = useStaffNames();
  const shop = useShop();
  const { word, tone, icon } = lookOf(payment);
  const time = shop.day(payment.createdAt);
  const amount = shop.amount(payment.amount, payment.currency);
  const wallet = walletName(payment, say);
  const state = <Chip bare tone={tone} icon={icon} word={say(word)} />;
  return (
    <tr
      data-testid="sale-row"
      data-state={payment.state}
      data-payment-id={payment.id}
      className={`relative h-touch border-b border-line transition-colors duration-press ${
        isChosen ? 'bg-accent-wash' : 'active:bg-line'
      }`}
    >
      <td className={CELL}>
        <Link
          {...{ [ROW_LINK]: '' }}
          href={href}
          scroll={false}
          prefetch={false}
          aria-current={isChosen ? 'true' : undefined}
          aria-label={`${time} ${amount} ${wallet}, ${say(word)}`}
          className="after:absolute after:inset-0"
        >
          {time}
        </Link>
        <span className={`text-small text-ink-soft ${NARROW}`}>{wallet}</span>
      </td>
      <td className={`${CELL} text-right font-semibold`}>
        {amount}
        <span className={NARROW}>{state}</span>
      </td>
      <td className={`${CELL} ${ROOMY}`}>{wallet}</td>
      <td className={`${CELL} ${ROOMY}`}>{state}</td>
      <td className={`${CELL} ${ROOMY} w-1/8`}>
        <Cut inCell>{payment.counter}</Cut>
      </td>
      <td className={`${CELL} ${ROOMY} w-1/8`}>
        <Cut inCell>{nameOf(payment.staff)}</Cut>
      </td>
    </tr>
  );
}
