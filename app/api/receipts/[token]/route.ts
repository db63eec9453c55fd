import { granted, json, openDoor } from '../../http';

export const dynamic = 'force-dynamic';

/** For the customer's phone: from the QR to the receipt, for whoever has its address. */
export const GET = openDoor(async ({ app, params, language, address }) =>
  json(granted(await app.customerReceipt(params.token ?? '', { language, address }))),
);
