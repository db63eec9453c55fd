/**
 * next-auth behind one file. Its cookie carries an opaque session id and nothing else that counts:
 * the session row decides on every request.
 */
import type { AuthOptions } from 'next-auth';
import { decode } from 'next-auth/jwt';
import Credentials from 'next-auth/providers/credentials';
import { type Desk, personOfSession, type Standing, standing } from './session';
import { deviceOf, signIn, signOut } from './sign-in';

export type AuthSetting = {
  readonly desk: Desk;
  readonly sessionKey: string;
  /** Whether browsers come by TLS: to this listener, or to a proxy that the settings trust. */
  readonly secure: boolean;
};

const SESSION_S = 12 * 3_600;
/** A paired tablet stays paired; browsers keep no cookie for longer. */
export const DEVICE_COOKIE_S = 400 * 86_400;

export const cookieName = (secure: boolean): string =>
  secure ? '__Host-countertop.session' : 'countertop.session';

export const deviceCookieName = (secure: boolean): string =>
  secure ? '__Host-countertop.device' : 'countertop.device';

export const displayCookieName = (secure: boolean): string =>
  secure ? '__Host-countertop.display' : 'countertop.display';

/** What the log is told (security.md S68). Whose code it was is only said of people there are. */
export type Telling = {
  readonly fault: (code: string) => void;
  readonly came: (who: {
    readonly says: string;
    readonly staff: string | null;
    readonly address: string;
    readonly device: string | null;
  }) => void;
  readonly left: (staff: string | null) => void;
};

export function authOptions(auth: AuthSetting, tell: Telling): AuthOptions {
  const { desk, sessionKey, secure } = auth;
  return {
    secret: sessionKey,
    session: { strategy: 'jwt', maxAge: SESSION_S },
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: cookieName(secure),
        options: { httpOnly: true, sameSite: 'strict', path: '/', secure },
      },
    },
    // It would ask for NEXTAUTH_URL, which only its redirects need, and we use none.
    logger: { warn: () => {}, debug: () => {}, error: tell.fault },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        id: 'staff',
        name: 'Staff',
        credentials: {
          staffCode: { type: 'text' },
          pin: { type: 'password' },
          // Where this tablet stands: what runs there goes over to whoever signs in on it.
          counter: { type: 'text' },
        },
        authorize: (given, request) => authorise({ auth, tell }, given, request.headers),
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      session: async ({ token, session }) => {
        const sid = typeof token.sid === 'string' ? token.sid : '';
        const person = await personOfSession(desk, sid);
        return person === null
          ? { expires: new Date(0).toISOString() }
          : { expires: session.expires, user: { name: person.name }, staff: person };
      },
      redirect: ({ baseUrl }) => baseUrl,
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid !== 'string') return;
        tell.left((await personOfSession(desk, token.sid))?.code ?? null);
        await signOut(desk, token.sid);
      },
    },
  };
}

type Header = Readonly<Record<string, unknown>> | undefined;

/** Null is a wrong PIN; any other refusal is told by the name of the error. */
async function authorise(
  { auth, tell }: { readonly auth: AuthSetting; readonly tell: Telling },
  given: Readonly<Record<string, string>> | undefined,
  headers: Header,
): Promise<{ id: string; name: string } | null> {
  const { desk, secure } = auth;
  const staffCode = String(given?.staffCode ?? '').slice(0, 16);
  const pin = String(given?.pin ?? '').slice(0, 64);
  const counter = String(given?.counter ?? '').slice(0, 24);
  const address = String(headers?.['x-forwarded-for'] ?? 'here').slice(0, 64);
  const cookies = String(headers?.cookie ?? '');
  const sessionId = await sessionIdOf(auth, cookieOf(cookies, cookieName(secure)));
  const secret = cookieOf(cookies, deviceCookieName(secure));
  const result = await signIn(desk, {
    ...{ staffCode, pin, address, device: secret },
    before: sessionId === null ? undefined : { sessionId, counter },
  });
  const refused = 'refused' in result ? result.refused : null;
  // Somebody may have typed a PIN into the field of the code.
  const staff = (await desk.store.staffByCode(staffCode))?.code ?? null;
  const device = (await deviceOf(desk, secret))?.id ?? null;
  tell.came({ says: refused ?? 'signed-in', staff, address, device });
  if (!('refused' in result)) return { id: result.sessionId, name: result.person.name };
  if (result.refused === 'wrong-pin') return null;
  if (result.refused === 'not-paired') throw new Error('not-paired');
  throw new Error(`too-many-tries:${result.seconds}`);
}

/** Who sent this request, by its cookie and the session row; null for nobody. */
export async function standingOfCookie(
  auth: AuthSetting,
  cookie: string | undefined,
): Promise<Standing | null> {
  const sessionId = await sessionIdOf(auth, cookie);
  return sessionId === null ? null : standing(auth.desk, sessionId);
}

async function sessionIdOf(
  { sessionKey }: AuthSetting,
  cookie: string | undefined,
): Promise<string | null> {
  if (cookie === undefined || cookie === '') return null;
  const token = await decode({ token: cookie, secret: sessionKey }).catch(() => null);
  return typeof token?.sid === 'string' ? token.sid : null;
}

function cookieOf(header: string, name: string): string | undefined {
  const pairs = header.split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}
