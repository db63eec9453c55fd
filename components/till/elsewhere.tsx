'use client';
/**
 * What customers may still pay at other counters of this outlet, and the way to go on with one of
 * them here: its own tablet may be broken, empty or carried away.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '@/components/live/dialog';
import { replyText } from '@/components/live/problem-words';
import { heard } from '@/components/live/queries';
import { useLocked } from '@/components/live/screen-lock';
import { listLive, orThrow, pickUpPayment } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { lookOf, walletName } from '@/components/live/words';
import { Button, buttonLook } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import type { PaymentView } from '@/lib/contract';

const ASK_EVERY_MS = 15_000;

type Props = {
  readonly counter: string;
  /** A payment runs here: first that one. */
  readonly busy: boolean;
  readonly onShow: (paymentId: string) => void;
};

/** Nothing stands here while no other counter has an open payment. */
export function Elsewhere({ counter, busy, onShow }: Props) {
  const { say } = useReading();
  const locked = useLocked();
  const [open, setOpen] = useState(false);
  const { data, refetch } = useQuery({
    queryKey: ['live-payments'],
    queryFn: async () => orThrow(await listLive()).payments,
    enabled: !locked,
    refetchInterval: ASK_EVERY_MS,
    refetchOnWindowFocus: 'always',
  });
  const others = (data ?? []).filter((payment) => payment.counter !== counter);
  if (others.length === 0 && !open) return null;
  const close = () => setOpen(false);
  const look = () => {
    void refetch();
    setOpen(true);
  };
  return (
    <>
      <button
        type="button"
        data-testid="elsewhere"
        className={`${buttonLook('bare', true)} shrink-0 text-small`}
        onClick={look}
      >
        <Icon name="till" />
        {say('elsewhere.open', { count: others.length })}
      </button>
      <Dialog open={open} label={say('elsewhere.title')} onClose={close} testId="elsewhere-list">
        <p className="text-body text-ink-soft">{say(busy ? 'elsewhere.busy' : 'elsewhere.text')}</p>
        <Others
          others={others}
          busy={busy}
          onPicked={(id) => {
            close();
            onShow(id);
          }}
        />
        <Button onClick={close}>{say('payment.close')}</Button>
      </Dialog>
    </>
  );
}

type OthersProps = {
  readonly others: readonly PaymentView[];
  readonly busy: boolean;
  readonly onPicked: (paymentId: string) => void;
};

function Others({ others, busy, onPicked }: OthersProps) {
  const { say } = useReading();
  const client = useQueryClient();
  const [wrong, setWrong] = useState('');
  const pick = async (id: string) => {
    setWrong('');
    const reply = await pickUpPayment(id);
    if (reply.kind !== 'answered') {
      setWrong(replyText(reply, say));
      void client.invalidateQueries({ queryKey: ['live-payments'] });
      return;
    }
    heard(client, reply.value.payment);
    onPicked(id);
  };
  return (
    <>
      {others.length === 0 && <p className="text-body">{say('elsewhere.none')}</p>}
      <ul className="flex flex-col gap-2">
        {others.map((payment) => (
          <li key={payment.id}>
            <Other payment={payment} busy={busy} onPick={() => void pick(payment.id)} />
          </li>
        ))}
      </ul>
      <p role="alert" className="text-body text-stop empty:hidden">
        {wrong}
      </p>
    </>
  );
}

type OtherProps = {
  readonly payment: PaymentView;
  readonly busy: boolean;
  readonly onPick: () => void;
};

function Other({ payment, busy, onPick }: OtherProps) {
  const { say } = useReading();
  const shop = useShop();
  const { word, tone, icon } = lookOf(payment);
  return (
    <button
      type="button"
      data-payment-id={payment.id}
      disabled={busy}
      onClick={onPick}
      className="flex min-h-touch w-full flex-col gap-1 border border-line bg-raised p-3 text-left transition-colors duration-press active:bg-line disabled:bg-panel"
    >
      <span className="flex w-full flex-wrap items-center justify-between gap-2">
        <span className="text-lead font-semibold">
          {shop.amount(payment.amount, payment.currency)}
        </span>
        <Chip bare tone={tone} icon={icon} word={say(word)} />
      </span>
      <span className="text-small text-ink-soft">
        {say('status.counter', { counter: payment.counter })} · {walletName(payment, say)} ·{' '}
        {shop.second(payment.createdAt)}
      </span>
    </button>
  );
}
