import { door, json } from '../../http';

export const dynamic = 'force-dynamic';

/** The counters and people to filter by. */
export const GET = door({ may: 'see-sales' }, async (visit) =>
  json(await visit.app.choices(visit)),
);
