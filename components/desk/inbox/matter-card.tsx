'use client';
/**
 * One matter of a payment: the facts on both sides, the last of its story, and what may be done. It
 * says nothing that was not recorded, and offers only what the server will take.
 */
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useShop } from '@/components/live/shop';
import { walletName } from '@/components/live/words';
import { buttonLook } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import type { MatterView } from '@/lib/contract-refunds';
import { Timeline } from '../history/timeline';
import { Acts } from './acts';
import { DecideForm } from './decide-form';
import { Ours, Theirs } from './facts';

type Props = { readonly matter: MatterView };

export function MatterCard({ matter }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const { payment, decision } = matter;
  return (
    <article
      data-testid="matter"
      data-matter={matter.matter}
      data-payment-id={payment.id}
      data-settled={decision !== null}
      className="flex flex-col gap-4 rounded-large border border-line bg-panel p-4"
    >
      <header className="flex flex-wrap items-center gap-3">
        <Chip
          tone={decision === null ? 'stop' : 'plain'}
          icon={decision === null ? 'person' : 'check'}
          word={say(`matter.${matter.matter}`)}
        />
        <span className="text-head font-semibold">
          {shop.amount(payment.amount, payment.currency)}
        </span>
        <span className="text-body">{walletName(payment, say)}</span>
        <span className="ml-auto text-body text-ink-soft">{shop.day(matter.at)}</span>
      </header>
      <Why matter={matter} />
      <details className="flex flex-col">
        <summary className="flex min-h-touch items-center gap-2 text-body font-semibold">
          <Icon name="list" className="size-4 text-ink-soft" />
          {say('inbox.excerpt')}
        </summary>
        <Timeline entries={matter.excerpt} people={{}} />
        <Link href={`/history/${payment.id}`} className={buttonLook('bare')}>
          {say('inbox.whole-story')}
        </Link>
      </details>
      {decision === null ? <ToSettle matter={matter} /> : <Settled matter={matter} />}
    </article>
  );
}

/** What is the matter, and the facts on both sides. */
export function Why({ matter }: Props) {
  const { say } = useReading();
  return (
    <>
      <p className="max-w-prose text-body">
        {say(matter.matter === 'late' ? 'matter.why-late' : `review.${matter.matter}`)}
      </p>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,20rem),1fr))] gap-4">
        <Side title={say('inbox.ours')}>
          <Ours matter={matter} />
        </Side>
        <Side title={say('inbox.theirs')}>
          <Theirs matter={matter} />
        </Side>
      </div>
    </>
  );
}

/** What may be done about it. */
export function ToSettle({ matter }: Props) {
  return (
    <>
      <Acts matter={matter} />
      <DecideForm key={`${matter.matter} ${matter.choices.join()}`} matter={matter} />
    </>
  );
}

type SideProps = { readonly title: string; readonly children: ReactNode };

function Side({ title, children }: SideProps) {
  return (
    <section className="flex flex-col gap-1 rounded-small bg-raised p-3">
      <h2 className="text-small font-semibold text-ink-soft">{title}</h2>
      {children}
    </section>
  );
}

function Settled({ matter: { decision } }: Props) {
  const { say } = useReading();
  const shop = useShop();
  if (decision === null) return null;
  const { staff, at, choice, counter } = decision;
  return (
    <div data-testid="decision" className="flex flex-col gap-1 border-t border-line pt-3">
      <p className="text-body font-semibold">
        {say('inbox.settled-by', { choice: say(`choice.${choice}`), staff, time: shop.day(at) })}
      </p>
      <p className="text-body">{decision.reason}</p>
      {counter !== null && <p className="text-body">{say('inbox.settled-counter', { counter })}</p>}
    </div>
  );
}
