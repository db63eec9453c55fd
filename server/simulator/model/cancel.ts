/**
 * Reversal and close (protocol.md §5.6, §5.7): by the wallet's leave only, and never a proof. Five
 * vendor texts disagree about who may call which, so each pay type has a switch.
 */
import { hkStamp } from '../hong-kong';
import { PAY_TYPES } from '../pay-types';
import type { CancelMode, Settings } from '../settings';
import { type Answer, refusal } from './answers';
import type { Checked } from './charge';
import { stop } from './payer';
import { findOrder, move, nextSyssn } from './records';
import type { Order, World } from './state';

export type CancelVerb = 'reversal' | 'close';

/** By default scanned codes are reversed and shown QRs are closed, and neither the other way. */
function cancelModeOf(settings: Settings, verb: CancelVerb, payType: string): CancelMode {
  const table = settings[verb];
  const scanned = PAY_TYPES[payType]?.mode === 'CPM';
  return table[payType] ?? table['*'] ?? (scanned === (verb === 'reversal') ? 'works' : '1297');
}

function stoppedAnswer(world: World, order: Order, now: number): Answer {
  return {
    ...refusal('0000', { text: 'success' }),
    fields: {
      syssn: nextSyssn(world, now).syssn,
      orig_syssn: order.syssn,
      out_trade_no: order.number,
      txamt: String(order.amount),
      txcurrcd: order.currency,
      txdtm: order.txdtm,
      sysdtm: hkStamp(now),
      chnlsn: '',
      chnlsn2: '',
      cardcd: '',
      udid: order.udid,
      surcharge_fee: '0',
      surcharge_rate: '0',
    },
    status: 'SUCCESS',
  };
}

/** Why an order that is no longer waiting cannot be stopped. */
function endedCode(order: Order): string {
  if (order.state === 'reversed') return '1263';
  if (order.state === 'closed') return '1264';
  return order.state === 'expired' ? '1181' : '1142';
}

function giveBack(world: World, order: Order, now: number): void {
  order.state = 'reversed';
  order.cancel = '1';
  move(world, order, { kind: 'reversal', amount: -order.amount, at: now });
}

export function cancel(
  world: World,
  request: Checked & { readonly verb: CancelVerb },
  now: number,
): Answer {
  const { account, mchid, params, verb } = request;
  const number = params.get('out_trade_no');
  const order = findOrder(world, { account, mchid, number, syssn: params.get('syssn') });
  if (order === null || (number !== undefined && order.number !== number)) {
    return refusal('1136', { fields: { out_trade_no: number ?? '' } });
  }
  const no = (code: string): Answer =>
    refusal(code, { fields: { orig_syssn: order.syssn, out_trade_no: order.number } });
  const mode = cancelModeOf(world.settings, verb, order.payType);
  if (mode !== 'works' && mode !== 'lies') return no(mode);
  if (order.paidAt !== null) {
    const untouched =
      order.state === 'paid' && order.refunds.every((one) => one.state === 'refused');
    if (verb === 'close' || world.settings.reversalOfPaid === 'refuse' || !untouched) {
      return no(order.state === 'reversed' ? '1263' : '1260');
    }
    giveBack(world, order, now);
    return stoppedAnswer(world, order, now);
  }
  if (order.state !== 'open' && order.state !== 'asking') return no(endedCode(order));
  if (now - order.sysAt < (world.settings.cancelMinAgeMs[order.payType] ?? 0)) return no('1297');
  stop(world, order, verb === 'close' ? '2' : '1');
  if (mode === 'lies') {
    const at = now + world.settings.lieMs;
    order.plan = { act: { kind: 'pay' }, at, polls: null, force: true };
    world.live.add(order);
  }
  return stoppedAnswer(world, order, now);
}
