/** What may be asked about a day or a range of days; the counting is done in reports. */
import type { WalletsAnswer } from '@/lib/contract-health';
import type { Report } from '@/lib/contract-report';
import { isoWithOffset } from '@/lib/time';
import type { Parts as All, Asker } from './answers';
import { dayRule } from './day-rule';
import { createHealth } from './reports/health';
import type { TakingCell, TakingStore } from './reports/ports';
import {
  type DaysRefusal,
  type ReportSetting,
  readDay,
  readRange,
  report,
} from './reports/takings';
import { maySeeOutlet } from './staff/sign-in';

/** What of the whole is needed here. */
export type ReportParts = {
  readonly env: { readonly shop: Pick<All['env']['shop'], 'timeZone' | 'currency'> };
  readonly opened: Pick<All['opened'], 'reports' | 'settings'>;
  readonly desk: Pick<All['desk'], 'now'>;
};

export function createReportVerbs(parts: ReportParts) {
  const setting = async (): Promise<ReportSetting> => ({
    rule: await dayRule(parts),
    currency: parts.env.shop.currency,
    now: parts.desk.now(),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const health = createHealth(parts.opened.reports, parts.desk.now);
  const iso = (ms: number) => isoWithOffset(ms, parts.env.shop.timeZone);
  return {
    wallets: async (): Promise<WalletsAnswer> => {
      const { at, wallets } = await health();
      const view = ({ lastPaidAt, ...one }: (typeof wallets)[number]) => ({
        ...one,
        lastPaidAt: lastPaidAt === null ? null : iso(lastPaidAt),
      });
      return { at: iso(at), wallets: wallets.map(view) };
    },
    dayReport: async (params: URLSearchParams, who: Asker): Promise<Report | DaysRefusal> => {
      const given = await setting();
      const days = readDay(params.get('date'), given);
      return 'refused' in days ? days : report(takingsFor(parts, who), days, given);
    },
    rangeReport: async (params: URLSearchParams, who: Asker): Promise<Report | DaysRefusal> => {
      const days = readRange(params.get('from'), params.get('to'));
      return 'refused' in days ? days : report(takingsFor(parts, who), days, await setting());
    },
  };
}

/** Money of the outlets that this person may see; how quick a wallet is, is nobody's secret. */
function takingsFor({ opened: { reports } }: ReportParts, { person }: Asker): TakingStore {
  const here = (cells: readonly TakingCell[]) =>
    cells.filter(({ outlet }) => maySeeOutlet(person, outlet));
  return {
    ...reports,
    paid: async (span, base) => here(await reports.paid(span, base)),
    done: async (span, base) => here(await reports.done(span, base)),
  };
}
