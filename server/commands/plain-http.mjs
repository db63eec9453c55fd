/**
 * What is answered in the clear where the app is served over HTTPS (security.md S01): a page is led
 * to its secure address, and a call of the API is refused, because whatever came with it has been
 * read by the whole network. Only the page that helps a tablet to trust this server is shown, with
 * what it is drawn with: a tablet needs it before HTTPS works there.
 */

/** Nothing here takes or tells a secret. */
const OPEN = new RegExp(
  [
    '^/trust$',
    '^/api/trust/countertop-authority\\.crt$',
    '^/_next/static/(?!.*\\.\\.)[\\w./~-]+$',
    '^/(icon\\.svg|apple-touch-icon\\.png|manifest\\.webmanifest|icon-[\\w-]+\\.png)$',
  ].join('|'),
);
/** A host as browsers send it: a name or an address, and perhaps a port. */
const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

export function answerInTheClear(request, response, handOver) {
  const { method, url = '', headers } = request;
  const reads = method === 'GET' || method === 'HEAD';
  const [path] = url.split('?');
  if (reads && OPEN.test(path)) {
    handOver();
    return;
  }
  const { host = '' } = headers;
  // Without a slash at its beginning it is no path, and two would name another host.
  const isPage = reads && /^\/(?![/\\])/.test(url) && !/^\/api(\/|$)/.test(path);
  if (isPage && HOST.test(host)) {
    response.writeHead(308, { location: `https://${host}${url}`, 'content-length': '0' });
    response.end();
    return;
  }
  refuse(response);
}

function refuse(response) {
  // The body may still be on its way and is not waited for.
  response.writeHead(403, {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(
    JSON.stringify({
      type: 'urn:countertop:problem:https-only',
      title: 'This server speaks HTTPS; in the clear nothing is read and nothing is told',
      status: 403,
      code: 'https-only',
    }),
  );
}
