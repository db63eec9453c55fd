/** Signing in and out with next-auth's own two steps: fetch its token, then post with it. */

export type SignInResult =
  | { readonly kind: 'in' }
  | { readonly kind: 'wrong' }
  /** Only paired devices may sign in, and this is none. */
  | { readonly kind: 'not-paired' }
  | { readonly kind: 'throttled'; readonly seconds: number | null }
  | { readonly kind: 'silent' };

async function post(action: string, fields: Record<string, string>): Promise<Response> {
  const token = await fetch('/api/auth/csrf', { cache: 'no-store' });
  const { csrfToken } = (await token.json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...fields, csrfToken, json: 'true', callbackUrl: '/' });
  return fetch(`/api/auth/${action}`, { method: 'POST', body, cache: 'no-store' });
}

/**
 * The PIN goes into this one request and is kept nowhere. Whoever was signed in on this screen is
 * so no longer; what runs at `counter` goes over to the new person.
 */
export async function signIn(staffCode: string, pin: string, counter = ''): Promise<SignInResult> {
  try {
    const response = await post('callback/staff', { staffCode, pin, counter });
    if (response.status === 429) return throttled(response.headers.get('Retry-After'));
    const { url } = (await response.json()) as { url?: string };
    const error = new URL(url ?? '/', window.location.origin).searchParams.get('error');
    if (response.ok && error === null) return { kind: 'in' };
    const tries = /^too-many-tries:(\d+)$/.exec(error ?? '');
    if (tries !== null) return throttled(tries[1] ?? null);
    if (error === 'not-paired') return { kind: 'not-paired' };
    // next-auth says 401 to a wrong PIN; anything else is a fault of ours, not of the person.
    return response.status === 401 || error === 'CredentialsSignin'
      ? { kind: 'wrong' }
      : { kind: 'silent' };
  } catch {
    return { kind: 'silent' };
  }
}

const throttled = (seconds: string | null): SignInResult => ({
  kind: 'throttled',
  seconds: seconds !== null && /^\d+$/.test(seconds) ? Number(seconds) : null,
});

/** Ends the session at the server; the counter and the keys of live payments stay. */
export async function signOut(): Promise<void> {
  try {
    await post('signout', {});
  } finally {
    window.location.assign('/sign-in');
  }
}
