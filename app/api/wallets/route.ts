import { door, json } from '../http';

export const dynamic = 'force-dynamic';

/** How each wallet does just now, from this shop's own payments. */
export const GET = door({ may: 'charge' }, async (visit) => json(await visit.app.wallets()));
