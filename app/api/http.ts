/**
 * Every door is hung here: who may, from where, and how a refusal becomes a status. It never looks
 * at money; a handler that throws answers 500 and the fault goes to the log.
 */
import { type NextRequest, NextResponse } from 'next/server';
import { type Capability, can } from '@/lib/capabilities';
import { PROBLEM_CODES, type Problem, type ProblemCode } from '@/lib/contract';
import { LEAVE_HEADER } from '@/lib/leave-header';
import { fill, LANGUAGE_COOKIE, type Language } from '@/lib/messages/language';
import { problemText, withReference } from '@/lib/messages/problems';
import { type App, app, isDatabaseFault, type Person, type Standing } from '@/server/runtime';
import { languageFor } from '../language';
import { refuseOtherBodies } from './body';
import { logFault, type Place } from './fault';
import { type Extra, Refused } from './refused';
import { addressOf, isTold, tellAct, tellDenied } from './told';

export { readBody, readBytes, readKey } from './body';
export { addressOf, Refused };

export type Visit = {
  readonly app: App;
  readonly person: Person;
  readonly session: Standing;
  /** The person's PIN came with this very call and was right. */
  readonly proven: boolean;
  readonly language: Language;
  readonly request: NextRequest;
  /** Where the request comes from, as the sign-in counts it. */
  readonly address: string;
  readonly params: Readonly<Record<string, string>>;
};
type Context = { params: Promise<Record<string, string>> };
type Rule = {
  may: Capability;
  /** Also wants our own pages as the origin, and counts as a hand on the screen. */
  changes?: true;
  /** Reads what an act is decided by: who has this reads it too, where hands are lent. */
  lent?: Capability;
  /** Goes on while the screen is locked: what a running payment needs to be seen. */
  evenLocked?: true;
  /** The call brings a PIN, so that a lock would only ask for it twice. */
  asksPin?: true;
};

/** A door for signed-in staff. */
export function door(rule: Rule, handler: (visit: Visit) => Promise<Response>) {
  return async (request: NextRequest, context: Context): Promise<Response> => {
    const language = await languageOf(request);
    const params = (await context?.params) ?? {};
    let session: Standing | null = null;
    try {
      if (rule.changes) mustBeOurs(request);
      const running = app();
      if (running === null) throw new Refused('starting');
      session = await running.sessionOf(request.cookies.get(running.cookieName)?.value);
      if (session === null) throw new Refused('not-signed-in');
      if (session.locked && !rule.evenLocked && !rule.asksPin) throw new Refused('locked');
      const address = addressOf(request);
      const who = await entitled(running, { session, rule, request, address });
      if (rule.changes && !rule.evenLocked) await running.acted(session);
      const visit = { app: running, session, language, request, address, params, ...who };
      const answer = await handler(visit);
      if (isTold(rule)) tellAct(request, { staff: visit.person.code, status: answer.status });
      return lastWord(running, answer);
    } catch (thrown) {
      tellDenied(thrown, request, session?.person.code);
      return refusal(thrown, language, { request, params });
    }
  };
}

type Stranger = Pick<Visit, 'app' | 'request' | 'address' | 'params'>;

/**
 * A door for whoever is not signed in. What changes something comes from our own pages alone; a
 * browser does not say where it reads from when the address is no https.
 */
export function openDoor(handler: (stranger: Stranger) => Promise<Response>) {
  return async (request: NextRequest, context: Context): Promise<Response> => {
    const language = await languageOf(request);
    const params = (await context?.params) ?? {};
    try {
      if (request.method !== 'GET') mustBeOurs(request);
      const running = app();
      if (running === null) throw new Refused('starting');
      const stranger = { app: running, request, address: addressOf(request), params };
      return lastWord(running, await handler(stranger));
    } catch (thrown) {
      tellDenied(thrown, request);
      return refusal(thrown, language, { request, params });
    }
  };
}

/** Of a server that stops: a line that is kept alive afterwards would hold it up for seconds. */
function lastWord(running: App, answer: Response): Response {
  if (running.isStopping()) answer.headers.set('Connection', 'close');
  return answer;
}

/** What was granted; a refusal becomes its status. */
export function granted<T extends object>(
  result: T,
): Exclude<T, { readonly refused: ProblemCode }> {
  if ('refused' in result) {
    const { refused, extra } = result as { refused: ProblemCode; extra?: Extra };
    throw new Refused(refused, extra);
  }
  return result as Exclude<T, { readonly refused: ProblemCode }>;
}

