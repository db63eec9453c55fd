import { newComparisonSchema } from '@/lib/contract-compare';
import { door, json, Refused, readBody } from '../http';

export const dynamic = 'force-dynamic';

/** Begins to compare a day with QFPay, or answers the comparison of that day that runs. */
export const POST = door({ may: 'compare', changes: true }, async (visit) => {
  const body = await readBody(visit.request, newComparisonSchema);
  const result = await visit.app.startComparison(body, visit);
  if ('fields' in result) throw new Refused(result.refused, { fields: result.fields });
  if ('refused' in result) throw new Refused(result.refused);
  return json(result, 201);
});

/** The latest day first. */
export const GET = door({ may: 'compare' }, async (visit) =>
  json(await visit.app.comparisons(visit)),
);
