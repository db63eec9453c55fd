import { newRefundSchema } from '@/lib/contract';
import { door, json, Refused, readBody, readKey } from '../../../http';

export const dynamic = 'force-dynamic';

/** All that is known before anything is given back: how much, why not, and when. */
export const GET = door({ may: 'refund', lent: 'see-sales' }, async (visit) => {
  const answer = await visit.app.refundDesk(visit.params.id ?? '', visit);
  if (answer === null) throw new Refused('not-found');
  return json(answer);
});

/** Gives money back, or answers the refund that the key already made. */
export const POST = door({ may: 'refund', changes: true, asksPin: true }, async (visit) => {
  const key = readKey(visit.request);
  const body = await readBody(visit.request, newRefundSchema);
  const id = visit.params.id ?? '';
  const result = await visit.app.refund({ id, key, body }, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result, 201);
});
