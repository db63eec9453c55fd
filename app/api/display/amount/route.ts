import { keyedAmountSchema } from '@/lib/contract-display';
import { door, granted, json, readBody } from '../../http';

export const dynamic = 'force-dynamic';

/** What is being keyed at a counter, for the customer's screen there. It charges nothing. */
export const PUT = door({ may: 'charge', changes: true }, async (visit) => {
  const body = await readBody(visit.request, keyedAmountSchema);
  return json(granted(await visit.app.mirrorAmount(body, visit)));
});
