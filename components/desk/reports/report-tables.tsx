'use client';
import type { ReactNode } from 'react';
import { useShop } from '@/components/live/shop';
import { type Say, useReading } from '@/components/ui/language';
import type { Report } from '@/lib/contract-report';
import type { Takings } from '@/lib/takings';
import { walletWord } from '../wallet-word';
import { PANEL, PANELS } from './panels';
import { percentOf } from './report-words';

type Props = { readonly report: Report };
type Line = { readonly key: string; readonly name: string; readonly takings: Takings };

const HEAD = 'px-2 py-1 text-small font-semibold text-ink-soft whitespace-nowrap';
const CELL = 'px-2 py-2 whitespace-nowrap';

type TableProps = {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly currency: Report['currency'];
  /** What stands under the name of a line, in small. */
  readonly more?: (key: string) => ReactNode;
};

/** Sales, takings, refunds and net of each line. */
function TakingsTable({ title, lines, currency, more }: TableProps) {
  const { say } = useReading();
  const shop = useShop();
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-body">
        <thead>
          <tr className="border-b border-line text-right">
            <th className={`${HEAD} text-left`}>{title}</th>
            <th className={HEAD}>{say('reports.count')}</th>
            <th className={HEAD}>{say('reports.taken')}</th>
            <th className={HEAD}>{say('reports.refunds')}</th>
            <th className={HEAD}>{say('reports.net')}</th>
          </tr>
        </thead>
        <tbody className="text-right">
          {lines.map(({ key, name, takings }) => (
            <tr key={key} className="border-b border-line align-top" data-testid={`line-${key}`}>
              <th scope="row" className="px-2 py-2 text-left font-normal break-words">
                {name}
                {more !== undefined && (
                  <span className="block text-small text-ink-soft">{more(key)}</span>
                )}
              </th>
              <td className={CELL}>{takings.count}</td>
              <td className={CELL}>{shop.amount(takings.amount, currency)}</td>
              <td className={CELL}>
                {takings.refundCount === 0 ? '–' : shop.amount(takings.refundAmount, currency)}
              </td>
              <td className={`${CELL} font-semibold`}>{shop.amount(takings.net, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function WalletTable({ report }: Props) {
  const { say } = useReading();
  const { wallets, currency } = report;
  const lines = wallets.map((it) => ({
    ...{ key: it.wallet, name: walletWord(it.wallet, say), takings: it },
  }));
  const outcome = (key: string) => {
    const wallet = wallets.find((it) => it.wallet === key);
    if (wallet === undefined) return null;
    const { ended, paid, medianSeconds: seconds } = wallet;
    const rate = percentOf(paid, ended);
    return (
      <>
        {rate === null ? '' : `${say('reports.success')} ${rate}`}
        {rate === null || seconds === null ? '' : ' · '}
        {seconds === null ? '' : say('reports.seconds', { seconds })}
      </>
    );
  };
  return <TakingsTable title={say('reports.wallet')} {...{ lines, currency }} more={outcome} />;
}

/** What the chart of hours or days shows, for whoever does not see it. */
export function HourTable({ report }: Props) {
  const { say } = useReading();
  const { hours, days, currency } = report;
  const isRange = report.from !== report.to;
  const byHour = hours
    .filter(({ count, refundCount }) => count + refundCount > 0)
    .map((it) => ({ key: `h${it.hour}`, name: `${it.hour}:00`, takings: it }));
  const byDay = days.map((it) => ({ key: it.day, name: it.day, takings: it }));
  return (
    <>
      <details>
        <summary className="min-h-touch py-4 text-body text-ink-soft">
          {say('reports.as-table')}
        </summary>
        <TakingsTable
          title={say(isRange ? 'reports.day' : 'reports.hour')}
          lines={isRange ? byDay : byHour}
          currency={currency}
        />
      </details>
      {isRange && (
        <details>
          <summary className="min-h-touch py-4 text-body text-ink-soft">
            {say('reports.by-hour')}
          </summary>
          <TakingsTable title={say('reports.hour')} lines={byHour} currency={currency} />
        </details>
      )}
    </>
  );
}

/** Refunds that were made in QFPay's own pages, and orders that nobody here remembers. */
function staffWord(code: string, say: Say): string {
  if (code === 'outside') return say('reports.outside');
  return code === 'server' ? say('reports.nobody') : code;
}

export function CounterTables({ report }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const { counters, staff, outlets, others, currency } = report;
  const tables = [
    {
      title: say('reports.by-counter'),
      head: say('reports.counter'),
      lines: counters.map((it) => ({ key: `c${it.counter}`, name: it.counter, takings: it })),
    },
    {
      title: say('reports.by-staff'),
      head: say('reports.staff'),
      says: say('reports.staff-says'),
      lines: staff.map((it) => ({
        ...{ key: `s${it.staff}`, name: staffWord(it.staff, say), takings: it },
      })),
    },
    {
      title: say('reports.by-outlet'),
      head: say('reports.outlet'),
      lines: outlets.map((it) => ({
        ...{ key: `o${it.outlet ?? ''}`, name: it.outlet ?? '–', takings: it },
      })),
    },
  ];
  return (
    <div className={PANELS}>
      {tables.map(({ title, head, says, lines }) => (
        <section key={title} className={PANEL}>
          <h2 className="text-body font-semibold">{title}</h2>
          {says !== undefined && <p className="w-0 min-w-full text-small text-ink-soft">{says}</p>}
          <TakingsTable title={head} {...{ lines, currency }} />
        </section>
      ))}
      {others.length > 0 && (
        <section className={PANEL}>
          <h2 className="text-body font-semibold">{say('reports.others')}</h2>
          {others.map((it) => (
            <p key={it.currency} className="flex justify-between gap-4 text-body">
              <span>{it.currency}</span>
              <span>{shop.amount(it.net, it.currency)}</span>
            </p>
          ))}
        </section>
      )}
    </div>
  );
}
