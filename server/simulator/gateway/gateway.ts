/**
 * The gateway without its network: bytes in, bytes out, or silence. It verifies as QFPay does,
 * never more kindly, and never invents an answer for a call that it did not process. Time is handed
 * in; delays are told, not slept.
 */
import type { FaultRule } from '../faults';
import type { Answer, Silence } from '../model/answers';
import { refusal } from '../model/answers';
import type { Checked } from '../model/charge';
import type { Model } from '../model/model';
import { accountOf, underNumber } from '../model/records';
import { PAY_TYPES } from '../pay-types';
import { signString } from '../signature';
import { type CallEntry, type CallLog, makeCallLog } from './calls';
import { makeRateCounter, type RateCounter } from './rate';
import { type Arrived, arrive, htmlAnswer, type RawAnswer, type RawRequest } from './raw';
import { spell } from './render';
import { type Refused, refuseFields, refuseOutlet, refuseSignature } from './verify';

export type Times = {
  /** Ms UTC on the simulator's clock. */
  readonly now: number;
  /** Ms on a clock that never jumps, for the rate limit. */
  readonly steady: number;
};

export type Ran = {
  /** Null: the connection ends without an answer. */
  readonly answer: RawAnswer | null;
  /** Real ms before the answer leaves. */
  readonly afterMs: number;
  /** To be called once the answer is out: from then on the call is no longer in flight. */
  readonly done: () => void;
};
export type Opened = {
  /** Real ms before the call reaches the gateway. */
  readonly beforeMs: number;
  /** Processes the call; null when it is lost on the way. */
  readonly run: ((times: Times) => Ran) | null;
};

export type Gateway = {
  readonly model: Model;
  readonly calls: CallLog;
  readonly rate: RateCounter;
  open(request: RawRequest, now: number): Opened;
  reset(): void;
};

const total = (faults: readonly FaultRule[], stage: FaultRule['stage']): number =>
  faults.reduce(
    (sum, fault) => sum + (fault.kind === 'delay' && fault.stage === stage ? fault.ms : 0),
    0,
  );
const at = (faults: readonly FaultRule[], kind: FaultRule['kind'], stage: FaultRule['stage']) =>
  faults.find((fault) => fault.kind === kind && fault.stage === stage);

type Flying = Map<string, string>;
const flightKey = (arrived: Arrived): string | null => {
  const number = arrived.params.get('out_trade_no');
  const counts = arrived.endpoint === 'payment' || arrived.endpoint === 'refund';
  return counts && number !== undefined ? `${arrived.appCode} ${number}` : null;
};
const fingerprint = (arrived: Arrived): string =>
  `${arrived.endpoint} ${signString(arrived.params)}`;

const refused = ({ respcd, note }: Refused, arrived: Arrived): Answer => {
  const number = arrived.params.get('out_trade_no');
  return refusal(respcd, { note, fields: number === undefined ? {} : { out_trade_no: number } });
};

function dispatch(model: Model, arrived: Arrived, given: { checked: Checked; now: number }) {
  const { checked, now } = given;
  const { params } = checked;
  switch (arrived.endpoint) {
    case 'query':
      return model.query(checked, now);
    case 'refund':
      return model.refund(checked, now);
    case 'reversal':
    case 'close':
      return model.cancel({ ...checked, verb: arrived.endpoint }, now);
    default: {
      const number = params.get('out_trade_no') ?? '';
      if (underNumber(model.world, checked.account, number).length > 0) {
        return refused({ respcd: '2011', note: 'out_trade_no is used' }, arrived);
      }
      const type = PAY_TYPES[params.get('pay_type') ?? ''];
      return model.charge(
        { ...checked, mode: type?.mode ?? 'MPM', wallet: type?.wallet ?? null },
        now,
      );
    }
  }
}

