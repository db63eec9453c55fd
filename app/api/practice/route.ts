import { door, granted, json } from '../http';

export const dynamic = 'force-dynamic';

/** Which lessons the caller has done since they opened them; only where no money moves. */
export const GET = door({ may: 'charge' }, async (visit) =>
  json(granted(await visit.app.practice(visit.request.nextUrl.searchParams, visit))),
);
