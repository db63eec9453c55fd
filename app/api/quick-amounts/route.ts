import { door, json } from '../http';

export const dynamic = 'force-dynamic';

/** The amounts that a counter's outlet takes most at this hour. */
export const GET = door({ may: 'charge' }, async (visit) =>
  json(await visit.app.quickAmounts(visit.request.nextUrl.searchParams, visit)),
);
