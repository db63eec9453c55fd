import { door, json, Refused } from '../../../http';

export const dynamic = 'force-dynamic';

/** Takes a refund back that has not been sent; the amount is free again. */
export const POST = door({ may: 'refund', changes: true }, async (visit) => {
  const result = await visit.app.withdraw(visit.params.id ?? '', visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result);
});
