/**
 * Taking a payment (protocol.md §5.1, §5.2). Whoever calls has checked signature, fields and that
 * the number is free; from here on the number is used up.
 */
import type { Account } from '../accounts';
import { looksLikeCode, walletOfCode } from '../code-shapes';
import { LYING_REFUSAL_MS, type Magic, readMagic, SLOW_PAYER_MS } from '../magic';
import { CPM_OF_WALLET, type PayMode, type Wallet } from '../pay-types';
import type { Params } from '../signature';
import { type Answer, createdAnswer, SILENCE, type Silence, scannedAnswer } from './answers';
import { spendCode } from './codes';
import { lifeOf, pay } from './payer';
import { qrText } from './qr-text';
import { keep, nextSyssn } from './records';
import type { Order, Plan, World } from './state';

export type Checked = {
  readonly account: Account;
  readonly mchid: string | null;
  readonly params: Params;
};
export type ChargeRequest = Checked & { readonly mode: PayMode; readonly wallet: Wallet | null };

function makeOrder(world: World, request: ChargeRequest, now: number): Order {
  const { params, mode } = request;
  const { serial, syssn } = nextSyssn(world, now);
  const payType = params.get('pay_type') ?? '';
  const amount = Number(params.get('txamt'));
  const routed = request.wallet === null ? walletOfCode(params.get('auth_code') ?? '') : null;
  const wallet = request.wallet ?? routed;
  const toWallet = routed !== null && world.settings.routedPayType === 'wallet';
  const minutes = params.get('expired_time');
  const life = lifeOf(world.settings, wallet, minutes === undefined ? null : Number(minutes));
  return {
    kind: 'payment',
    account: request.account,
    mchid: request.mchid,
    syssn,
    serial,
    number: params.get('out_trade_no') ?? '',
    amount,
    currency: params.get('txcurrcd') ?? '',
    txdtm: params.get('txdtm') ?? '',
    sysAt: now,
    udid: params.get('udid') ?? 'qiantai2',
    payType,
    usedPayType: (toWallet ? CPM_OF_WALLET[routed] : undefined) ?? payType,
    wallet,
    mode,
    goodsName: params.get('goods_name') ?? '',
    notifyUrl: params.get('notify_url') ?? null,
    qrText: mode === 'MPM' ? qrText(wallet, syssn, amount) : null,
    expiresAt: mode === 'CPM' ? null : now + life,
    state: 'open',
    endCode: '',
    pendingCode: world.settings.pendingCode,
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
}

const payAfter = (polls: number): Plan => ({
  act: { kind: 'pay' },
  at: null,
  polls,
  force: false,
});

function wait(world: World, order: Order, plan: Plan | null): void {
  order.state = 'asking';
  order.plan = plan;
  world.live.add(order);
}

/** A refused charge stays on record with its code (§7.4, §5.4). */
function refused(order: Order, code: string): Answer {
  order.state = 'refused';
  order.endCode = code;
  return scannedAnswer(order, code);
}

function actOut(world: World, order: Order, magic: Magic): Answer | Silence {
  const now = order.sysAt;
  switch (magic.outcome) {
    case 'pays':
      pay(world, order, { at: now, force: true });
      return scannedAnswer(order, '0000');
    case 'silent-and-paid':
      pay(world, order, { at: now, force: true });
      return SILENCE;
    case 'code-wrong':
      return refused(order, '1202');
    case 'too-little-money':
      return refused(order, '1201');
    case 'refused-yet-paid':
      order.plan = { act: { kind: 'pay' }, at: now + LYING_REFUSAL_MS, polls: null, force: true };
      world.live.add(order);
      return refused(order, '1202');
    case 'asks-then-refused':
      order.pendingCode = '1143';
      wait(world, order, { ...payAfter(magic.polls), act: { kind: 'refuse', code: '1201' } });
      return scannedAnswer(order, '1143');
    case 'never-decides':
      order.pendingCode = '1143';
      wait(world, order, null);
      return scannedAnswer(order, '1143');
    case 'cancelled-yet-paid':
      order.pendingCode = '1143';
      wait(world, order, { ...payAfter(0), at: now + SLOW_PAYER_MS, polls: null, force: true });
      return scannedAnswer(order, '1143');
    case 'slow-then-pays':
      order.pendingCode = '1143';
      wait(world, order, payAfter(magic.polls));
      return scannedAnswer(order, '1298');
    case 'processing-then-pays':
      order.pendingCode = '1145';
      wait(world, order, payAfter(magic.polls));
      return scannedAnswer(order, '1145');
    default:
      order.pendingCode = '1143';
      wait(world, order, payAfter(magic.polls));
      return scannedAnswer(order, '1143');
  }
}

function scan(world: World, order: Order, code: string): Answer | Silence {
  const magic = readMagic(code);
  if (magic !== null) return actOut(world, order, magic);
  const spent = spendCode(world, order, code);
  if (spent === 'refused' || (spent === 'unknown' && !looksLikeCode(code))) {
    return refused(order, '1202');
  }
  const { passwordFrom } = world.settings;
  if (spent === 'ask' || (passwordFrom !== null && order.amount >= passwordFrom)) {
    order.prompt = true;
    wait(world, order, null);
    return scannedAnswer(order, order.pendingCode);
  }
  pay(world, order, { at: order.sysAt, force: true });
  return scannedAnswer(order, '0000');
}

export function charge(world: World, request: ChargeRequest, now: number): Answer | Silence {
  const code = request.params.get('auth_code') ?? '';
  if (request.mode === 'CPM' && readMagic(code)?.outcome === 'silent-and-lost') return SILENCE;
  const order = makeOrder(world, request, now);
  keep(world, order);
  if (request.mode === 'CPM') return scan(world, order, code);
  world.live.add(order);
  const { autoPayMs } = world.settings;
  if (autoPayMs !== null) {
    order.plan = { act: { kind: 'pay' }, at: now + autoPayMs, polls: null, force: false };
  }
  return createdAnswer(order);
}
