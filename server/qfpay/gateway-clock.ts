/**
 * What time it is at QFPay. Its books are kept by its own clock, so a machine whose clock is wrong
 * would look for orders where they are not. It learns from the `Date` of every answer, and since
 * it remembers the difference to steady time, a jump of our clock counts from that moment on.
 */
import type { Clock } from '@/server/payments/ports';
import { type Alarm, type CallReport, tell } from './call';

/** Closer than this our clock counts as right again: `Date` has whole seconds. */
const CLOSE_MS = 60_000;
/** The margins of a look into the books cover less than this. */
const BOOKS_MS = 2_000;
/** An answer that took longer, of a slow line or a machine that slept, only sets bounds. */
const QUICK_MS = 2_000;
/** money.md §2.8, "Process clock wrong": beyond it `txdtm` is QFPay's time and people are told. */
const WRONG_MS = 120_000;

export type GatewayClock = {
  /** Hears of every call; tells when our clock becomes wrong, and when it is right again. */
  heard(report: CallReport): void;
  /** QFPay's clock less ours, ms; null before the first answer. */
  offset(): number | null;
  /** An instant of our clock on QFPay's, for looking into its books. */
  forBooks(wall: number): number;
  /** The same for `txdtm`, which is corrected only when people would notice. */
  forPaper(wall: number): number;
};

type Options = {
  readonly clock: Pick<Clock, 'wall' | 'steady'>;
  readonly onAlarm?: ((alarm: Alarm) => void) | undefined;
};

export function createGatewayClock({ clock, onAlarm }: Options): GatewayClock {
  /** QFPay's clock less steady time. */
  let ahead: number | null = null;
  let wrong = false;
  const offset = (): number | null =>
    ahead === null ? null : Math.round(clock.steady() + ahead - clock.wall());
  const corrected = (wall: number, from: number): number => {
    const by = offset() ?? 0;
    return Math.abs(by) > from ? wall + by : wall;
  };
  return {
    offset,
    forBooks: (wall) => corrected(wall, BOOKS_MS),
    forPaper: (wall) => corrected(wall, WRONG_MS),
    heard({ gatewayTime, ms, endpoint }) {
      if (gatewayTime === null) return;
      // The header names the second that has begun, and it was written somewhere in the call.
      const least = gatewayTime - clock.steady();
      const most = least + 1_000 + ms;
      const believed = ahead ?? clock.wall() - clock.steady();
      ahead = ms <= QUICK_MS ? (least + most) / 2 : Math.min(Math.max(believed, least), most);
      const by = offset() ?? 0;
      const nowWrong = Math.abs(by) > (wrong ? CLOSE_MS : WRONG_MS);
      if (nowWrong === wrong) return;
      wrong = nowWrong;
      const side = by > 0 ? 'behind' : 'ahead of';
      const seconds = Math.round(Math.abs(by) / 1000);
      const detail = wrong ? `our clock is ${seconds} s ${side} QFPay's` : 'right again';
      tell(onAlarm, { kind: 'clock', endpoint, number: null, respcd: null, detail });
    },
  };
}
