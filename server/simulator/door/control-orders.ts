/** The control door's verbs about orders, codes and notifications; the table is in control.ts. */
import { CODE_SHAPES } from '../code-shapes';
import { readStamp } from '../hong-kong';
import { issueCode, shapeOf } from '../model/codes';
import { forgeNotice } from '../model/notices';
import { expire, pay, refuse } from '../model/payer';
import { accountOf, keep, nextSyssn } from '../model/records';
import type { Order } from '../model/state';
import { PAY_TYPES } from '../pay-types';
import type { Reader } from './reader';
import { noticeView, orderView } from './views';
import { done, failed, type Outcome, type Works } from './works';

export type Act<T> = (works: Works, given: T) => Outcome | Promise<Outcome>;

const withOrder = (works: Works, number: string, act: (order: Order) => Outcome): Outcome => {
  works.model.advance(works.clock.now());
  const order = works.model.find(number);
  return order === null ? failed(404, 'no-such-order') : act(order);
};

export const readPay = (from: Reader) => ({
  number: from.text('number'),
  afterMs: from.wholeOrNull('afterMs'),
  force: from.flag('force', false),
});
export const actPay: Act<ReturnType<typeof readPay>> = (works, { number, afterMs, force }) =>
  withOrder(works, number, (order) => {
    const now = works.clock.now();
    if (afterMs !== null) {
      if (order.paidAt !== null) return failed(409, 'already-paid');
      order.plan = { act: { kind: 'pay' }, at: now + afterMs, polls: null, force };
      works.model.world.live.add(order);
      return done({ order: orderView(order) });
    }
    const acted = pay(works.model.world, order, { at: now, force });
    return acted.ok ? done({ order: orderView(order) }) : failed(409, acted.why);
  });

export const readRefuse = (from: Reader) => ({
  number: from.text('number'),
  code: from.text('code', '1201'),
});
export const actRefuse: Act<ReturnType<typeof readRefuse>> = (works, { number, code }) =>
  withOrder(works, number, (order) => {
    if (!/^\d{4}$/.test(code)) return failed(400, 'code must be four digits');
    const acted = refuse(works.model.world, order, code);
    return acted.ok ? done({ order: orderView(order) }) : failed(409, acted.why);
  });

export const readNumber = (from: Reader) => ({ number: from.text('number') });
export const actIgnore: Act<ReturnType<typeof readNumber>> = (works, { number }) =>
  withOrder(works, number, (order) => {
    order.ignored = true;
    return done({ order: orderView(order) });
  });
export const actExpire: Act<ReturnType<typeof readNumber>> = (works, { number }) =>
  withOrder(works, number, (order) => {
    const acted = expire(works.model.world, order);
    return acted.ok ? done({ order: orderView(order) }) : failed(409, acted.why);
  });

export const readOrder = (from: Reader) => ({
  number: from.text('number'),
  late: from.any('late') ?? null,
});
export const actOrder: Act<ReturnType<typeof readOrder>> = (works, { number, late }) =>
  withOrder(works, number, (order) => {
    if (late !== null && typeof late !== 'boolean')
      return failed(400, 'late must be true or false');
    order.late = late;
    return done({ order: orderView(order) });
  });

/** An order that came by another way: a terminal, the portal, a shop of the same credential. */
export const readForeign = (from: Reader) => ({
  number: from.text('number'),
  payType: from.oneOf('payType', Object.keys(PAY_TYPES), '801501'),
  amount: from.whole('amount'),
  currency: from.text('currency', 'HKD'),
  appCode: from.textOrNull('appCode'),
  mchid: from.textOrNull('mchid'),
  paid: from.flag('paid', true),
  at: from.textOrNull('at'),
});
export const actForeign: Act<ReturnType<typeof readForeign>> = (works, given) => {
  const { world } = works.model;
  const account = given.appCode === null ? world.accounts[0] : accountOf(world, given.appCode);
  if (account == null) return failed(404, 'no-such-account');
  const at = given.at === null ? works.clock.now() : readStamp(given.at);
  if (at === null) return failed(400, 'at must be YYYY-MM-DD hh:mm:ss, Hong Kong time');
  const { serial, syssn } = nextSyssn(world, at);
  const type = PAY_TYPES[given.payType];
  const order: Order = {
    kind: 'payment',
    account,
    mchid: given.mchid,
    syssn,
    serial,
    number: given.number,
    amount: given.amount,
    currency: given.currency,
    txdtm: '',
    sysAt: at,
    udid: 'qiantai2',
    payType: given.payType,
    usedPayType: given.payType,
    wallet: type?.wallet ?? null,
    mode: type?.mode ?? 'MPM',
    goodsName: '',
    notifyUrl: null,
    qrText: null,
    expiresAt: null,
    state: 'open',
    endCode: '',
    pendingCode: '1143',
    cancel: '0',
    paidAt: null,
    chnlsn: '',
    cardcd: '',
    plan: null,
    late: null,
    ignored: false,
    prompt: false,
    refunds: [],
  };
  keep(world, order);
  if (given.paid) pay(world, order, { at, force: true });
  return done({ order: orderView(order) });
};

export const readIssue = (from: Reader) => ({
  wallet: from.oneOf(
    'wallet',
    CODE_SHAPES.map((shape) => shape.id),
    'wechat',
  ),
  askPassword: from.flag('askPassword', false),
});
export const actIssue: Act<ReturnType<typeof readIssue>> = (works, { wallet, askPassword }) => {
  const shape = shapeOf(wallet);
  if (shape === null) return failed(404, 'no-such-wallet');
  return done(issueCode(works.model.world, { shape, askPassword }, works.clock.now()));
};

export const readForge = (from: Reader) => ({
  url: from.textOrNull('url'),
  number: from.text('number', 'FORGED-1'),
  amount: from.whole('amount', 100),
  currency: from.text('currency', 'HKD'),
  payType: from.text('payType', '801501'),
  syssn: from.text('syssn', '20000101000000000000000000'),
  signWith: from.oneOf('signWith', ['right', 'wrong', 'nothing'], 'wrong'),
  body: from.textOrNull('body'),
});
export const actForge: Act<ReturnType<typeof readForge>> = async (works, given) => {
  const { world } = works.model;
  const order = works.model.find(given.number);
  const account = order?.account ?? world.accounts[0];
  const url = given.url ?? order?.notifyUrl ?? account?.notifyUrl ?? null;
  if (account === undefined || url === null) return failed(409, 'no address to send it to');
  if (!URL.canParse(url)) return failed(400, 'url must be a URL');
  const notice = forgeNotice(world, account, { ...given, url, at: works.clock.now() });
  await works.notifier.sendNow(notice);
  const { status = null, answer = '' } = notice.attempts[0] ?? {};
  return done({ ...noticeView(notice), status, answer });
};
