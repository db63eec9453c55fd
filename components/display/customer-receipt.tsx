'use client';
/**
 * One payment on the customer's own phone, from the QR to the receipt. It shows what the server
 * last said and asks again by itself; it is never green by its own conclusion.
 */
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { call, NoAnswer, orThrow } from '@/components/live/server';
import { Icon, type IconName } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { LanguageSwitch } from '@/components/ui/language-switch';
import type { CustomerReceipt as Told } from '@/lib/contract-receipts';
import { ReceiptLines } from './receipt-lines';

type Look = { readonly pane: string; readonly icon: IconName };
const LOOKS: Readonly<Record<Told['look'], Look>> = {
  waiting: { pane: 'bg-waiting-wash text-waiting', icon: 'wait' },
  checking: { pane: 'bg-unknown-wash text-unknown', icon: 'unknown' },
  ask: { pane: 'bg-unknown-wash text-unknown', icon: 'person' },
  unpaid: { pane: 'bg-raised text-ink', icon: 'closed' },
  paid: { pane: 'bg-paid-fill text-paid-ink animate-paid', icon: 'paid' },
  back: { pane: 'bg-raised text-ink', icon: 'undo' },
};

type Props = { readonly token: string; readonly first: Told };

export function CustomerReceipt({ token, first }: Props) {
  const { language } = useReading();
  const router = useRouter();
  const { data: told, error } = useQuery({
    queryKey: ['customer-receipt', token, language],
    queryFn: async () => orThrow(await call<Told>(`/api/receipts/${encodeURIComponent(token)}`)),
    initialData: first,
    refetchInterval: ({ state }) => state.data?.againMs ?? false,
    refetchOnWindowFocus: 'always',
  });
  const isOver = error instanceof NoAnswer && error.problem?.code === 'not-found';
  useEffect(() => {
    if (isOver) router.refresh();
  }, [isOver, router]);
  return (
    <main
      lang={language}
      className="mx-auto flex min-h-screen w-full max-w-pane flex-col gap-4 p-4 select-text"
    >
      <header className="flex items-center justify-between gap-2">
        <h1 className="min-w-0 text-lead font-semibold break-words">{told.shop}</h1>
        <LanguageSwitch />
      </header>
      {told.practice !== null && told.lines === null && (
        <p className="rounded-small bg-unknown-wash p-2 text-center text-body font-semibold text-unknown">
          {told.practice}
        </p>
      )}
      <State told={told} />
      {error !== null && (
        <p role="alert" data-testid="receipt-offline" className="text-body text-unknown">
          {told.offline}
        </p>
      )}
      {told.lines !== null && <ReceiptLines lines={told.lines} qrLabel={told.number} />}
      <p className="text-small text-ink-soft">{told.kept}</p>
    </main>
  );
}

function State({ told }: { readonly told: Told }) {
  const { pane, icon } = LOOKS[told.look];
  return (
    <section
      role="status"
      data-testid="receipt-state"
      data-look={told.look}
      className={`flex flex-col items-center gap-2 rounded-large p-6 text-center ${pane}`}
    >
      <Icon name={icon} className="size-16" />
      <h2 className="text-head font-semibold">{told.title}</h2>
      <p className={`font-semibold ${told.amount.length > 11 ? 'text-head' : 'text-figure'}`}>
        {told.amount}
      </p>
      <p className="text-body font-semibold">{told.wallet}</p>
      <p className="text-body">{told.says}</p>
    </section>
  );
}
