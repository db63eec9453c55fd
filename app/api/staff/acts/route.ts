import { door, granted, json } from '../../http';

export const dynamic = 'force-dynamic';

/** What people did, newest first: one person, or every change of rights. */
export const GET = door({ may: 'manage-staff' }, async ({ app, request }) =>
  json(granted(await app.acts(request.nextUrl.searchParams))),
);
