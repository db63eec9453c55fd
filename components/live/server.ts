/**
 * The one way from a screen to our own API. It promises that an answer, a refusal and silence stay
 * three different things; it never sends a charge twice by itself and never keeps what it sent.
 */
import type {
  CheckAnswer,
  NewPayment,
  Override,
  PaymentAnswer,
  PaymentDetail,
  PaymentPage,
  PaymentView,
  Problem,
} from '@/lib/contract';
import type { LivePayments } from '@/lib/contract-live';
import { LEAVE_HEADER } from '@/lib/leave-header';
import { heardServerTime } from './clock';

/** `silent`: nobody knows whether the server heard us. */
export type Reply<T> =
  | { readonly kind: 'answered'; readonly value: T }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'silent' };

/** What React Query keeps of a reply that is not an answer. */
export class NoAnswer extends Error {
  constructor(readonly problem: Problem | null) {
    super(problem?.title ?? 'The server does not answer');
  }
}

/** The value, or throws NoAnswer: for the reads of React Query, which knows failures by throws. */
export function orThrow<T>(reply: Reply<T>): T {
  if (reply.kind === 'answered') return reply.value;
  throw new NoAnswer(reply.kind === 'refused' ? reply.problem : null);
}

/** A charge answers when QFPay has answered or its time-out (15 s) has passed. */
const CHARGE_WAIT_MS = 30_000;
const WAIT_MS = 8_000;

/**
 * Asks on the spot for somebody who may, and answers `code:PIN`, or null when nobody does. `again`:
 * the last one was refused. The screens set it; without them nobody is asked.
 */
export const leave: { ask: ((again: boolean) => Promise<string | null>) | null } = { ask: null };

type Call = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly key?: string;
  readonly waitMs?: number;
};

/** One call of our own API. A PIN in `body` goes into this one request. */
export async function call<T>(path: string, options: Call = {}): Promise<Reply<T>> {
  let reply = await send<T>(path, options);
  for (let again = false; needsLeave(reply) && leave.ask !== null; again = true) {
    const leaveOf = await leave.ask(again);
    if (leaveOf === null) return reply;
    reply = await send<T>(path, { ...options, leaveOf });
  }
  return reply;
}

const needsLeave = (reply: Reply<unknown>): boolean =>
  reply.kind === 'refused' && reply.problem.code === 'leave-needed';

type Sending = Call & { readonly leaveOf?: string };

async function send<T>(
  path: string,
  { method = 'GET', body, key, leaveOf, waitMs = WAIT_MS }: Sending,
): Promise<Reply<T>> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (key !== undefined) headers['Idempotency-Key'] = key;
  if (leaveOf !== undefined) headers[LEAVE_HEADER] = leaveOf;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), waitMs);
  try {
    const response = await fetch(path, {
      method,
      headers,
      cache: 'no-store',
      signal: stop.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    heardServerTime(response.headers.get('Date'));
    return await read<T>(response);
  } catch {
    return { kind: 'silent' } as const;
  } finally {
    clearTimeout(timer);
  }
}

async function read<T>(response: Response): Promise<Reply<T>> {
  const value: unknown = await response.json();
  if (response.ok) return { kind: 'answered', value: value as T };
  // A proxy's own error page says nothing about what the server did.
  if (!isProblem(value)) return { kind: 'silent' };
  if (value.code === 'not-signed-in') signedOut.dispatchEvent(new Event('signed-out'));
  if (value.code === 'locked' || value.code === 'step-up-required') {
    screenLocked.dispatchEvent(new Event('locked'));
  }
  return { kind: 'refused', problem: value };
}

/** Tells `signed-out` when the server no longer knows who is at the till. */
export const signedOut = new EventTarget();
/** Tells `more` when this session may see more than its event stream was opened for. */
export const mayMore = new EventTarget();
/** Tells `locked` when the server wants a PIN: the screen looks anew at what it knows of itself. */
export const screenLocked = new EventTarget();

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'says' in value;
}

const paymentPath = (id: string): string => `/api/payments/${encodeURIComponent(id)}`;

/** Sends a charge under the key of its tap. Refused with 4xx means that nothing was recorded. */
export const createPayment = (body: NewPayment, key: string): Promise<Reply<PaymentAnswer>> =>
  call('/api/payments', { method: 'POST', body, key, waitMs: CHARGE_WAIT_MS });

export const readPayment = (id: string): Promise<Reply<PaymentDetail>> => call(paymentPath(id));

export type Search = Readonly<Record<string, string | number | null | undefined>>;

/** `path?name=value&…`, without what is null, undefined or empty. */
export function withSearch(path: string, search: Search): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

export const listPayments = (search: Search): Promise<Reply<PaymentPage>> =>
  call(withSearch('/api/payments', search));

type PaymentBody = PaymentView | { readonly payment: PaymentView };
const payment = (reply: Reply<PaymentBody>): Reply<PaymentView> =>
  reply.kind === 'answered'
    ? {
        kind: 'answered',
        value: 'payment' in reply.value ? reply.value.payment : reply.value,
      }
    : reply;

/** Has QFPay asked now. The answer is what the payment then is, never an override. */
export const checkPayment = (id: string): Promise<Reply<CheckAnswer>> =>
  call(`${paymentPath(id)}/check`, { method: 'POST', waitMs: CHARGE_WAIT_MS });

/** Asks to stop; the payment ends only when QFPay has been read. */
export const cancelPayment = async (id: string): Promise<Reply<PaymentView>> =>
  payment(await call(`${paymentPath(id)}/cancel`, { method: 'POST', waitMs: CHARGE_WAIT_MS }));

/** A manager's leave to charge this sale another way. The PIN goes into this one request. */
export const overridePayment = (id: string, body: Override): Promise<Reply<PaymentAnswer>> =>
  call(`${paymentPath(id)}/override`, { method: 'POST', body });

/** What customers may still pay in this outlet, at whichever counter it was begun. */
export const listLive = (): Promise<Reply<LivePayments>> => call('/api/payments/live');

/** Goes on here with a payment that another screen began, and hears what comes of it. */
export async function pickUpPayment(id: string): Promise<Reply<PaymentAnswer>> {
  const reply = await call<PaymentAnswer>(`${paymentPath(id)}/pick-up`, { method: 'POST' });
  if (reply.kind === 'answered') mayMore.dispatchEvent(new Event('more'));
  return reply;
}
