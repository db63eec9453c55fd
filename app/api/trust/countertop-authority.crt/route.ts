import { granted, HEADERS, openDoor } from '../../http';

export const dynamic = 'force-dynamic';

/**
 * The authority that a tablet installs: a certificate, no key. The type and the end of the address
 * are what iPadOS, Android and Windows go by.
 */
export const GET = openDoor(async ({ app }) => {
  const { file } = granted(app.authority());
  return new Response(file, {
    headers: { ...HEADERS, 'Content-Type': 'application/x-x509-ca-cert' },
  });
});
