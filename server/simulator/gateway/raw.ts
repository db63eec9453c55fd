/** A call as it comes off the wire, and the answers that are not JSON (protocol.md §2.2, §2.3). */
import type { Facts } from '../faults';
import type { Params, Presented } from '../signature';
import type { Endpoint } from './verify';

export type RawRequest = {
  readonly method: string;
  readonly path: string;
  /** Without the question mark, still encoded. */
  readonly search: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
};
export type RawAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/trade/v1/payment': 'payment',
  '/trade/v1/query': 'query',
  '/trade/v1/refund': 'refund',
  '/trade/v1/reversal': 'reversal',
  '/trade/v1/close': 'close',
};
/** The vendor's pages disagree about these two: both ways are taken (§10.16). */
const EITHER_WAY: ReadonlySet<Endpoint> = new Set<Endpoint>(['reversal', 'close']);

const REASONS: Readonly<Record<number, string>> = {
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

export function htmlAnswer(status: number, now: number): RawAnswer {
  const title = `${status} ${REASONS[status] ?? 'Error'}`;
  const page = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1>\r\n`;
  return {
    status,
    headers: { 'Content-Type': 'text/html', Date: new Date(now).toUTCString() },
    body: Buffer.from(`${page}</body>\r\n</html>\r\n`),
  };
}

export type Arrived = {
  readonly endpoint: Endpoint;
  readonly appCode: string | null;
  readonly presented: Presented;
  /** As sent, empty values included: a signer that kept them must be told from one that did not. */
  readonly params: Params;
  readonly facts: Facts;
};

const isForm = (type: string | undefined): boolean =>
  type?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';

function paramsOf(request: RawRequest): Map<string, string> {
  if (request.method === 'GET') return new Map(new URLSearchParams(request.search));
  const form = isForm(request.headers['content-type']);
  return new Map(form ? new URLSearchParams(Buffer.from(request.body).toString('utf8')) : []);
}

export function arrive(request: RawRequest): Arrived | { readonly status: number } {
  const endpoint = ENDPOINTS[request.path];
  if (endpoint === undefined) return { status: 404 };
  const allowed =
    request.method === 'POST' || (request.method === 'GET' && EITHER_WAY.has(endpoint));
  if (!allowed) return { status: 405 };
  const params = paramsOf(request);
  return {
    endpoint,
    appCode: request.headers['x-qf-appcode'] ?? null,
    presented: {
      sign: request.headers['x-qf-sign'] ?? null,
      signType: request.headers['x-qf-signtype'] ?? null,
    },
    params,
    facts: {
      endpoint,
      numbers: params.get('out_trade_no')?.split(',') ?? [],
      amount: params.get('txamt') ?? null,
      payType: params.get('pay_type') ?? null,
    },
  };
}
