/**
 * next-auth behind one file. Its cookie carries an opaque session id and nothing else that counts:
 * the session row decides on every request.
 */
import type { AuthOptions } from 'next-auth';
import { decode } from 'next-auth/jwt';
import Credentials from 'next-auth/providers/credentials';
import { type Desk, type Person, personOfSession, signIn, signOut } from './sign-in';

export type AuthSetting = {
  readonly desk: Desk;
  readonly sessionKey: string;
  /** Whether this listener serves TLS itself. */
  readonly secure: boolean;
};

const SESSION_S = 12 * 3_600;

export const cookieName = (secure: boolean): string =>
  secure ? '__Host-countertop.session' : 'countertop.session';

export function authOptions(
  { desk, sessionKey, secure }: AuthSetting,
  onFault: (code: string) => void,
): AuthOptions {
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
    logger: { warn: () => {}, debug: () => {}, error: onFault },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        id: 'staff',
        name: 'Staff',
        credentials: { staffCode: { type: 'text' }, pin: { type: 'password' } },
        authorize: async (given, request) => {
          const staffCode = String(given?.staffCode ?? '').slice(0, 16);
          const pin = String(given?.pin ?? '').slice(0, 64);
          const address = String(request.headers?.['x-forwarded-for'] ?? 'here').slice(0, 64);
          const result = await signIn(desk, { staffCode, pin, address });
          if (!('refused' in result)) return { id: result.sessionId, name: result.person.name };
          if (result.refused === 'wrong-pin') return null;
          throw new Error(`too-many-tries:${result.seconds}`);
        },
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
        if (typeof token?.sid === 'string') await signOut(desk, token.sid);
      },
    },
  };
}

/** Who sent this request, by its cookie and the session row; null for nobody. */
export async function personOfCookie(
  { desk, sessionKey }: AuthSetting,
  cookie: string | undefined,
): Promise<Person | null> {
  if (cookie === undefined || cookie === '') return null;
  const token = await decode({ token: cookie, secret: sessionKey }).catch(() => null);
  return typeof token?.sid === 'string' ? personOfSession(desk, token.sid) : null;
}
