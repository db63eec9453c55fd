/**
 * One signed call: checked, signed, sent once, heard. It never rejects, never repeats, and tells
 * its listeners what happened without a word of what was sent: no code, no key, no signature.
 */
import type { z } from 'zod';
import type { Clock } from '@/server/payments/ports';
import { type Heard, hear } from './answer';
import type { Ending } from './breaker';
import { isAmbiguous, type Pair, type SignType, signedPairs, signRequest } from './sign';
import type { Transport, TransportOutcome } from './transport';
import { PARAMETER_NAMES, paymentRequest, queryRequest, refundRequest, stopRequest } from './wire';

export type Endpoint = 'payment' | 'query' | 'refund' | 'reversal' | 'close';

/** One line of the log for each call. */
export type CallReport = {
  readonly endpoint: Endpoint;
  /** Our number that the call was about, several with commas; null for a sweep. */
  readonly number: string | null;
  readonly ms: number;
  /** What it came to in our words. */
  readonly says: string;
  readonly respcd: string | null;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** A word for the log when there was none, such as ECONNREFUSED or timeout. */
  readonly silence: string | null;
  /** The gateway's `Date`, ms UTC: how wrong is our clock? */
  readonly gatewayTime: number | null;
  readonly signedBy: 'raw-body' | 'data-fields' | null;
};

/**
 * `bad-signature`: the answer was not QFPay's. `set-up`: repeating never helps, the owner must act.
 * `contradiction`: the answer does not agree with itself. `paid-twice`: two orders under one number
 * were paid. `unsendable`: we would have sent what cannot be signed or is out of bounds; `detail`
 * names the parameters. `clock`: ours is wrong by more than two minutes, or right again.
 */
type AlarmKind =
  | 'bad-signature'
  | 'set-up'
  | 'contradiction'
  | 'paid-twice'
  | 'unsendable'
  | 'clock';
export type Alarm = {
  readonly kind: AlarmKind;
  readonly endpoint: Endpoint;
  readonly number: string | null;
  readonly respcd: string | null;
  readonly detail: string | null;
};

export type CallerOptions = {
  readonly appCode: string;
  readonly key: string;
  readonly signType: SignType;
  readonly transport: Transport;
  readonly clock: Pick<Clock, 'steady' | 'wall'>;
  readonly onCall?: (report: CallReport) => void;
  readonly onAlarm?: (alarm: Alarm) => void;
};

/** `request` is checked against the endpoint's own schema. */
type OneCall = {
  readonly endpoint: Endpoint;
  readonly method?: 'GET' | 'POST';
  readonly number: string | null;
  readonly request: Readonly<Record<string, string | number | null | undefined>>;
};
type Called = { readonly heard: Heard; readonly status: number | null };
/** `judge` puts what was heard into one word for the report. */
export type Caller = (call: OneCall, judge: (heard: Heard) => string) => Promise<Called>;

type Rules = {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly timeoutMs: number;
  readonly schema: z.ZodType;
};
/** Paths and methods: protocol.md §5. Time-outs: money.md §2.9. */
const ENDPOINTS: Readonly<Record<Endpoint, Rules>> = {
  payment: post('/trade/v1/payment', 15_000, paymentRequest),
  query: post('/trade/v1/query', 8_000, queryRequest),
  refund: post('/trade/v1/refund', 15_000, refundRequest),
  reversal: post('/trade/v1/reversal', 8_000, stopRequest),
  close: { ...post('/trade/v1/close', 8_000, stopRequest), method: 'GET' },
};
function post(path: string, timeoutMs: number, schema: z.ZodType): Rules {
  return { path, method: 'POST', timeoutMs, schema };
}
/** The method that an endpoint has by itself (§5.7, §10.16). */
export const methodOf = (endpoint: Endpoint): 'GET' | 'POST' => ENDPOINTS[endpoint].method;