export function makeGateway(model: Model): Gateway {
  const calls = makeCallLog();
  const rate = makeRateCounter();
  const flying: Flying = new Map();

  const decide = (
    arrived: Arrived,
    entry: CallEntry,
    times: Times,
  ): Answer | Silence | 'limited' => {
    const { world } = model;
    const account = accountOf(world, arrived.appCode);
    if (account === null) return refused({ respcd: '1108', note: '' }, arrived);
    const { settings } = world;
    if (settings.rateLimits && !rate.take(account.appCode, times.steady, settings))
      return 'limited';
    const params = new Map([...arrived.params].filter(([, value]) => value !== ''));
    const wrong =
      refuseSignature(account, arrived.params, { presented: arrived.presented, settings }) ??
      refuseOutlet(account, params, settings) ??
      refuseFields(account, arrived.endpoint, params);
    if (wrong !== null) return refused(wrong, arrived);
    const key = flightKey(arrived);
    if (key !== null && flying.get(key) === fingerprint(arrived)) {
      return refused({ respcd: '1102', note: '' }, arrived);
    }
    entry.processed = true;
    const checked = { account, mchid: params.get('mchid') ?? null, params };
    return dispatch(model, arrived, { checked, now: times.now });
  };

  const run =
    (arrived: Arrived, entry: CallEntry, faults: readonly FaultRule[]) =>
    (times: Times): Ran => {
      model.advance(times.now);
      const early = at(faults, 'html', 'before') ?? at(faults, 'status', 'before');
      const ended = (answer: RawAnswer | null, done: () => void = () => {}): Ran => {
        entry.status = answer?.status ?? null;
        return { answer, afterMs: total(faults, 'after'), done };
      };
      if (early !== undefined) return ended(htmlAnswer(early.status, times.now));
      const foretold = at(faults, 'respcd', 'before');
      const decided =
        foretold !== undefined
          ? refused({ respcd: foretold.respcd, note: '' }, arrived)
          : decide(arrived, entry, times);
      if (decided === 'limited') return ended(htmlAnswer(429, times.now));
      const key = entry.processed ? flightKey(arrived) : null;
      const mark = fingerprint(arrived);
      if (key !== null && !flying.has(key)) flying.set(key, mark);
      const done = () => {
        if (key !== null && flying.get(key) === mark) flying.delete(key);
      };
      if ('silent' in decided) return ended(null, done);
      entry.respcd = decided.respcd;
      const spoiled = at(faults, 'html', 'after') ?? at(faults, 'status', 'after');
      if (at(faults, 'drop', 'after') !== undefined) return ended(null, done);
      if (spoiled !== undefined) return ended(htmlAnswer(spoiled.status, times.now), done);
      const { settings } = model.world;
      const account = accountOf(model.world, arrived.appCode);
      const late = faults.filter((fault) => fault.stage === 'after');
      const { bytes, signature } = spell(decided, account, { settings, faults: late });
      return ended(
        {
          status: 200,
          headers: {
            'Content-Type': 'application/json; charset=UTF-8',
            'X-Powered-By': 'QF/1.1',
            Date: new Date(times.now).toUTCString(),
            ...(signature === null ? {} : { 'X-QF-SIGN': signature }),
          },
          body: bytes,
        },
        done,
      );
    };

  return {
    model,
    calls,
    rate,
    open: (request, now) => {
      const arrived = arrive(request);
      if ('status' in arrived) {
        const answer = htmlAnswer(arrived.status, now);
        return { beforeMs: 0, run: () => ({ answer, afterMs: 0, done: () => {} }) };
      }
      const faults = model.world.faults.forCall(arrived.facts);
      const entry = calls.begin({
        at: now,
        method: request.method,
        endpoint: arrived.endpoint,
        appCode: arrived.appCode,
        numbers: arrived.facts.numbers,
        syssns: arrived.params.get('syssn')?.split(',') ?? [],
        amount: arrived.facts.amount,
        payType: arrived.facts.payType,
        faults: faults.map((fault) => fault.kind),
      });
      const lost = at(faults, 'drop', 'before') !== undefined;
      const beforeMs = total(faults, 'before');
      return { beforeMs, run: lost ? null : run(arrived, entry, faults) };
    },
    reset: () => {
      calls.reset();
      rate.reset();
      flying.clear();
    },
  };
}
