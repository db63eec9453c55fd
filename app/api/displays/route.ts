import { newDisplaySchema } from '@/lib/contract-display';
import { door, granted, json, readBody } from '../http';

export const dynamic = 'force-dynamic';

/** The screen that shows this code becomes the customer's screen of a counter. */
export const POST = door({ may: 'open-display', changes: true, asksPin: true }, async (visit) => {
  const body = await readBody(visit.request, newDisplaySchema);
  return json(granted(await visit.app.pairDisplay(body, visit)), 201);
});
