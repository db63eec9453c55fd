/**
 * The order in which a call is looked at (protocol.md §12.1): app code, signature, outlet, required
 * fields, pay type. Whether the number is free comes last, with the one who records it.
 */
import type { Account } from '../accounts';
import { PAY_TYPES, type PayType } from '../pay-types';
import type { Settings } from '../settings';
import { type Params, type Presented, verifies } from '../signature';

export type Endpoint = 'payment' | 'query' | 'refund' | 'reversal' | 'close';
export type Refused = { readonly respcd: string; readonly note: string };
const no = (respcd: string, note = ''): Refused => ({ respcd, note });

export function refuseSignature(
  account: Account,
  params: Params,
  given: { readonly presented: Presented; readonly settings: Settings },
): Refused | null {
  const { settings } = given;
  const holds = verifies(params, given.presented, {
    key: account.key,
    allowed: account.signType,
    strictness: {
      guessByLength: settings.guessAlgorithm,
      acceptEmpties: settings.acceptSignedEmpties,
    },
  });
  return holds ? null : no('1108');
}

/** Assigned: one of them must be sent. Not assigned: none may be (§2.5). */
export function refuseOutlet(account: Account, params: Params, settings: Settings): Refused | null {
  const sent = params.get('mchid') ?? null;
  if (account.mchids.length === 0) return sent === null ? null : no(settings.mchidRefusal);
  if (sent === null) return no(settings.mchidRefusal);
  return account.mchids.includes(sent) ? null : no('1108');
}

const REQUIRED: Readonly<Record<Endpoint, readonly string[]>> = {
  payment: ['txamt', 'txcurrcd', 'pay_type', 'out_trade_no', 'txdtm'],
  query: [],
  refund: ['out_trade_no', 'txamt', 'txdtm'],
  reversal: ['txamt', 'txdtm'],
  close: [],
};

/** String(n) of §4.1 and §5.5 to §5.7, in characters. */
const LONGEST: Readonly<Record<string, number>> = {
  out_trade_no: 128,
  syssn: 128,
  txdtm: 20,
  auth_code: 128,
  goods_name: 20,
  udid: 40,
  notify_url: 256,
};

const tooLong = (endpoint: Endpoint, params: Params): string | undefined =>
  Object.keys(LONGEST).find((name) => {
    // A query's lists have a switch of their own.
    if (endpoint === 'query' && (name === 'syssn' || name === 'out_trade_no')) return false;
    return [...(params.get(name) ?? '')].length > (LONGEST[name] ?? 0);
  });

function isAmount(text: string): boolean {
  return /^\d{1,11}$/.test(text) && Number(text) >= 1 && Number(text) <= 2_147_483_647;
}

function refusePayment(params: Params, payType: PayType): Refused | null {
  if (payType.mode === 'CPM')
    return params.has('auth_code') ? null : no('1104', 'auth_code missing');
  const minutes = params.get('expired_time');
  if (minutes === undefined) return null;
  const fits = /^\d{1,3}$/.test(minutes) && Number(minutes) >= 5 && Number(minutes) <= 120;
  return fits ? null : no('1104', 'expired_time invalid');
}

function refuseValues(endpoint: Endpoint, params: Params): Refused | null {
  const missing = REQUIRED[endpoint].find((name) => !params.has(name));
  if (missing !== undefined) return no('1104', `${missing} missing`);
  const either = params.has('syssn') || params.has('out_trade_no');
  if ((endpoint === 'reversal' || endpoint === 'close') && !either) {
    return no('1104', 'syssn or out_trade_no missing');
  }
  const long = tooLong(endpoint, params);
  if (long !== undefined) return no('1104', `${long} too long`);
  const amount = params.get('txamt');
  return amount === undefined || isAmount(amount) ? null : no('1104', 'txamt invalid');
}

/** Steps four and five. */
export function refuseFields(account: Account, endpoint: Endpoint, params: Params): Refused | null {
  const wrong = refuseValues(endpoint, params);
  if (wrong !== null || endpoint !== 'payment') return wrong;
  if (!account.currencies.includes(params.get('txcurrcd') ?? '')) {
    return no('1104', 'txcurrcd not supported');
  }
  const code = params.get('pay_type') ?? '';
  const payType = PAY_TYPES[code];
  // Pages, apps and terminals pay by other ways: only what a counter uses is opened here.
  const counter = payType?.mode === 'MPM' || payType?.mode === 'CPM';
  if (!counter || !account.payTypes.includes(code)) return no('1104', 'filter error');
  return refusePayment(params, payType);
}