export function createCaller(options: CallerOptions, onEnding?: (ending: Ending) => void): Caller {
  const { clock } = options;
  return async (call, judge) => {
    const before = clock.steady();
    const prepared = prepare(call);
    if ('refused' in prepared) {
      const heard: Heard = { kind: 'not-sent', why: 'unreachable' };
      const { endpoint, number } = call;
      const detail = prepared.refused;
      tell(options.onAlarm, { kind: 'unsendable', endpoint, number, respcd: null, detail });
      tell(options.onCall, { ...silent(call), ms: 0, says: judge(heard), silence: 'unsendable' });
      return { heard, status: null };
    }
    const outcome = await deliver(options, call, prepared.pairs);
    const heard = hear(outcome, options.key);
    const came = whatCame(outcome, heard);
    tell(onEnding, { endpoint: call.endpoint, came, startedAt: before });
    tell(options.onCall, {
      ...silent(call),
      ms: clock.steady() - before,
      says: judge(heard),
      ...facts(outcome, heard),
    });
    if (heard.kind === 'unclear' && heard.why === 'bad-signature') {
      const { endpoint, number } = call;
      const detail = null;
      tell(options.onAlarm, { kind: 'bad-signature', endpoint, number, respcd: null, detail });
    }
    return { heard, status: outcome.kind === 'answer' ? outcome.status : null };
  };
}

type Prepared = { readonly pairs: readonly Pair[] } | { readonly refused: string };

/** Refuses by name only: a value may be the customer's code. */
function prepare(call: OneCall): Prepared {
  const request = Object.fromEntries(
    Object.entries(call.request).filter(([, value]) => value !== null && value !== undefined),
  );
  const checked = ENDPOINTS[call.endpoint].schema.safeParse(request);
  if (!checked.success) {
    const names = checked.error.issues.map((issue) => issue.path.join('.') || issue.code);
    return { refused: `out of bounds: ${names.join(', ')}` };
  }
  try {
    const pairs = signedPairs(request);
    return isAmbiguous(pairs, PARAMETER_NAMES) ? { refused: 'ambiguous' } : { pairs };
  } catch {
    return { refused: 'control characters' };
  }
}

async function deliver(
  options: CallerOptions,
  call: OneCall,
  pairs: readonly Pair[],
): Promise<TransportOutcome> {
  const rules = ENDPOINTS[call.endpoint];
  const method = call.method ?? rules.method;
  const form = new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString();
  const { path, timeoutMs } = rules;
  const headers = {
    'X-QF-APPCODE': options.appCode,
    'X-QF-SIGN': signRequest(pairs, options.key, options.signType),
    // Left out it would mean MD5, whatever was really used (§2.2).
    'X-QF-SIGNTYPE': options.signType,
    ...(method === 'POST' ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
  };
  try {
    return await (method === 'GET'
      ? // Every server reads %20; a plus sign is a space only to some when it stands in a URL.
        options.transport.send({
          method,
          path,
          query: form.replaceAll('+', '%20'),
          headers,
          timeoutMs,
        })
      : options.transport.send({ method, path, body: form, headers, timeoutMs }));
  } catch {
    // A transport promises not to reject; one that does may have sent.
    return { kind: 'lost', why: 'connection' };
  }
}

const silent = (call: OneCall) => ({
  endpoint: call.endpoint,
  number: call.number,
  respcd: null,
  status: null,
  silence: null,
  gatewayTime: null,
  signedBy: null,
});

function facts(outcome: TransportOutcome, heard: Heard): Partial<CallReport> {
  if (outcome.kind !== 'answer') return { silence: outcome.why };
  const date = Date.parse(outcome.headers.date ?? '');
  return {
    status: outcome.status,
    gatewayTime: Number.isNaN(date) ? null : date,
    respcd: heard.kind === 'answer' ? heard.respcd : null,
    signedBy: heard.kind === 'answer' ? heard.signedBy : null,
  };
}

/** Whether QFPay answered at all, whatever it said: a gateway's HTML page is no word of QFPay. */
function whatCame(outcome: TransportOutcome, heard: Heard): Ending['came'] {
  if (outcome.kind !== 'answer') return 'nothing';
  if (heard.kind === 'not-sent') return 'limited';
  if (heard.kind === 'answer' || heard.why === 'bad-signature') return 'answer';
  const refused = outcome.status >= 400 && outcome.status < 500;
  return heard.why === 'http-status' && refused ? 'answer' : 'nothing';
}

/** A listener that fails must not turn an answer about money into a fault. */
export function tell<T>(listener: ((event: T) => void) | undefined, event: T): void {
  try {
    listener?.(event);
  } catch {
    // Whoever listens answers for itself.
  }
}
