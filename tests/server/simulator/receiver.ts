/** The shop's notification address: hears everything and answers what it is told to. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { afterEach } from 'vitest';
import { KEY, type Shop } from './shop';

export type Heard = { readonly headers: IncomingHttpHeaders; readonly text: string };
export type Receiver = { readonly url: string; readonly heard: Heard[]; answer: [number, string] };

const servers: (() => void)[] = [];
afterEach(() => {
  for (const stop of servers.splice(0)) stop();
});

export async function listen(onHeard: () => void = () => {}): Promise<Receiver> {
  const heard: Heard[] = [];
  const receiver: Receiver = { url: '', heard, answer: [200, 'SUCCESS'] };
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      heard.push({ headers: request.headers, text });
      onHeard();
      response.writeHead(receiver.answer[0]).end(receiver.answer[1]);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return Object.assign(receiver, { url: `http://127.0.0.1:${port}/notify` });
}

export const md5 = (text: string) => createHash('md5').update(text).digest('hex').toUpperCase();
export const isGenuine = ({ headers, text }: Heard) => headers['x-qf-sign'] === md5(text + KEY);
export const flush = (shop: Shop) => shop.control('flush');
export const noticesOf = async (shop: Shop) => {
  const { notifications } = await shop.look('state');
  return Array.isArray(notifications) ? notifications : [];
};
