import { savedViewSchema } from '@/lib/contract-history';
import { door, json, Refused, readBody, type Visit } from '../../http';

export const dynamic = 'force-dynamic';

const numberOf = ({ params }: Visit): number => {
  if (!/^[1-9]\d{0,8}$/.test(params.id ?? '')) throw new Refused('not-found');
  return Number(params.id);
};

/** Renames a view, or points it at another search. */
export const PUT = door({ may: 'see-sales', changes: true }, async (visit) => {
  const body = await readBody(visit.request, savedViewSchema);
  const result = await visit.app.changeView({ id: numberOf(visit), body }, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result);
});

export const DELETE = door({ may: 'see-sales', changes: true }, async (visit) => {
  const result = await visit.app.removeView(numberOf(visit), visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result);
});
