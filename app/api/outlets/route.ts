import { newOutletSchema } from '@/lib/contract-outlets';
import { door, json, Refused, readBody } from '../http';

export const dynamic = 'force-dynamic';

export const GET = door({ may: 'manage-outlets' }, async (visit) =>
  json(await visit.app.outlets()),
);

export const POST = door({ may: 'manage-outlets', changes: true }, async (visit) => {
  const body = await readBody(visit.request, newOutletSchema);
  const result = await visit.app.addOutlet(body, visit);
  if ('refused' in result) throw new Refused(result.refused);
  return json(result, 201);
});
