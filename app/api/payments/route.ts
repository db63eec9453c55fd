import { IDEMPOTENCY_KEY, newPaymentSchema } from '@/lib/contract';
import { door, json, Refused, readJson } from '../http';

export const dynamic = 'force-dynamic';

/** Starts a payment, or answers the one that the key already made. */
export const POST = door({ role: 'cashier', changes: true }, async (visit) => {
  const key = visit.request.headers.get('idempotency-key') ?? '';
  if (!IDEMPOTENCY_KEY.test(key)) throw new Refused('key-missing');
  const body = newPaymentSchema.safeParse(await readJson(visit.request));
  if (!body.success) {
    const fields = body.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.join('.')],
    );
    throw new Refused('invalid', { fields });
  }
  const result = await visit.app.charge({ key, body: body.data }, visit);
  if ('refused' in result) throw new Refused(result.refused, result.extra);
  return json(result, 201);
});

/** Newest first; a cashier sees their own. */
export const GET = door({ role: 'cashier' }, async (visit) => {
  const page = await visit.app.list(visit.request.nextUrl.searchParams, visit);
  if ('refused' in page) throw new Refused(page.refused, { fields: page.fields });
  return json(page);
});
