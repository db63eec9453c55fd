/**
 * A QFPay client of a few lines, written from the specification's samples alone. It shares no code
 * with the product nor with the simulator, so that agreement with it means something.
 */
import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';

export type SpecOptions = {
  readonly url: string;
  readonly appCode: string;
  readonly key: string;
  /** MD5 unless told; SHA256 announces itself in a header unless `silent`. */
  readonly algorithm?: 'MD5' | 'SHA256' | 'SHA256-silent';
};
type SpecRecord = Readonly<Record<string, unknown>>;
export type SpecAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Null when the body is not a JSON object. */
  readonly json: SpecRecord | null;
  /** In either shape: the fields of `data`, where it is an object, over those around it. */
  readonly flat: SpecRecord;
  /** The records of a query. */
  readonly rows: readonly SpecRecord[];
};
export type SpecParams = Readonly<Record<string, string | number>>;

/** The sample's way: sort the names, join with `&`, append the key, hash, upper case. */
export function specSign(params: SpecParams, key: string, algorithm: 'md5' | 'sha256'): string {
  const pairs = Object.keys(params)
    .sort()
    .map((name) => `${name}=${params[name]}`);
  return createHash(algorithm)
    .update(pairs.join('&') + key)
    .digest('hex')
    .toUpperCase();
}

const isRecord = (value: unknown): value is SpecRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): SpecRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function read(status: number, headers: IncomingHttpHeaders, text: string): SpecAnswer {
  const json = parse(text);
  const data = json?.data;
  const flat = { ...(json ?? {}), ...(isRecord(data) ? data : {}) };
  const rows = Array.isArray(data) ? data.filter(isRecord) : isRecord(data) ? [data] : [];
  return { status, headers, text, json, flat, rows };
}

export type SpecClient = {
  /** Rejects when the connection ends without an answer. */
  post(path: string, params: SpecParams): Promise<SpecAnswer>;
  get(path: string, params: SpecParams): Promise<SpecAnswer>;
  payment(params: SpecParams): Promise<SpecAnswer>;
  query(params: SpecParams): Promise<SpecAnswer>;
  refund(params: SpecParams): Promise<SpecAnswer>;
};

export function makeSpecClient(options: SpecOptions): SpecClient {
  const { algorithm = 'MD5' } = options;
  const send = (method: string, path: string, params: SpecParams): Promise<SpecAnswer> => {
    const form = new URLSearchParams(
      Object.entries(params).map(([name, value]) => [name, String(value)]),
    ).toString();
    const hash = algorithm === 'MD5' ? 'md5' : 'sha256';
    const headers = {
      'X-QF-APPCODE': options.appCode,
      'X-QF-SIGN': specSign(params, options.key, hash),
      ...(algorithm === 'SHA256' ? { 'X-QF-SIGNTYPE': 'SHA256' } : {}),
      ...(method === 'POST' ? { 'Content-Type': 'application/x-www-form-urlencoded' } : {}),
    };
    const target = new URL(method === 'GET' ? `${path}?${form}` : path, options.url);
    return new Promise((resolve, reject) => {
      const sent = request(target, { method, headers, agent: false }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          resolve(read(response.statusCode ?? 0, response.headers, text));
        });
      });
      sent.on('error', reject);
      sent.end(method === 'POST' ? form : undefined);
    });
  };
  const post = (path: string, params: SpecParams) => send('POST', path, params);
  return {
    post,
    get: (path, params) => send('GET', path, params),
    payment: (params) => post('/trade/v1/payment', params),
    query: (params) => post('/trade/v1/query', params),
    refund: (params) => post('/trade/v1/refund', params),
  };
}
