'use client';
/**
 * Two charts, one message each: which wallet brings the money, and when it comes. Values stand at
 * the bars themselves; colours are the tokens of the house, so both themes are right, and nothing
 * moves. They are hidden from screen readers: the tables beside them say the same.
 */
import { Bar, BarChart, Cell, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { useShop } from '@/components/live/shop';
import { useReading } from '@/components/ui/language';
import type { Report } from '@/lib/contract-report';
import { COUNTER_WALLETS } from '@/lib/wallets';
import { walletWord } from '../wallet-word';

type Props = { readonly report: Report };

const WORDS = { fill: 'var(--ink-soft)', fontSize: '0.875rem' } as const;
const ROW = 44;
const TALL = 280;

const isCounterWallet = (wallet: string) => COUNTER_WALLETS.some((known) => known === wallet);
const colour = (wallet: string): string =>
  isCounterWallet(wallet) ? `var(--${wallet})` : 'var(--ink-faint)';

export function WalletChart({ report: { wallets, currency } }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const bars = wallets
    .filter(({ amount }) => amount > 0)
    .map(({ wallet, amount }) => ({
      ...{ wallet, amount, name: walletWord(wallet, say) },
      label: shop.amount(amount, currency),
    }));
  if (bars.length === 0) return null;
  return (
    <div aria-hidden="true" data-testid="wallet-chart">
      <ResponsiveContainer width="100%" height={bars.length * ROW + 8}>
        <BarChart data={bars} layout="vertical" margin={{ right: 120 }} accessibilityLayer={false}>
          <XAxis type="number" hide />
          <YAxis
            type="category"
            dataKey="name"
            width={96}
            axisLine={false}
            tickLine={false}
            tick={WORDS}
          />
          <Bar dataKey="amount" isAnimationActive={false} radius={4} barSize={24}>
            {bars.map(({ wallet }) => (
              <Cell key={wallet} fill={colour(wallet)} />
            ))}
            <LabelList dataKey="label" position="right" {...WORDS} fill="var(--ink)" />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

/** By hour for one day, by day for more. The label is on the highest bar alone, or none is read. */
export function TimeChart({ report }: Props) {
  const shop = useShop();
  const { hours, days, currency } = report;
  const isRange = report.from !== report.to;
  const bars = isRange
    ? days.map(({ day, amount }) => ({ name: day.slice(5), amount }))
    : busy(hours).map(({ hour, amount }) => ({ name: hour, amount }));
  const most = Math.max(0, ...bars.map(({ amount }) => amount));
  if (most === 0) return null;
  const first = bars.findIndex(({ amount }) => amount === most);
  const labelled = bars.map((bar, place) => ({
    ...bar,
    label: place === first ? shop.amount(bar.amount, currency) : '',
  }));
  return (
    <div aria-hidden="true" data-testid="time-chart">
      <ResponsiveContainer width="100%" height={TALL}>
        <BarChart
          data={labelled}
          margin={{ top: 28, left: 48, right: 48 }}
          accessibilityLayer={false}
        >
          <XAxis
            dataKey="name"
            axisLine={{ stroke: 'var(--line)' }}
            tickLine={false}
            tick={WORDS}
            minTickGap={8}
          />
          <YAxis hide domain={[0, most]} />
          <Bar dataKey="amount" isAnimationActive={false} radius={2} fill="var(--ink-soft)">
            <LabelList dataKey="label" position="top" {...WORDS} fill="var(--ink)" />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Without the empty hours before the shop opens and after it closes. */
function busy<T extends { readonly amount: number }>(hours: readonly T[]): readonly T[] {
  const isBusy = ({ amount }: T) => amount > 0;
  return hours.slice(hours.findIndex(isBusy), hours.findLastIndex(isBusy) + 1);
}
