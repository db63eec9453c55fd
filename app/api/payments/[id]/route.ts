import { door, json, Refused } from '../../http';

export const dynamic = 'force-dynamic';

export const GET = door({ may: 'see-sales', evenLocked: true }, async (visit) => {
  const detail = await visit.app.detail(visit.params.id ?? '', visit);
  if (detail === null) throw new Refused('not-found');
  return json(detail);
});
