/** What the control door shows of the model. Times are ms UTC; nothing here holds a key. */
import type { Account } from '../accounts';
import { hkStamp } from '../hong-kong';
import { codeOf } from '../model/answers';
import type { Notice, Order, Refund } from '../model/state';
import type { Works } from './works';

export const orderView = (order: Order) => ({
  number: order.number,
  syssn: order.syssn,
  state: order.state,
  respcd: codeOf(order),
  cancel: order.cancel,
  mode: order.mode,
  payType: order.payType,
  usedPayType: order.usedPayType,
  wallet: order.wallet,
  amount: order.amount,
  currency: order.currency,
  appCode: order.account.appCode,
  mchid: order.mchid,
  udid: order.udid,
  goodsName: order.goodsName,
  txdtm: order.txdtm,
  sysdtm: hkStamp(order.sysAt),
  createdAt: order.sysAt,
  expiresAt: order.expiresAt,
  paidAt: order.paidAt,
  walletNumber: order.chnlsn,
  qrcode: order.qrText,
  notifyUrl: order.notifyUrl,
  late: order.late,
  ignored: order.ignored,
  asksPassword: order.prompt,
  refunded: order.refunds.reduce((sum, one) => sum + (one.state === 'done' ? one.amount : 0), 0),
});

export const refundView = (refund: Refund) => ({
  number: refund.number,
  syssn: refund.syssn,
  origSyssn: refund.original.syssn,
  origNumber: refund.original.number,
  state: refund.state,
  respcd: codeOf(refund),
  amount: refund.amount,
  currency: refund.currency,
  appCode: refund.account.appCode,
  mchid: refund.mchid,
  createdAt: refund.sysAt,
  dueAt: refund.dueAt,
  doneAt: refund.doneAt,
});

export const noticeView = (notice: Notice) => ({
  id: notice.id,
  kind: notice.kind,
  number: notice.number,
  syssn: notice.syssn,
  url: notice.url,
  body: notice.body,
  signature: notice.signature,
  faults: notice.faults,
  state: notice.state,
  dueAt: notice.dueAt,
  attempts: notice.attempts,
});

const accountView = ({ key: _key, notifyKey, ...shown }: Account) => ({
  ...shown,
  separateNotifyKey: notifyKey !== null,
});

export const clockView = (works: Works) => {
  const now = works.clock.now();
  return { now, hk: hkStamp(now), speed: works.clock.speed() };
};

export function stateView(works: Works) {
  const { world } = works.model;
  const steady = works.times().steady;
  return {
    clock: clockView(works),
    settings: world.settings,
    accounts: world.accounts.map(accountView),
    orders: world.orders.map(orderView),
    refunds: world.refunds.map(refundView),
    ledger: world.ledger,
    /** Today's and earlier days' unsettled takings, by app code, outlet and day. */
    takings: Object.fromEntries(world.takings),
    codes: [...world.codes.values()],
    calls: { counts: works.gateway.calls.counts(), log: works.gateway.calls.list() },
    rate: Object.fromEntries(
      world.accounts.map(({ appCode }) => [appCode, works.gateway.rate.count(appCode, steady)]),
    ),
    notifications: world.notices.map(noticeView),
    faults: world.faults.list(),
  };
}
