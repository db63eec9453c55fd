/**
 * The controls: what a test may look at and turn. Only this machine is answered, whatever address
 * the simulator listens on. JSON in and out; unknown fields are refused with 400 and a list of
 * faults; 404 is an unknown order or account, 409 a state that does not allow it. Times are ms UTC
 * on the simulator's clock. A `number` is the shop's out_trade_no or QFPay's syssn. `?` may be left
 * out. All calls are POST unless they say GET or DELETE; paths begin with /control/.
 *
 * | Call               | Body and answer                                                        |
 * |--------------------|------------------------------------------------------------------------|
 * | GET state          | all: {clock, settings, accounts, orders, refunds, ledger, takings,     |
 * |                    | codes, calls: {counts, log}, rate, notifications, faults}              |
 * | GET order?number=  | one: {order, refunds, ledger, notifications, calls}                    |
 * | GET magic          | the payment codes that decide their own fate (magic.ts)                |
 * | reset              | {} forgets all but the clock; settings and accounts as at the start    |
 * | config             | {switch: value, …} of settings.ts; answers all of them                 |
 * | account            | {appCode?, key?, signType?, mchids?, payTypes?, currencies?,           |
 * |                    | notifyUrl?, notifyKey?, shape?} changes one, or adds a new app code    |
 * | takings            | {amount, mchid?, appCode?} sets today's unsettled takings              |
 * | fault              | {kind, endpoint?, stage?, times?, number?, amount?, payType?, ms?,     |
 * |                    | status?, respcd?, inner?, count?} → {fault}; times 1, 0 stays for good |
 * | DELETE fault/{id}  | takes one away; DELETE fault takes all                                 |
 * | clock              | {now?, advance?, speed?}: now is ms or "YYYY-MM-DD hh:mm:ss" in Hong   |
 * |                    | Kong, advance is ms, speed 0 stands still and 60 is a minute a second  |
 * | pay                | {number, afterMs?, force?}; force pays what has ended unpaid           |
 * | refuse             | {number, code?} 1201 unless told                                       |
 * | ignore, expire     | {number}                                                               |
 * | order              | {number, late} may be paid after its end: true, false, null as set     |
 * | foreign-order      | {number, amount, payType?, currency?, mchid?, appCode?, paid?, at?} an |
 * |                    | order that this till did not make; at is Hong Kong time                |
 * | issue-code         | {wallet?, askPassword?} → {code, wallet, issuedAt, expiresAt, …};      |
 * |                    | wallet: an id of code-shapes.ts                                        |
 * | forge-notification | {number?, url?, amount?, currency?, payType?, syssn?, body?,           |
 * |                    | signWith?: right, wrong, nothing} sends it → {status, answer, …}        |
 * | flush              | {} lets happen what is due; waits until its notifications are answered |
 *
 * Faults: `drop` (the connection ends), `delay` (real ms), `html` (500), `status` (429 unless
 * told), `truncate`, `wrong-signature`, `no-signature`, `unquoted-respcd`, `integer-txamt`,
 * `extra-fields`, `unknown-pay-type`, `smaller-amount`, `other-currency`, `other-number`, `respcd`
 * (`inner`: in the records of a query). `stage` is `after` (processed, only the answer suffers) but
 * for `status` and `html`, which are `before` unless told. For notifications, endpoint `payment`
 * or `refund`: `notice-duplicate` (`count` more), `notice-late` (simulated ms), `notice-never`,
 * `notice-before-answer`, `notice-tampered`, `notice-wrong-key`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { MAGIC, magicCode } from '../magic';
import { answerJson, isForeign, readJson } from './answering';
import {
  type Act,
  actExpire,
  actForeign,
  actForge,
  actIgnore,
  actIssue,
  actOrder,
  actPay,
  actRefuse,
  readForeign,
  readForge,
  readIssue,
  readNumber,
  readOrder,
  readPay,
  readRefuse,
} from './control-orders';
import {
  actAccount,
  actClock,
  actConfig,
  actFault,
  actTakings,
  readAccount,
  readClock,
  readConfig,
  readFault,
  readTakings,
} from './control-world';
import { makeReader, type Reader } from './reader';
import { noticeView, orderView, refundView, stateView } from './views';
import { done, failed, type Outcome, type Works } from './works';

type Body = Readonly<Record<string, unknown>>;
type Verb = (works: Works, body: Body) => Outcome | Promise<Outcome>;

const verb =
  <T>(read: (from: Reader) => T, act: Act<T>): Verb =>
  (works, body) => {
    const from = makeReader(body);
    const given = read(from);
    const faults = from.faults();
    return faults.length > 0
      ? { status: 400, value: { error: 'invalid', faults } }
      : act(works, given);
  };
const nothing = (): Record<string, never> => ({});

const VERBS: Readonly<Record<string, Verb>> = {
  reset: verb(nothing, (works) => {
    works.model.reset();
    works.gateway.reset();
    return done({});
  }),
  config: (works, body) => actConfig(works, readConfig(body)),
  account: verb(readAccount, actAccount),
  takings: verb(readTakings, actTakings),
  fault: verb(readFault, actFault),
  clock: verb(readClock, actClock),
  pay: verb(readPay, actPay),
  refuse: verb(readRefuse, actRefuse),
  ignore: verb(readNumber, actIgnore),
  expire: verb(readNumber, actExpire),
  order: verb(readOrder, actOrder),
  'foreign-order': verb(readForeign, actForeign),
  'issue-code': verb(readIssue, actIssue),
  'forge-notification': verb(readForge, actForge),
  flush: verb(nothing, async (works) => {
    works.model.advance(works.clock.now());
    await works.notifier.sendDue();
    await works.notifier.quiet();
    return done({});
  }),
};

function orderDetail(works: Works, number: string): Outcome {
  const order = works.model.find(number);
  if (order === null) return failed(404, 'no-such-order');
  const { world } = works.model;
  const ours = new Set([order.syssn, ...order.refunds.map((one) => one.syssn)]);
  return done({
    order: orderView(order),
    refunds: order.refunds.map(refundView),
    ledger: world.ledger.filter((move) => ours.has(move.syssn)),
    notifications: world.notices.filter((notice) => ours.has(notice.syssn)).map(noticeView),
    calls: works.gateway.calls
      .list()
      .filter((call) => call.numbers.includes(order.number) || call.syssns.includes(order.syssn)),
  });
}

function look(works: Works, url: URL): Outcome {
  works.model.advance(works.clock.now());
  switch (url.pathname) {
    case '/control/state':
      return done(stateView(works));
    case '/control/order':
      return orderDetail(works, url.searchParams.get('number') ?? '');
    case '/control/magic':
      return done(MAGIC.map((row) => ({ ...row, example: magicCode(row.outcome) })));
    default:
      return failed(404, 'no-such-call');
  }
}

function removeFault(works: Works, path: string): Outcome {
  const { faults } = works.model.world;
  if (path === '/control/fault') {
    faults.clear();
    return done({});
  }
  const id = /^\/control\/fault\/(\d+)$/.exec(path)?.[1];
  return id !== undefined && faults.remove(Number(id)) ? done({}) : failed(404, 'no-such-fault');
}

export const isLoopbackAddress = (address: string | undefined): boolean =>
  address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);

async function decide(works: Works, request: IncomingMessage): Promise<Outcome> {
  if (!isLoopbackAddress(request.socket.remoteAddress)) return failed(403, 'this-machine-only');
  if (isForeign(request)) return failed(403, 'foreign-origin');
  const url = new URL(request.url ?? '/', 'http://simulator');
  if (request.method === 'GET') return look(works, url);
  if (request.method === 'DELETE') return removeFault(works, url.pathname);
  const named = VERBS[url.pathname.replace('/control/', '')];
  if (named === undefined || request.method !== 'POST') return failed(404, 'no-such-call');
  const body = await readJson(request);
  return body.ok ? named(works, body.value) : failed(400, body.why);
}

export async function handleControl(
  works: Works,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { status, value } = await decide(works, request);
  works.moved();
  answerJson(response, status, value);
}
