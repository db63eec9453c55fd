import { door, granted, json } from '../../../http';

export const dynamic = 'force-dynamic';

/** This screen goes on with a payment that another one began. */
export const POST = door({ may: 'charge', changes: true }, async (visit) =>
  json(granted(await visit.app.pickUp(visit.params.id ?? '', visit))),
);
