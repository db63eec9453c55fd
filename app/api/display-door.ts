/**
 * The doors of the customer's screen. Its own cookie opens these and nothing else; a window beside
 * a till names its counter and comes in with the session of whoever is signed in there.
 */
import type { NextRequest } from 'next/server';
import { type Capability, can } from '@/lib/capabilities';
import { counterName } from '@/lib/contract-display';
import { type App, app, type Watch } from '@/server/runtime';
import { languageOf, Refused, refusal } from './http';

type Visit = {
  readonly app: App;
  readonly request: NextRequest;
  readonly watch: Watch;
  /** Whether this screen may still look. */
  readonly holds: () => Promise<boolean>;
};
/** What the person beside the window must be able to do. */
type Rule = { readonly may: Capability };

/** A door that only reads, for a customer's screen. */
export function displayDoor({ may }: Rule, handler: (visit: Visit) => Promise<Response>) {
  return async (request: NextRequest): Promise<Response> => {
    const language = await languageOf(request);
    try {
      const running = app();
      if (running === null) throw new Refused('starting');
      const watch = await watchOf(running, request, may);
      if (watch === null) throw new Refused('display-unpaired');
      const holds = async () => (await watchOf(running, request, may)) !== null;
      return await handler({ app: running, request, watch, holds });
    } catch (thrown) {
      return refusal(thrown, language, { request });
    }
  };
}

async function watchOf(running: App, request: NextRequest, may: Capability): Promise<Watch | null> {
  const named = request.nextUrl.searchParams.get('counter');
  const cookie = (name: string) => request.cookies.get(name)?.value;
  if (named === null) return running.displayWatch(cookie(running.displayCookie.name));
  const counter = counterName.safeParse(named);
  if (!counter.success) throw new Refused('invalid', { fields: ['counter'] });
  const session = await running.sessionOf(cookie(running.cookieName));
  if (session === null) return null;
  if (!can(session.person.role, may)) throw new Refused('not-allowed');
  return { counter: counter.data, person: session.person };
}
