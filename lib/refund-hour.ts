/**
 * QFPay gives nothing back around midnight in Hong Kong (protocol.md §7.6): a request made between
 * 23:30:00 and 00:30:59 is refused with 1265. Pure: the wall clock is handed in.
 */
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Hong Kong has kept UTC+8 without summer time since 1979. */
const HONG_KONG = 8 * 60 * MINUTE;
const BEGINS = (23 * 60 + 30) * MINUTE;
const ENDS = 31 * MINUTE;

const timeOfDay = (wall: number): number => (((wall + HONG_KONG) % DAY) + DAY) % DAY;

/** Whether QFPay refunds nothing at this moment; `wall` in ms UTC. */
export function isRefundHour(wall: number): boolean {
  const time = timeOfDay(wall);
  return time >= BEGINS || time < ENDS;
}

/** The next 00:31:00 in Hong Kong, wall ms UTC: the first moment at which to send again. */
export function refundHourEnds(wall: number): number {
  const time = timeOfDay(wall);
  return wall - time + (time < ENDS ? ENDS : DAY + ENDS);
}
