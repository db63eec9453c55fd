/** A program of the shop's own that signs in and calls the doors, as contract.md allows. */
import { STAFF } from './till';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
};
export type StaffClient = Awaited<ReturnType<typeof enter>>;

/** What a browser would send along, for whoever asks by himself. */
export const jarOf = ({ cookies }: Pick<StaffClient, 'cookies'>): string =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** A jar of each of the demo staff: nobody may begin more than 120 sales a minute alone. */
export const jarsOfAll = (till: string): Promise<string[]> =>
  Promise.all(
    (['cashier', 'manager', 'owner'] as const).map(async (who) => jarOf(await enter(till, who))),
  );

export async function enter(till: string, who: keyof typeof STAFF = 'cashier') {
  const cookies: Map<string, string> = new Map();
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (cookies.size > 0) headers.set('cookie', jarOf({ cookies }));
    const answer = await fetch(till + path, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return answer;
  };
  const { csrfToken } = (await (await send('/api/auth/csrf')).json()) as { csrfToken: string };
  const form = { csrfToken, staffCode: STAFF[who].code, pin: STAFF[who].pin, json: 'true' };
  const signedIn = await send('/api/auth/callback/staff', {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  if (signedIn.status !== 200) throw new Error(`sign-in answered ${signedIn.status}`);
  const call = async (
    method: string,
    path: string,
    given: { body?: unknown; key?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> => {
    const answer = await send(path, {
      method,
      headers: {
        origin: till,
        ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(given.key === undefined ? {} : { 'idempotency-key': given.key }),
        ...given.headers,
      },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    const text = await answer.text();
    const isJson = /[/+]json\b/.test(answer.headers.get('content-type') ?? '');
    const body = isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: answer.status, headers: answer.headers, body };
  };
  return { call, send, cookies };
}
