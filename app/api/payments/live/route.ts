import { door, json } from '../../http';

export const dynamic = 'force-dynamic';

/** What customers may still pay in the outlets of whoever asks, at whichever counter it began. */
export const GET = door({ may: 'charge' }, async (visit) =>
  json(await visit.app.livePayments(visit)),
);
