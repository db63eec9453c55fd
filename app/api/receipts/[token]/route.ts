import { visitorLanguage } from '../../../preferences';
import { granted, json, openDoor } from '../../http';

export const dynamic = 'force-dynamic';

/** For the customer's phone: from the QR to the receipt, for whoever has its address. */
export const GET = openDoor(async ({ app, params, address }) => {
  const visitor = { language: await visitorLanguage(), address };
  return json(granted(await app.customerReceipt(params.token ?? '', visitor)));
});
