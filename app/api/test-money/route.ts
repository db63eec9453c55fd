import { door, json } from '../http';

export const dynamic = 'force-dynamic';

/** Real money of trial sales that has not gone back; nothing outside the test environment. */
export const GET = door({ may: 'refund' }, async (visit) => json(await visit.app.testMoney(visit)));
