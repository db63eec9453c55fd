'use client';
import Link from 'next/link';
import { useShop } from '@/components/live/shop';
import { Chip, type Tone } from '@/components/ui/chip';
import { Cut } from '@/components/ui/cut';
import type { IconName } from '@/components/ui/icon';
import { type Say, useReading } from '@/components/ui/language';
import type { ComparisonList, ComparisonView } from '@/lib/contract-compare';

type Props = { readonly list: ComparisonList; readonly chosen: string | null };

const HEAD = 'px-2 py-2 text-small font-semibold text-ink-soft whitespace-nowrap first:pl-3';
const CELL = 'px-2 py-2 whitespace-nowrap first:pl-3';

export function ComparisonTable({ list, chosen }: Props) {
  const { say } = useReading();
  const { comparisons, outlets } = list;
  if (comparisons.length === 0) {
    return <p className="p-6 text-body text-ink-soft">{say('compare.none')}</p>;
  }
  return (
    <table className="w-full border-collapse text-body">
      <thead className="sticky top-0 z-10 bg-panel">
        <tr className="border-b border-line text-left">
          <th className={HEAD}>{say('compare.day')}</th>
          {outlets.length > 0 && <th className={HEAD}>{say('compare.outlet')}</th>}
          <th className={`${HEAD} text-right`}>{say('compare.paid')}</th>
          <th className={`${HEAD} text-right`}>{say('compare.gap')}</th>
          <th className={HEAD}>{say('compare.state')}</th>
        </tr>
      </thead>
      <tbody>
        {comparisons.map((it) => (
          <Row key={it.id} it={it} hasOutlets={outlets.length > 0} isChosen={it.id === chosen} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = {
  readonly it: ComparisonView;
  readonly hasOutlets: boolean;
  readonly isChosen: boolean;
};

function Row({ it, hasOutlets, isChosen }: RowProps) {
  const { say } = useReading();
  const shop = useShop();
  const look = lookOf(it, say);
  const gap = gapOf(it);
  return (
    <tr
      data-testid="comparison-row"
      data-state={it.state}
      className={`relative h-touch border-b border-line transition-colors duration-press ${
        isChosen ? 'bg-accent-wash' : 'active:bg-line'
      }`}
    >
      <td className={`${CELL} tabular-nums`}>
        <Link
          href={`/reports/compare/${it.id}`}
          aria-current={isChosen ? 'true' : undefined}
          aria-label={`${it.day} ${it.outlet?.name ?? ''} ${look.word}`}
          className="after:absolute after:inset-0"
        >
          {it.day}
        </Link>
      </td>
      {hasOutlets && (
        <td className={`${CELL} w-1/5`}>
          <Cut inCell>{it.outlet?.name ?? ''}</Cut>
        </td>
      )}
      <td className={`${CELL} text-right font-semibold tabular-nums`}>
        {it.ours === null ? '' : shop.amount(it.ours.paidSum, it.currency)}
      </td>
      <td className={`${CELL} text-right tabular-nums`}>
        {gap === null ? '' : shop.amount(gap, it.currency)}
      </td>
      <td className={CELL}>
        <Chip bare tone={look.tone} icon={look.icon} word={look.word} />
      </td>
    </tr>
  );
}

/** What we have less what QFPay has, refunds taken off, in minor units. */
export function gapOf({ ours, theirs }: ComparisonView): number | null {
  if (ours === null || theirs === null) return null;
  return ours.paidSum - ours.refundSum - (theirs.paidSum - theirs.refundSum);
}

type Look = { readonly tone: Tone; readonly icon: IconName; readonly word: string };

export function lookOf({ state, found, open }: ComparisonView, say: Say): Look {
  switch (state) {
    case 'running':
      return { tone: 'waiting', icon: 'wait', word: say('compare.running') };
    case 'stopped':
      return { tone: 'plain', icon: 'closed', word: say('compare.stopped') };
    case 'failed':
      return { tone: 'unknown', icon: 'unknown', word: say('compare.failed') };
    case 'done':
      if (open > 0) {
        return { tone: 'unknown', icon: 'unknown', word: say('compare.differs', { count: open }) };
      }
      return {
        ...{ tone: 'paid', icon: 'paid' },
        word: say(found === 0 ? 'compare.agrees' : 'difference.settled'),
      };
  }
}
