import { door, json } from '../../http';

export const dynamic = 'force-dynamic';

/** How many matters are open. */
export const GET = door({ may: 'decide' }, async (visit) =>
  json(await visit.app.inboxCount(visit)),
);
