import { door, json, Refused } from '../../../http';

export const dynamic = 'force-dynamic';

/** Asks QFPay about a refund now and answers what it said. */
export const POST = door({ may: 'refund', changes: true }, async (visit) => {
  const answer = await visit.app.checkRefund(visit.params.id ?? '', visit);
  if (answer === null) throw new Refused('not-found');
  return json(answer);
});