/** From our own pages, and with nothing but JSON in its hands. */
function mustBeOurs(request: NextRequest): void {
  if (!fromOurPages(request)) throw new Refused('foreign-origin');
  refuseOtherBodies(request);
}

type Coming = { session: Standing; rule: Rule; request: NextRequest; address: string };

/** The person of the session, or whoever lends a hand with code and PIN for this one call. */
async function entitled(
  running: App,
  { session, rule: { may, changes, lent: reads }, request, address }: Coming,
): Promise<Pick<Visit, 'person' | 'proven'>> {
  const { person } = session;
  if (can(person.role, may)) return { person, proven: false };
  const readsToo = reads !== undefined && can(person.role, reads);
  const mayBeHelped = changes !== undefined || readsToo;
  if (!mayBeHelped || !(await running.lendsHands())) throw new Refused('not-allowed');
  if (readsToo) return { person, proven: false };
  const [staffCode = '', pin] = (request.headers.get(LEAVE_HEADER) ?? '').split(':');
  if (pin === undefined) throw new Refused('leave-needed');
  const lent = await running.leave({ may, given: { staffCode, pin }, address, asker: person });
  if ('refused' in lent) throw new Refused(lent.refused, lent.extra);
  return { person: lent, proven: true };
}

export function languageOf(request: NextRequest): Promise<Language> {
  const chosen = request.cookies.get(LANGUAGE_COOKIE)?.value;
  return languageFor(chosen, request.headers.get('accept-language'));
}

/** The browser says where a request comes from; an older one at least names the origin. */
function fromOurPages(request: NextRequest): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = request.headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return false;
  return new URL(origin).host === request.headers.get('host');
}

export function json(body: unknown, status = 200): Response {
  return NextResponse.json(body, { status, headers: { ...HEADERS, ...JSON_TYPE } });
}

type Kept = { readonly name: string; readonly maxAge: number; readonly secure: boolean };

/** The answer, and a secret that this browser alone keeps and no script of it reads. */
export function keepCookie(response: Response, cookie: Kept, secret: string): Response {
  const { name, maxAge, secure } = cookie;
  const ends = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  response.headers.append('Set-Cookie', `${name}=${secret}; ${ends}`);
  return response;
}
export const HEADERS = { 'Cache-Control': 'no-store' };
const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8' };

export function problem(code: ProblemCode, language: Language, extra: Extra = {}): Response {
  const words = (reader: Language) => {
    const text = fill(problemText(code, reader), { counter: extra.counter ?? '' });
    return extra.reference === undefined ? text : withReference(text, extra.reference, reader);
  };
  const body: Problem = {
    type: `urn:countertop:problem:${code}`,
    title: words('en'),
    status: PROBLEM_CODES[code],
    code,
    says: words(language),
    next: NEXT[code] ?? 'try-again',
    moneyMayHaveMoved: MAY_HAVE_MOVED.includes(code),
    ...extra,
  };
  const type = 'application/problem+json; charset=utf-8';
  const wait = extra.seconds === undefined ? {} : { 'Retry-After': String(extra.seconds) };
  return new NextResponse(JSON.stringify(body), {
    status: body.status,
    headers: { ...HEADERS, ...wait, 'Content-Type': type },
  });
}

/** Another payment brought the money, or this one before the server broke; or it went back. */
const MAY_HAVE_MOVED: readonly ProblemCode[] = [
  'sale-has-live-payment',
  'code-used',
  'database-failed',
  'fault',
  'refunded-outside',
];

const NEXT: Partial<Record<ProblemCode, Problem['next']>> = {
  'not-allowed': 'call-manager',
  'not-paired': 'call-manager',
  'second-manager-required': 'call-manager',
  'refund-not-paid': 'call-manager',
  'refund-wallet': 'call-manager',
  'refund-too-old': 'call-manager',
  'refund-too-many': 'call-manager',
  'refunded-outside': 'call-manager',
  'refund-sent': 'wait',
  'override-not-open': 'wait',
  'counter-without-outlet': 'call-manager',
  'counter-elsewhere': 'call-manager',
  'comparison-running': 'wait',
  'sale-has-live-payment': 'wait',
  'too-many-sales': 'wait',
  'too-many-tries': 'wait',
  starting: 'wait',
  fault: 'call-manager',
  'database-failed': 'call-manager',
  'pay-type-not-accepted': 'other-wallet',
};

export function refusal(thrown: unknown, language: Language, place: Place): Response {
  if (thrown instanceof Refused) return problem(thrown.code, language, thrown.extra);
  const reference = logFault(thrown, place);
  return problem(isDatabaseFault(thrown) ? 'database-failed' : 'fault', language, { reference });
}
