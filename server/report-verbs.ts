/** What may be asked about a day or a range of days; the counting is done in reports. */
import type { Report } from '@/lib/contract-report';
import type { Parts as All } from './answers';
import { dayRule } from './day-rule';
import {
  type DaysRefusal,
  type ReportSetting,
  readDay,
  readRange,
  report,
} from './reports/takings';

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
  return {
    dayReport: async (params: URLSearchParams): Promise<Report | DaysRefusal> => {
      const given = await setting();
      const days = readDay(params.get('date'), given);
      return 'refused' in days ? days : report(parts.opened.reports, days, given);
    },
    rangeReport: async (params: URLSearchParams): Promise<Report | DaysRefusal> => {
      const days = readRange(params.get('from'), params.get('to'));
      return 'refused' in days ? days : report(parts.opened.reports, days, await setting());
    },
  };
}
