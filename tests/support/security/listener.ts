/** A server on this machine that nobody should visit, and that counts who does. */
import { once } from 'node:events';
import { createServer } from 'node:net';

export async function openForbidden() {
  let visits = 0;
  const server = createServer((visitor) => {
    visits += 1;
    visitor.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    visits: () => visits,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
