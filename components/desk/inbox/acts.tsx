'use client';
/** What may be done about a matter besides saying what it is: give it back, or ask QFPay now. */
import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { heardRefund, INBOX } from '@/components/live/queries';
import { useShop } from '@/components/live/shop';
import { useActs } from '@/components/live/use-acts';
import { Button, buttonLook } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import type { MatterView } from '@/lib/contract-refunds';
import { isLive } from '@/lib/payment';
import { checkRefund } from '../refunds/refund-calls';

const ENDED = ['done', 'failed'];

export function Acts({ matter }: { readonly matter: MatterView }) {
  const { say } = useReading();
  const shop = useShop();
  const client = useQueryClient();
  const { payment, refunds } = matter;
  const { onCheck, busy, refused } = useActs(payment.id);
  const open = refunds.filter(({ state }) => !ENDED.includes(state));
  const inDoubt = isLive(payment.state) || open.length > 0;
  const left = payment.refundableAmount;
  if (left === 0 && !inDoubt) return null;
  const check = async () => {
    await onCheck();
    for (const { id } of open) {
      const reply = await checkRefund(id);
      if (reply.kind === 'answered') heardRefund(client, reply.value.refund);
    }
    await client.invalidateQueries({ queryKey: [INBOX] });
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      {left > 0 && (
        <Link href={`/refunds/${payment.id}`} className={buttonLook('stop')}>
          {say('inbox.refund-now', { amount: shop.amount(left, payment.currency) })}
        </Link>
      )}
      {inDoubt && (
        <Button onClick={check} disabled={busy !== null}>
          {say(busy === null ? 'inbox.check-now' : 'inbox.checking')}
        </Button>
      )}
      <p role="alert" className="text-body text-stop empty:hidden">
        {refused}
      </p>
    </div>
  );
}
