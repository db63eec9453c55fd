import { displayDoor } from '../display-door';
import { json } from '../http';

export const dynamic = 'force-dynamic';

/** What this customer's screen shows now. 401: it belongs to no counter. */
export const GET = displayDoor({ may: 'open-display' }, async ({ app, watch }) =>
  json(await app.displayPicture(watch)),
);
