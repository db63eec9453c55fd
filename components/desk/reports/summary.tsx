'use client';
import { useShop } from '@/components/live/shop';
import { useReading } from '@/components/ui/language';
import type { Report } from '@/lib/contract-report';
import { changeOf, percent, percentOf } from './report-words';

/** The one loud figure of the page, what it is made of, and how the week before was. */
export function Summary({ report }: { readonly report: Report }) {
  const { say } = useReading();
  const shop = useShop();
  const { takings, currency, outcome, refundRate } = report;
  const money = (minor: number) => shop.amount(minor, currency);
  const { ended, paid, medianSeconds } = outcome;
  const facts: readonly (readonly [string, string])[] = [
    [say('reports.taken'), money(takings.amount)],
    [say('reports.sales'), String(takings.count)],
    [say('reports.average'), money(takings.average)],
    [say('reports.refunded'), `${takings.refundCount} · ${money(takings.refundAmount)}`],
    [say('reports.refund-rate'), refundRate === null ? '–' : percent(refundRate)],
    [say('reports.success'), percentOf(paid, ended) ?? '–'],
    [
      say('reports.median'),
      medianSeconds === null ? '–' : say('reports.seconds', { seconds: medianSeconds }),
    ],
  ];
  return (
    <header
      data-testid="report"
      className="flex flex-col gap-4 rounded-large border border-line bg-panel p-4 wide:flex-row wide:items-start wide:justify-between"
    >
      <div className="flex flex-col gap-1">
        <p className="text-small text-ink-soft">{say('reports.net')}</p>
        <p className="text-figure font-semibold" data-testid="report-net">
          {money(takings.net)}
        </p>
        <Before report={report} />
        <p className="text-small text-ink-soft">
          {say('reports.span', { from: shop.day(report.beginsAt), to: shop.day(report.endsAt) })}
          {report.isOver ? '' : ` · ${say('reports.running')}`}
        </p>
        <p className="max-w-prose text-small text-ink-soft">{say('reports.counts-paid')}</p>
        <p className="text-small text-ink-soft">{say('reports.success-says', { paid, ended })}</p>
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-body">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function Before({ report }: { readonly report: Report }) {
  const { say } = useReading();
  const shop = useShop();
  const { before, takings, currency } = report;
  const amount = shop.amount(before.takings.net, currency);
  const change = changeOf(takings.net, before.takings.net);
  const says =
    report.from !== report.to
      ? say('reports.before-range', { from: before.from, to: before.to, amount })
      : report.isOver
        ? say('reports.before', { amount })
        : say('reports.before-until', { time: shop.day(before.until), amount });
  return (
    <p className="text-body" data-testid="report-before">
      {change === null
        ? ''
        : change.is === 'same'
          ? `${say('reports.same')} · `
          : `${say(`reports.${change.is}`, { percent: change.percent })} · `}
      {says}
    </p>
  );
}
