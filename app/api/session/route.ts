import { door, json } from '../http';

export const dynamic = 'force-dynamic';

/** Who is signed in here, and when the screen locks. */
export const GET = door({ may: 'be-here', evenLocked: true }, async (visit) =>
  json(await visit.app.sessionNow(visit)),
);
