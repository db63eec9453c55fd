/** Real servers on the loopback, well-behaved and not, and transports to them. */
import http from 'node:http';
import net from 'node:net';
import { afterEach } from 'vitest';
import {
  createHttpTransport,
  type HttpTransport,
  type HttpTransportOptions,
} from '@/server/qfpay/transport';

export const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Listens on a free port of the loopback and answers its number. */
export async function listen(server: net.Server): Promise<number> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export function transportTo(
  port: number,
  options: Partial<HttpTransportOptions> & { scheme?: string; path?: string } = {},
): HttpTransport {
  const { scheme = 'http', path = '', ...rest } = options;
  const transport = createHttpTransport({
    baseUrl: `${scheme}://127.0.0.1:${port}${path}`,
    ...rest,
  });
  closing.push(() => transport.close());
  return transport;
}

type Seen = { readonly request: http.IncomingMessage; readonly body: string };
type Handler = (seen: Seen, response: http.ServerResponse) => void;
export async function serve(handle: Handler) {
  const seen: Seen[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one = { request, body: Buffer.concat(chunks).toString() };
    seen.push(one);
    handle(one, response);
  });
  return { port: await listen(server), seen };
}
/** A server that speaks bytes, not HTTP. */
export const raw = (answer: (socket: net.Socket, heard: Buffer) => void): Promise<number> =>
  listen(
    net.createServer((socket) => {
      socket.on('data', (heard) => answer(socket, heard));
    }),
  );
