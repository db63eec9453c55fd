import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { guestOf } from '@/server/commands/door-client';
import { lookAtServer } from '@/server/commands/look-at-network';

/** Something else listens where the till should. */
async function aStranger(status: number, told: string) {
  const server = createServer((_, answer) => answer.writeHead(status).end(told));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { host: '127.0.0.1', port, tls: null, environment: 'prod' } as const;
}

test('an answer that is no JSON is a refusal, whatever its status', async () => {
  const guest = guestOf(await aStranger(200, '<html>'));
  const refused = { kind: 'refused', status: 200, body: null };
  expect(await guest.call('POST', '/api/payments', { body: {}, key: 'k' })).toEqual(refused);
});

test.each([
  [200, '<html>', 'wrong'],
  [200, '{"environment":"simulator"}', 'wrong'],
  [503, '{"environment":"prod"}', 'wrong'],
  [200, '{"environment":"prod"}', 'good'],
])('the doctor finds %i %s %s', async (status, told, is) => {
  expect(await lookAtServer(await aStranger(status, told))).toMatchObject([{ what: 'server', is }]);
});

test('nobody there is silence', async () => {
  const place = { host: '127.0.0.1', port: 9, tls: null, environment: 'prod' } as const;
  expect(await guestOf(place).call('GET', '/')).toEqual({ kind: 'silent', why: 'ECONNREFUSED' });
  expect(await lookAtServer(place)).toMatchObject([{ what: 'server', is: 'doubtful' }]);
});
