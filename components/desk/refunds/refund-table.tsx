'use client';
import Link from 'next/link';
import { useShop } from '@/components/live/shop';
import { walletName } from '@/components/live/words';
import { Chip } from '@/components/ui/chip';
import { useReading } from '@/components/ui/language';
import type { RefundRecord } from '@/lib/contract-refunds';
import { stepLook, stepOf } from './steps';

type Props = { readonly refunds: readonly RefundRecord[]; readonly chosen: string | null };

const HEAD = 'px-3 py-2 text-small font-semibold text-ink-soft whitespace-nowrap';
const CELL = 'px-3 py-2 whitespace-nowrap';
const ROOMY = 'hidden tablet:table-cell';

export function RefundTable({ refunds, chosen }: Props) {
  const { say } = useReading();
  return (
    <table className="w-full border-collapse text-body">
      <thead className="sticky top-0 z-10 bg-panel">
        <tr className="border-b border-line text-left">
          <th className={HEAD}>{say('refunds.asked')}</th>
          <th className={`${HEAD} text-right`}>{say('refunds.amount')}</th>
          <th className={HEAD}>{say('refunds.state')}</th>
          <th className={`${HEAD} ${ROOMY}`}>{say('refunds.wallet')}</th>
          <th className={`${HEAD} ${ROOMY}`}>{say('refunds.by')}</th>
        </tr>
      </thead>
      <tbody>
        {refunds.map((each) => (
          <Row key={each.refund.id} record={each} isChosen={each.payment.id === chosen} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { readonly record: RefundRecord; readonly isChosen: boolean };

function Row({ record: { refund, payment }, isChosen }: RowProps) {
  const { say } = useReading();
  const shop = useShop();
  const step = stepOf(refund);
  const time = shop.day(refund.createdAt);
  const amount = shop.amount(refund.amount, refund.currency);
  const word = say(`refunds.step.${step}`);
  const fires =
    refund.wakesAt === null ? '' : say('refunds.fires', { time: shop.day(refund.wakesAt) });
  return (
    <tr
      data-testid="refund-row"
      data-step={step}
      data-refund-id={refund.id}
      className={`relative h-touch border-b border-line transition-colors duration-press ${
        isChosen ? 'bg-accent-wash' : 'active:bg-line'
      }`}
    >
      <td className={CELL}>
        <Link
          href={`/refunds/${payment.id}`}
          aria-current={isChosen ? 'true' : undefined}
          aria-label={`${time} ${amount}, ${word} ${fires}`}
          className="after:absolute after:inset-0"
        >
          {time}
        </Link>
      </td>
      <td className={`${CELL} text-right font-semibold`}>{amount}</td>
      <td className={CELL}>
        <Chip bare {...stepLook(step)} word={word} />
        {fires !== '' && <span className="block text-small text-waiting">{fires}</span>}
      </td>
      <td className={`${CELL} ${ROOMY}`}>{walletName(payment, say)}</td>
      <td className={`${CELL} ${ROOMY}`}>{refund.staff}</td>
    </tr>
  );
}
