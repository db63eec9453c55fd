/**
 * The gateway without its network: bytes in, bytes out, or silence. It verifies as QFPay does,
 * never more kindly, and never invents an answer for a call that it did not process. Time is handed
 * in; delays are told, not slept.
 */
import type { FaultRule } from '../faults';
import type { Answer } from '../model/answers';
import type { Model } from '../model/model';
import { accountOf } from '../model/records';
import { type CallEntry, type CallLog, makeCallLog } from './calls';
import { decide, type Flying, fingerprint, flightKey, refused, type Times } from './decide';
import { makeRateCounter, type RateCounter } from './rate';
import { type Arrived, arrive, htmlAnswer, type RawAnswer, type RawRequest } from './raw';
import { spell } from './render';

type Ran = {
  /** Null: the connection ends without an answer. */
  readonly answer: RawAnswer | null;
  /** Real ms before the answer leaves. */
  readonly afterMs: number;
  /** To be called once the answer is out: from then on the call is no longer in flight. */
  readonly done: () => void;
};
type Opened = {
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

type Stage = FaultRule['stage'];
const delayOf = (faults: readonly FaultRule[], stage: Stage): number =>
  faults.reduce(
    (sum, fault) => sum + (fault.kind === 'delay' && fault.stage === stage ? fault.ms : 0),
    0,
  );
const find = (faults: readonly FaultRule[], kind: FaultRule['kind'], stage: Stage) =>
  faults.find((fault) => fault.kind === kind && fault.stage === stage);
const page = (faults: readonly FaultRule[], stage: Stage) =>
  find(faults, 'html', stage) ?? find(faults, 'status', stage);

type Inside = { readonly model: Model; readonly rate: RateCounter; readonly flying: Flying };
type Call = {
  readonly arrived: Arrived;
  readonly entry: CallEntry;
  readonly faults: readonly FaultRule[];
};
const nothing = (): void => {};

function written(inside: Inside, call: Call, at: { answer: Answer; now: number }): RawAnswer {
  const { world } = inside.model;
  const { bytes, signature } = spell(at.answer, accountOf(world, call.arrived.appCode), {
    settings: world.settings,
    faults: call.faults.filter((fault) => fault.stage === 'after'),
  });
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/json; charset=UTF-8',
      'X-Powered-By': 'QF/1.1',
      Date: new Date(at.now).toUTCString(),
      ...(signature === null ? {} : { 'X-QF-SIGN': signature }),
    },
    body: bytes,
  };
}

/** Counts a processed call as in flight; answers how to end that. */
function takeOff({ flying }: Inside, { arrived }: Call): () => void {
  const key = flightKey(arrived);
  if (key === null || flying.has(key)) return nothing;
  const mark = fingerprint(arrived);
  flying.set(key, mark);
  return () => {
    if (flying.get(key) === mark) flying.delete(key);
  };
}

function run(inside: Inside, call: Call, times: Times): Ran {
  const { arrived, entry, faults } = call;
  inside.model.advance(times.now);
  const ended = (answer: RawAnswer | null, done: () => void): Ran => {
    entry.status = answer?.status ?? null;
    return { answer, afterMs: delayOf(faults, 'after'), done };
  };
  const early = page(faults, 'before');
  if (early !== undefined) return ended(htmlAnswer(early.status, times.now), nothing);
  const foretold = find(faults, 'respcd', 'before');
  const { answer, processed } =
    foretold === undefined
      ? decide(inside, arrived, times)
      : { answer: refused({ respcd: foretold.respcd, note: '' }, arrived), processed: false };
  if (answer === 'limited') return ended(htmlAnswer(429, times.now), nothing);
  entry.processed = processed;
  const done = processed ? takeOff(inside, call) : nothing;
  if ('silent' in answer) return ended(null, done);
  entry.respcd = answer.respcd;
  if (find(faults, 'drop', 'after') !== undefined) return ended(null, done);
  const late = page(faults, 'after');
  if (late !== undefined) return ended(htmlAnswer(late.status, times.now), done);
  return ended(written(inside, call, { answer, now: times.now }), done);
}

const beginLog = (
  calls: CallLog,
  arrived: Arrived,
  given: Omit<Call, 'arrived' | 'entry'> & {
    readonly at: number;
    readonly method: string;
  },
): CallEntry =>
  calls.begin({
    at: given.at,
    method: given.method,
    endpoint: arrived.endpoint,
    appCode: arrived.appCode,
    numbers: arrived.facts.numbers,
    syssns: arrived.params.get('syssn')?.split(',') ?? [],
    amount: arrived.facts.amount,
    payType: arrived.facts.payType,
    faults: given.faults.map((fault) => fault.kind),
  });

export function makeGateway(model: Model): Gateway {
  const calls = makeCallLog();
  const inside: Inside = { model, rate: makeRateCounter(), flying: new Map() };
  return {
    model,
    calls,
    rate: inside.rate,
    open: (request, now) => {
      const arrived = arrive(request);
      if ('status' in arrived) {
        const answer = htmlAnswer(arrived.status, now);
        return { beforeMs: 0, run: () => ({ answer, afterMs: 0, done: nothing }) };
      }
      const faults = model.world.faults.forCall(arrived.facts);
      const entry = beginLog(calls, arrived, { faults, at: now, method: request.method });
      const lost = find(faults, 'drop', 'before') !== undefined;
      return {
        beforeMs: delayOf(faults, 'before'),
        run: lost ? null : (times) => run(inside, { arrived, entry, faults }, times),
      };
    },
    reset: () => {
      calls.reset();
      inside.rate.reset();
      inside.flying.clear();
    },
  };
}
