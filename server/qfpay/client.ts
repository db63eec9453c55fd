/**
 * The gateway as the payment core sees it: charge, ask, sweep, close, and refunds. It promises
 * that no method rejects and that no charge, refund or reversal is ever sent twice by itself;
 * `mchid` is in every call of an outlet that has one and in no other; the customer's code goes to
 * the transport and nowhere else. It never sets a state and never decides that somebody paid.
 */
import type { Currency } from '@/lib/money';
import { shopTime } from '@/lib/time';
import type { ChargeOrder, CloseOrder, Gateway, RefundOrder } from '@/server/payments/ports';
import { toTxamt } from './amount';
import type { Heard } from './answer';
import { type CallReport, createCaller, methodOf, tell } from './call';
import {
  type About,
  type Desk,
  mayCallAgain,
  note,
  type QfpayOptions,
  warnOfContradiction,
} from './desk';
import { createGatewayClock } from './gateway-clock';
import { refundEvidence } from './refunds';
import { createSearch } from './search';
import { chargeEvidence, closeEvidence } from './translate';

export function createQfpay(options: QfpayOptions): Gateway {
  const time = createGatewayClock(options);
  const onCall = (report: CallReport) => {
    time.heard(report);
    tell(options.onCall, report);
  };
  const call = createCaller({ ...options, onCall }, (ending) => options.budget?.ended?.(ending));
  const desk: Desk = { options, call, time };
  return {
    clockOffset: time.offset,
    charge: (order) => charge(desk, order),
    close: (order) => close(desk, order),
    refund: (order) => refund(desk, order),
    ...createSearch(desk),
  };
}

async function charge(desk: Desk, order: ChargeOrder) {
  const { options } = desk;
  const mode = order.authCode === null ? 'MPM' : 'CPM';
  const reading = { unitOf: options.unitOf, currency: order.currency };
  const about: About = { endpoint: 'payment', number: order.id };
  const request = {
    ...orderFields(desk, order),
    txcurrcd: order.currency,
    pay_type: order.payType,
    out_trade_no: order.id,
    // The shortest life that QFPay allows: an abandoned QR must not be payable for long (§7.3).
    expired_time: mode === 'MPM' ? '5' : null,
    auth_code: order.authCode,
    goods_name: goodsName(options.shopName),
    notify_url: options.notifyUrl,
  };
  const judge = (heard: Heard) => chargeEvidence(heard, mode, reading).says;
  const { heard } = await desk.call({ ...about, request }, judge);
  const evidence = chargeEvidence(note(options, about, heard), mode, reading);
  warnOfContradiction(options, about, evidence);
  return evidence;
}

/**
 * MPM: close. CPM: reversal (§5.7). When the server does not know the method, close is tried once
 * with the other one, which moves no money; a reversal can move money and is not repeated.
 */
async function close(desk: Desk, order: CloseOrder) {
  const { options } = desk;
  const endpoint = order.mode === 'MPM' ? 'close' : 'reversal';
  const about: About = { endpoint, number: order.id };
  const named =
    order.qfpayNumber === null ? { out_trade_no: order.id } : { syssn: order.qfpayNumber };
  const request = { ...orderFields(desk, order), ...named };
  const evidenceOf = (heard: Heard) => closeEvidence(heard, order.qfpayNumber);
  const judge = (heard: Heard) => evidenceOf(heard).says;
  const { heard, status } = await desk.call({ ...about, request }, judge);
  const first = evidenceOf(note(options, about, heard));
  const unknownMethod = status === 404 || status === 405;
  if (endpoint !== 'close' || !unknownMethod || !(await mayCallAgain(options, 'close'))) {
    return first;
  }
  const method = methodOf('close') === 'GET' ? 'POST' : 'GET';
  const again = await desk.call({ ...about, request, method }, judge);
  return evidenceOf(note(options, about, again.heard));
}

async function refund(desk: Desk, order: RefundOrder) {
  const { options } = desk;
  const reading = { unitOf: options.unitOf, currency: order.currency };
  const about: About = { endpoint: 'refund', number: order.id };
  const request = {
    ...orderFields(desk, order),
    syssn: order.paymentNumber,
    out_trade_no: order.id,
  };
  const judge = (heard: Heard) => refundEvidence(heard, reading).says;
  const { heard } = await desk.call({ ...about, request }, judge);
  const evidence = refundEvidence(note(options, about, heard), reading);
  warnOfContradiction(options, about, evidence);
  return evidence;
}

type Order = {
  readonly amount: number;
  readonly currency: Currency;
  readonly createdAt: number;
  readonly counter: string;
  readonly outlet: string | null;
};
const orderFields = ({ options, time }: Desk, order: Order) => ({
  // An amount that cannot be said makes the request unsendable; it is never rounded.
  txamt: toTxamt(order.amount, order.currency, options.unitOf),
  txdtm: shopTime(time.forPaper(order.createdAt), options.shopTimeZone),
  udid: deviceName(order.counter),
  mchid: order.outlet,
});

/** §7.5: 20 code points of letters, digits and spaces; null when nothing is left. */
export function goodsName(shopName: string | null): string | null {
  const plain = (shopName ?? '').replace(/[^\p{L}\p{Nd}]+/gu, ' ').trim();
  return [...plain].slice(0, 20).join('').trim() || null;
}

/** String(40), without what would need explaining in a portal. */
const deviceName = (counter: string): string | null =>
  [...counter.replace(/[^\p{L}\p{N} _-]/gu, '')].slice(0, 40).join('') || null;
