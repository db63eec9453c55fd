/**
 * Who a request comes from is what its connection says. Headers in which a proxy would tell it are
 * taken off before anybody reads them, for whoever connects can write them too; only the HTTPS
 * front of `npm start` is believed, which stands between and takes them off itself.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

const SAID_OF_OTHERS = /^(forwarded|x-forwarded-.*|x-real-ip|x-client-ip)$/;

/** From now on, in this process. Next.js then writes the connection's own address. */
export function believeConnectionsAlone(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    for (const name of Object.keys(request.headers)) {
      if (SAID_OF_OTHERS.test(name)) delete request.headers[name];
    }
  });
}
