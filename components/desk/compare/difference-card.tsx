'use client';
/**
 * One difference between our books and QFPay's: what it is, what each side says, what to do, and
 * who settled it. It stands by itself, on the page of comparisons as well as in the inbox.
 */
import Link from 'next/link';
import { useState } from 'react';
import { useShop } from '@/components/live/shop';
import { Button, buttonLook } from '@/components/ui/button';
import { Chip, type Tone } from '@/components/ui/chip';
import type { IconName } from '@/components/ui/icon';
import { type Say, useReading } from '@/components/ui/language';
import { can } from '@/lib/capabilities';
import type { DifferenceView, SideView } from '@/lib/contract-compare';
import { type DifferenceKind, GONE } from '@/lib/difference';
import type { PlainKey } from '@/lib/messages/language';
import { SettleForm } from './settle-form';

type Props = {
  readonly difference: DifferenceView;
  /** Where it does not stand under its day. */
  readonly showDay?: boolean;
  /** Told when it is settled, beside the lists that are read again by themselves. */
  readonly onSettled?: () => void;
};

export function DifferenceCard({ difference, showDay = true, onSettled }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const { kind, number, paymentId, ours, theirs, day, outlet } = difference;
  const look = lookOf(difference);
  const where = [...(showDay ? [day] : []), ...(outlet === null ? [] : [outlet.name])].join(' · ');
  return (
    <article
      data-testid="difference"
      data-kind={kind}
      data-number={number}
      data-settled={difference.settledAt !== null}
      className="flex flex-col gap-3 rounded-large border border-line bg-raised p-4"
    >
      <header className="flex flex-wrap items-start justify-between gap-2">
        <div className="flex min-w-0 flex-col">
          {where !== '' && <p className="text-small text-ink-soft tabular-nums">{where}</p>}
          <h2 className="text-body font-semibold">{say(`difference.${kind}`)}</h2>
        </div>
        <Chip tone={look.tone} icon={look.icon} word={say(look.word)} />
      </header>
      <div className="grid grid-cols-2 gap-3">
        <Side word={say('compare.ours')} side={ours} kind={kind} />
        <Side word={say('compare.theirs')} side={theirs} kind={kind} />
      </div>
      <dl className="flex flex-col gap-1 text-small">
        <Fact word={say('difference.number')} value={number} />
        <Fact
          word={say('difference.qfpay-number')}
          value={theirs?.qfpayNumber ?? ours?.qfpayNumber ?? null}
        />
      </dl>
      <Outcome difference={difference} />
      <div className="flex flex-wrap gap-2">
        {paymentId !== null && (
          <Link href={`/history/${paymentId}`} className={buttonLook('quiet')}>
            {say('difference.payment')}
          </Link>
        )}
        <Decide difference={difference} {...(onSettled === undefined ? {} : { onSettled })} />
      </div>
      <p className="sr-only">{shop.day(difference.foundAt)}</p>
    </article>
  );
}

type Look = { readonly tone: Tone; readonly icon: IconName; readonly word: PlainKey };

function lookOf({ settledAt, explained }: DifferenceView): Look {
  if (settledAt !== null) return { tone: 'paid', icon: 'check', word: 'difference.settled' };
  if (explained === null) return { tone: 'unknown', icon: 'unknown', word: 'difference.open' };
  const word = `difference.${explained}` as const;
  return { tone: explained === 'in-flight' ? 'waiting' : 'plain', icon: 'wait', word };
}

type SideProps = {
  readonly word: string;
  readonly side: SideView | null;
  readonly kind: DifferenceKind;
};

function Side({ word, side, kind }: SideProps) {
  const { say } = useReading();
  const shop = useShop();
  return (
    <div className="flex min-w-0 flex-col rounded-small bg-panel p-3 text-right">
      <p className="text-left text-small text-ink-soft">{word}</p>
      {side === null ? (
        <p className="text-body text-ink-soft">{say('difference.nothing')}</p>
      ) : (
        <>
          <p className="text-lead font-semibold tabular-nums">
            {side.amount === null ? '–' : shop.amount(side.amount, side.currency ?? undefined)}
          </p>
          <p className="text-small">{stateWord(side.state, kind, say)}</p>
          {side.at !== null && (
            <p className="text-small text-ink-soft tabular-nums">{shop.day(side.at)}</p>
          )}
        </>
      )}
    </div>
  );
}

const NOT: readonly string[] = ['failed', 'closed', 'refused', 'none'];

function stateWord(state: string, kind: DifferenceKind, say: Say): string {
  if (state === 'paid' || state === 'done' || state === 'reversed') {
    return say(`difference.state-${state}`);
  }
  if (!NOT.includes(state)) return say('difference.state-open');
  return say(kind.startsWith('refund') ? 'difference.state-not-back' : 'difference.state-not');
}

function Fact({ word, value }: { readonly word: string; readonly value: string | null }) {
  if (value === null) return null;
  return (
    <div className="flex flex-wrap gap-x-2">
      <dt className="text-ink-soft">{word}</dt>
      <dd className="min-w-0 select-text break-all">{value}</dd>
    </div>
  );
}

/** What to do, or what was done. */
function Outcome({ difference }: { readonly difference: DifferenceView }) {
  const { say } = useReading();
  const shop = useShop();
  const { settledAt, settledBy, reason, explained, ours, theirs } = difference;
  if (settledAt !== null) {
    const time = shop.day(settledAt);
    const isGone = settledBy === 'server' && reason === GONE;
    const says = isGone
      ? say('difference.gone', { time })
      : say('difference.settled-by', { by: settledBy ?? '', time, reason: reason ?? '' });
    return <p className="text-small text-ink-soft">{says}</p>;
  }
  if (explained !== null) return null;
  const both = ours !== null && theirs !== null;
  const next = both ? 'both' : theirs === null ? 'ours' : 'theirs';
  return <p className="text-small text-ink-soft">{say(`difference.next-${next}`)}</p>;
}

type DecideProps = { readonly difference: DifferenceView; readonly onSettled?: () => void };

function Decide({ difference, onSettled }: DecideProps) {
  const { say } = useReading();
  const shop = useShop();
  const [open, setOpen] = useState(false);
  const { settledAt, explained, ours, theirs } = difference;
  if (settledAt !== null || explained !== null) return null;
  if (!can(shop.setting.staff.role, 'decide')) return null;
  const side = ours ?? theirs;
  const word =
    side === null || side.amount === null
      ? say('difference.settle')
      : say('difference.settle-amount', {
          amount: shop.amount(side.amount, side.currency ?? undefined),
        });
  if (!open) return <Button onClick={() => setOpen(true)}>{word}</Button>;
  return (
    <SettleForm
      id={difference.id}
      word={word}
      onLeave={() => setOpen(false)}
      {...(onSettled === undefined ? {} : { onSettled })}
    />
  );
}
