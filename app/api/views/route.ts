import { savedViewSchema } from '@/lib/contract-history';
import { door, json, Refused, readBody } from '../http';

export const dynamic = 'force-dynamic';

/** The saved views of whoever asks. */
export const GET = door({ may: 'see-sales' }, async (visit) => json(await visit.app.views(visit)));

export const POST = door({ may: 'see-sales', changes: true }, async (visit) => {
  const result = await visit.app.addView(await readBody(visit.request, savedViewSchema), visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result, 201);
});
