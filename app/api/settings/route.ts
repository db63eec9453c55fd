import { settingsChangeSchema } from '@/lib/settings';
import { door, granted, json, readBody } from '../http';

export const dynamic = 'force-dynamic';

export const GET = door({ may: 'change-settings' }, async ({ app }) => json(await app.settings()));

/** Any of them at a time; what is left out stays as it is. */
export const PUT = door({ may: 'change-settings', changes: true, asksPin: true }, async (visit) => {
  const body = await readBody(visit.request, settingsChangeSchema);
  return json(granted(await visit.app.changeSettings(body, visit)));
});
