/** Listens where the gateway should, with a certificate that nobody vouches for. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import { ONE } from '../certificates';

export type Impostor = {
  readonly url: string;
  /** Connections that began. */
  readonly knocks: () => number;
  /** Bytes that somebody trusted it with. */
  readonly heard: () => number;
  readonly stop: () => Promise<void>;
};

export async function startImpostor(): Promise<Impostor> {
  let knocks = 0;
  let heard = 0;
  const open = new Set<Socket>();
  const server = createServer({ cert: ONE.cert, key: ONE.key }, (line) => {
    line.on('data', (bytes: Buffer) => {
      heard += bytes.length;
    });
    line.on('error', () => undefined);
  });
  server.on('connection', (socket: Socket) => {
    knocks += 1;
    open.add(socket);
    socket.on('error', () => undefined);
  });
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `https://127.0.0.1:${port}`,
    knocks: () => knocks,
    heard: () => heard,
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
