import { newPrintSchema } from '@/lib/contract-receipts';
import { door, granted, json, readBody, readKey } from '../../../http';

export const dynamic = 'force-dynamic';

/** Where the customer reads the receipt, how often it was printed and what a print says. */
export const GET = door({ may: 'see-sales' }, async (visit) =>
  json(granted(await visit.app.receipt(visit.params.id ?? '', visit))),
);

/** One more print, counted before it is on paper; a copy is marked. */
export const POST = door({ may: 'see-sales', changes: true }, async (visit) => {
  const key = readKey(visit.request);
  const body = await readBody(visit.request, newPrintSchema);
  const id = visit.params.id ?? '';
  return json(granted(await visit.app.printReceipt({ id, key, body }, visit)), 201);
});
