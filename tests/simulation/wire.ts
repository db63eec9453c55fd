/** A call as it leaves the shop, read by somebody who was not asked to. */

import type { TransportOutcome, TransportRequest } from '@/server/qfpay/transport';
import type { RawRequest } from '@/server/simulator/gateway/raw';
import type { Endpoint } from '@/server/simulator/gateway/verify';

export type Sent = {
  readonly endpoint: Endpoint;
  /** `out_trade_no`; a list is kept as it is. */
  readonly number: string | null;
  /** `syssn`. */
  readonly about: string | null;
  readonly amount: number | null;
  readonly params: URLSearchParams;
  readonly raw: RawRequest;
  readonly timeoutMs: number;
};

export function readSent(request: TransportRequest): Sent {
  const params = new URLSearchParams(request.query ?? request.body ?? '');
  const amount = params.get('txamt');
  return {
    endpoint: request.path.slice(request.path.lastIndexOf('/') + 1) as Endpoint,
    number: params.get('out_trade_no'),
    about: params.get('syssn'),
    amount: amount === null ? null : Number(amount),
    params,
    timeoutMs: request.timeoutMs,
    raw: {
      method: request.method,
      path: request.path,
      search: request.query ?? '',
      headers: lowerCase(request.headers),
      body: Buffer.from(request.body ?? ''),
    },
  };
}

/** A question about whatever there is in a span of time. */
export const isWindow = ({ endpoint, number, about }: Sent): boolean =>
  endpoint === 'query' && number === null && about === null;

export const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

export const TIMED_OUT: TransportOutcome = { kind: 'lost', why: 'timeout' };
export const BROKEN: TransportOutcome = { kind: 'lost', why: 'connection' };
export const REFUSED: TransportOutcome = { kind: 'not-sent', why: 'ECONNREFUSED' };

/** What may be said to a call instead of the truth. `0000` is never among them. */
export const DENIALS = ['1201', '1202', '1205', '1142', '1181', '1203', '2005', '1294'] as const;
export const MUMBLES = ['1143', '1145', '1298', '9999', '1101', '1254', '1108', '1103'] as const;
