/** What a call that reached the gateway comes to: verified in order, then done or refused. */
import { type Answer, refusal, type Silence } from '../model/answers';
import type { Checked } from '../model/charge';
import type { Model } from '../model/model';
import { accountOf, underNumber } from '../model/records';
import { PAY_TYPES } from '../pay-types';
import { signString } from '../signature';
import type { RateCounter } from './rate';
import type { Arrived } from './raw';
import { type Refused, refuseFields, refuseOutlet, refuseSignature } from './verify';

export type Times = {
  /** Ms UTC on the simulator's clock. */
  readonly now: number;
  /** Ms on a clock that never jumps, for the rate limit. */
  readonly steady: number;
};

/** Calls that were processed and not yet answered, by account and number. */
export type Flying = Map<string, string>;
export const flightKey = (arrived: Arrived): string | null => {
  const number = arrived.params.get('out_trade_no');
  const counts = arrived.endpoint === 'payment' || arrived.endpoint === 'refund';
  return counts && number !== undefined ? `${arrived.appCode} ${number}` : null;
};
export const fingerprint = (arrived: Arrived): string =>
  `${arrived.endpoint} ${signString(arrived.params)}`;

export const refused = ({ respcd, note }: Refused, arrived: Arrived): Answer => {
  const number = arrived.params.get('out_trade_no');
  return refusal(respcd, { note, fields: number === undefined ? {} : { out_trade_no: number } });
};

function pay(model: Model, arrived: Arrived, at: { checked: Checked; now: number }) {
  const { account, params } = at.checked;
  if (underNumber(model.world, account, params.get('out_trade_no') ?? '').length > 0) {
    return refused({ respcd: '2011', note: 'out_trade_no is used' }, arrived);
  }
  const type = PAY_TYPES[params.get('pay_type') ?? ''];
  const kind = { mode: type?.mode ?? 'MPM', wallet: type?.wallet ?? null };
  return model.charge({ ...at.checked, ...kind }, at.now);
}

function dispatch(model: Model, arrived: Arrived, at: { checked: Checked; now: number }) {
  switch (arrived.endpoint) {
    case 'query':
      return model.query(at.checked, at.now);
    case 'refund':
      return model.refund(at.checked, at.now);
    case 'reversal':
    case 'close':
      return model.cancel({ ...at.checked, verb: arrived.endpoint }, at.now);
    default:
      return pay(model, arrived, at);
  }
}

export type Decided = {
  readonly answer: Answer | Silence | 'limited';
  /** The model was asked. */
  readonly processed: boolean;
};
const unasked = (answer: Decided['answer']): Decided => ({ answer, processed: false });

export function decide(
  { model, rate, flying }: { model: Model; rate: RateCounter; flying: Flying },
  arrived: Arrived,
  times: Times,
): Decided {
  const { settings } = model.world;
  const account = accountOf(model.world, arrived.appCode);
  if (account === null) return unasked(refused({ respcd: '1108', note: '' }, arrived));
  const within = !settings.rateLimits || rate.take(account.appCode, times.steady, settings);
  if (!within) return unasked('limited');
  const params = new Map([...arrived.params].filter(([, value]) => value !== ''));
  const wrong =
    refuseSignature(account, arrived.params, { presented: arrived.presented, settings }) ??
    refuseOutlet(account, params, settings) ??
    refuseFields(account, arrived.endpoint, params);
  if (wrong !== null) return unasked(refused(wrong, arrived));
  const key = flightKey(arrived);
  if (key !== null && flying.get(key) === fingerprint(arrived)) {
    return unasked(refused({ respcd: '1102', note: '' }, arrived));
  }
  const checked = { account, mchid: params.get('mchid') ?? null, params };
  return { answer: dispatch(model, arrived, { checked, now: times.now }), processed: true };
}
