/**
 * QFPay gives nothing back around midnight in Hong Kong (protocol.md §7.6): a request made between
 * 23:30:00 and 00:30:59 by its clock is refused with 1265. Pure: that clock is handed in, as well
 * as we know it.
 */
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Hong Kong has kept UTC+8 without summer time since 1979. */
const HONG_KONG = 8 * 60 * MINUTE;
/** QFPay tells its time in whole seconds, and a request is under way for some. */
const MARGIN = 5_000;
const BEGINS = (23 * 60 + 30) * MINUTE - MARGIN;
const ENDS = 31 * MINUTE + MARGIN;

const timeOfDay = (wall: number): number => (((wall + HONG_KONG) % DAY) + DAY) % DAY;

/** Whether a refund sent at this moment might be refused for its hour; `wall` in ms UTC. */
export function isRefundHour(wall: number): boolean {
  const time = timeOfDay(wall);
  return time >= BEGINS || time < ENDS;
}

/** Just after the next 00:31 in Hong Kong, wall ms UTC: the first moment at which to send. */
export function refundHourEnds(wall: number): number {
  const time = timeOfDay(wall);
  return wall - time + (time < ENDS ? ENDS : DAY + ENDS);
}

const CUT_OFF = (23 * 60 + 30) * MINUTE;

/**
 * The last 23:30:00 in Hong Kong, wall ms UTC: what was taken since then is today's, and QFPay
 * takes refunds from that alone (protocol.md §7.7).
 */
export function takingsSince(wall: number): number {
  const time = timeOfDay(wall);
  return wall - time + (time < CUT_OFF ? CUT_OFF - DAY : CUT_OFF);
}
