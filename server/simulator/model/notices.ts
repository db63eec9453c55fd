/**
 * Notifications, as far as they are a matter of memory and time (protocol.md §5.9): what is said,
 * when, how often again. Sending is somebody else's work. Only success is ever announced.
 */
import type { Account } from '../accounts';
import { dump, type Json } from '../body';
import type { FaultRule } from '../faults';
import { hkStamp } from '../hong-kong';
import type { Settings } from '../settings';
import { bodySignature } from '../signature';
import type { Notice, NoticeAttempt, Order, Refund, World } from './state';

const MINUTE = 60_000;
/** Waits between the eight attempts. */
const LADDER = [2, 10, 10, 60, 120, 360, 900].map((minutes) => minutes * MINUTE);

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/** Null when the gateway would send there, else why not. */
export function noReach(url: string, anyPort: Settings['anyPort']): string | null {
  if (!URL.canParse(url)) return 'not-a-url';
  const { protocol, port, hostname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return 'not-a-url';
  if (port === '' || port === '80' || port === '443') return null;
  if (anyPort === 'always' || (anyPort === 'loopback' && isLoopback(hostname))) return null;
  return 'port-not-allowed';
}

const urlFor = (world: World, order: Order): string | null => {
  const both = [order.notifyUrl, order.account.notifyUrl];
  if (world.settings.notifyUrlFirst === 'registered') both.reverse();
  return both[0] ?? both[1] ?? null;
};

function paymentBody(order: Order): Record<string, Json> {
  return {
    status: '1',
    pay_type: order.usedPayType,
    sysdtm: hkStamp(order.sysAt),
    paydtm: hkStamp(order.paidAt ?? order.sysAt),
    goods_name: order.goodsName,
    txcurrcd: order.currency,
    txdtm: order.txdtm,
    ...(order.mchid === null ? {} : { mchid: order.mchid }),
    txamt: String(order.amount),
    exchange_rate: '',
    chnlsn2: '',
    out_trade_no: order.number,
    syssn: order.syssn,
    cash_fee_type: '',
    cancel: order.cancel,
    respcd: '0000',
    goods_info: '',
    cash_fee: '0',
    notify_type: 'payment',
    chnlsn: order.chnlsn,
    cardcd: order.cardcd,
  };
}

function refundBody(refund: Refund): Record<string, Json> {
  return {
    status: '1',
    sysdtm: hkStamp(refund.sysAt),
    paydtm: hkStamp(refund.doneAt ?? refund.sysAt),
    txcurrcd: refund.currency,
    txdtm: refund.txdtm,
    ...(refund.mchid === null ? {} : { mchid: refund.mchid }),
    txamt: String(refund.amount),
    pay_type: refund.original.usedPayType,
    out_trade_no: refund.number,
    orig_syssn: refund.original.syssn,
    syssn: refund.syssn,
    cancel: '0',
    respcd: '0000',
    notify_type: 'refund',
    chnlsn: '',
    cardcd: '',
    cash_refund_fee: String(refund.amount),
    cash_refund_fee_type: refund.currency,
  };
}

const noticeKey = (account: Account): string => account.notifyKey ?? account.key;
/** A key that no account has, for signatures meant to fail. */
export const WRONG_KEY = '00000000000000000000000000000000';

function spoil(body: Record<string, Json>, account: Account, faults: readonly FaultRule[]) {
  const has = (kind: FaultRule['kind']) => faults.some((fault) => fault.kind === kind);
  const honest = dump(body);
  const key = has('notice-wrong-key') ? WRONG_KEY : noticeKey(account);
  // Tampered on the way: the signature is the honest body's.
  const sent = has('notice-tampered') ? dump({ ...body, txamt: '1' }) : honest;
  return { body: sent, signature: bodySignature(Buffer.from(honest), key) };
}

function keepNotice(world: World, notice: Notice): Notice {
  world.notices.push(notice);
  if (notice.state === 'waiting') world.waiting.add(notice);
  return notice;
}

type Subject = { readonly entry: Order | Refund; readonly order: Order };

function announce(world: World, subject: Subject, now: number): void {
  const { entry, order } = subject;
  const url = urlFor(world, order);
  if (url === null) return;
  const rules = world.faults.forNotice({
    endpoint: entry.kind,
    numbers: [entry.number],
    amount: String(entry.amount),
    payType: order.payType,
  });
  const made = spoil(
    entry.kind === 'payment' ? paymentBody(entry) : refundBody(entry),
    entry.account,
    rules,
  );
  const stopped = rules.some((rule) => rule.kind === 'notice-never')
    ? 'notice-never'
    : noReach(url, world.settings.anyPort);
  const late = rules.reduce((sum, rule) => sum + (rule.kind === 'notice-late' ? rule.ms : 0), 0);
  const more = rules.reduce(
    (sum, rule) => sum + (rule.kind === 'notice-duplicate' ? rule.count : 0),
    0,
  );
  for (let copy = 0; copy <= more; copy += 1) {
    keepNotice(world, {
      id: world.notices.length + 1,
      kind: entry.kind,
      number: entry.number,
      syssn: entry.syssn,
      url,
      ...made,
      faults: [...new Set([...rules.map((rule) => rule.kind), ...(stopped ? [stopped] : [])])],
      beforeAnswer: rules.some((rule) => rule.kind === 'notice-before-answer'),
      attempts: [],
      state: stopped === null ? 'waiting' : 'withheld',
      dueAt: stopped === null ? now + late : null,
    });
  }
}

export function announcePayment(world: World, order: Order, now: number): void {
  const wanted = order.mode === 'CPM' ? world.settings.notifyCpm : world.settings.notifyMpm;
  if (wanted) announce(world, { entry: order, order }, now);
}

export function announceRefund(world: World, refund: Refund, now: number): void {
  if (world.settings.notifyRefunds) {
    announce(world, { entry: refund, order: refund.original }, now);
  }
}

/** Takes the notices that are due; whoever takes one owes `noticeAnswered`. */
export function takeDueNotices(world: World, now: number, only?: 'before-answer'): Notice[] {
  const due = [...world.waiting].filter(
    (notice) =>
      notice.dueAt !== null &&
      notice.dueAt <= now &&
      (only === undefined || (notice.beforeAnswer && notice.attempts.length === 0)),
  );
  for (const notice of due) {
    notice.state = 'sending';
    world.waiting.delete(notice);
  }
  return due;
}

export function noticeAnswered(
  world: World,
  notice: Notice,
  attempt: Omit<NoticeAttempt, 'accepted'>,
): void {
  const accepted = attempt.status === 200 && attempt.answer === 'SUCCESS';
  notice.attempts.push({ ...attempt, accepted });
  const wait = notice.kind === 'forged' ? undefined : LADDER[notice.attempts.length - 1];
  notice.dueAt = null;
  if (accepted) {
    notice.state = 'delivered';
  } else if (wait === undefined) {
    notice.state = 'given-up';
  } else {
    notice.state = 'waiting';
    notice.dueAt = attempt.at + wait;
    world.waiting.add(notice);
  }
}

/** When the next one is due; null when none is. */
export function nextNoticeAt(world: World): number | null {
  let first: number | null = null;
  for (const { dueAt } of world.waiting) {
    if (dueAt !== null && (first === null || dueAt < first)) first = dueAt;
  }
  return first;
}

export type Forgery = {
  readonly url: string;
  readonly number: string;
  readonly amount: number;
  readonly currency: string;
  readonly payType: string;
  readonly syssn: string;
  /** `right` makes a well-signed lie. */
  readonly signWith: 'right' | 'wrong' | 'nothing';
  /** Sent as it is instead of the fields above. */
  readonly body: string | null;
};

export function forgeNotice(
  world: World,
  account: Account,
  given: Forgery & { at: number },
): Notice {
  const stamp = hkStamp(given.at);
  const body =
    given.body ??
    dump({
      status: '1',
      pay_type: given.payType,
      sysdtm: stamp,
      paydtm: stamp,
      txcurrcd: given.currency,
      txdtm: stamp,
      txamt: String(given.amount),
      out_trade_no: given.number,
      syssn: given.syssn,
      cancel: '0',
      respcd: '0000',
      notify_type: 'payment',
    });
  const key = given.signWith === 'right' ? noticeKey(account) : WRONG_KEY;
  const notice: Notice = {
    id: world.notices.length + 1,
    kind: 'forged',
    number: given.number,
    syssn: given.syssn,
    url: given.url,
    body,
    signature: given.signWith === 'nothing' ? null : bodySignature(Buffer.from(body), key),
    faults: ['forged'],
    beforeAnswer: false,
    attempts: [],
    state: 'sending',
    dueAt: null,
  };
  return keepNotice(world, notice);
}
