import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { text } from 'node:stream/consumers';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTlsFront } from '../../../server/commands/tls-front.mjs';
import { ONE } from '../../support/certificates';

/** The app behind the front; each test says what it does. */
let answer: http.RequestListener = (_request, response) => response.end();
const inner = http.createServer((request, response) => answer(request, response));
const open: { front: net.Server | null } = { front: null };
let innerPort = 0;
let port = 0;

const portOf = (server: net.Server) => (server.address() as AddressInfo).port;
async function openFront(options: { port: number; webSockets?: boolean }) {
  const files = { cert: Buffer.from(ONE.cert), key: Buffer.from(ONE.key) };
  open.front?.close();
  const front: net.Server = createTlsFront({ ...files, ...options });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  open.front = front;
  port = portOf(front);
}
const trusting = () => ({
  ...{ host: '127.0.0.1', servername: 'localhost', port },
  ...{ ca: ONE.cert, agent: false as const },
});
async function ask(options: https.RequestOptions, body = '') {
  const request = https.request({ ...trusting(), ...options });
  request.end(body);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

beforeAll(async () => {
  inner.listen(0, '127.0.0.1');
  await once(inner, 'listening');
  innerPort = portOf(inner);
  await openFront({ port: innerPort });
});
afterEach(() => inner.closeAllConnections());
afterAll(() => {
  open.front?.close();
  inner.close();
});

/** In the clear, on the same port, with the path exactly as given. */
async function askInTheClear(options: http.RequestOptions) {
  const request = http.request({ host: '127.0.0.1', port, agent: false, ...options });
  request.end();
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

describe('S01 in the clear', () => {
  const asked: string[] = [];
  beforeEach(() => {
    asked.length = 0;
  });
  const tell: http.RequestListener = (request, response) => {
    asked.push(`${request.headers['x-forwarded-proto']} ${request.url}`);
    response.end('shown');
  };

  test('leads a page to its secure address, with its port and its search', async () => {
    answer = tell;
    const headers = { host: 'till.local:3000' };
    const got = await askInTheClear({ path: '/history?q=1', headers });
    expect(got.status).toBe(308);
    expect(got.headers.location).toBe('https://till.local:3000/history?q=1');
    expect(got.headers['strict-transport-security']).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test.each([
    { path: '/api/payments' },
    { path: '/api/health' },
    { path: '/api/auth/callback/staff', method: 'POST' },
    { path: '/trust', method: 'POST' },
    { path: '/', method: 'PUT' },
    { path: '//evil.example/' },
    { path: '/', headers: { host: 'evil.example/x' } },
    { path: '/_next/static/../../api/payments' },
  ])('refuses $method $path and tells the app nothing of it', async (options) => {
    answer = tell;
    const got = await askInTheClear(options);
    const isSafeMove = got.status === 308 && options.path.startsWith('/_next/');
    expect(got.status === 403 || isSafeMove).toBe(true);
    if (got.status === 403) expect(JSON.parse(got.body).code).toBe('https-only');
    expect(asked).toEqual([]);
  });

  test.each([
    '/trust',
    '/trust?_rsc=1',
    '/api/trust/countertop-authority.crt',
    '/_next/static/chunks/0a-b.js',
  ])('shows what a new tablet needs: %s', async (path) => {
    answer = tell;
    expect(await askInTheClear({ path })).toMatchObject({ status: 200, body: 'shown' });
    expect(asked).toEqual([`http ${path}`]);
  });

  test('lets go of whoever connects and then breaks off', async () => {
    const socket = net.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.end();
    await once(socket.resume(), 'close');
    expect((await ask({ path: '/' })).status).toBe(200);
  });
});

describe('the HTTPS front', () => {
  test('hands a request to the app as it came, and the answer back', async () => {
    answer = async (request, response) => {
      const body = await text(request);
      response.writeHead(201, { 'content-type': 'text/plain', 'set-cookie': ['a=1', 'b=2'] });
      response.end(`${request.method} ${request.url} ${request.headers['x-qf-sign']} ${body}`);
    };
    const got = await ask(
      { method: 'POST', path: '/api/x?y=%20z', headers: { 'X-QF-SIGN': 'AB' } },
      '{"amount":3850}',
    );
    expect(got.status).toBe(201);
    expect(got.body).toBe('POST /api/x?y=%20z AB {"amount":3850}');
    expect(got.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  test('S46 tells the app that it was asked over HTTPS, and by whom', async () => {
    answer = (request, response) => response.end(JSON.stringify(request.headers));
    const liar = {
      host: 'till.example.hk',
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'evil.example',
      'x-real-ip': '203.0.113.9',
      forwarded: 'for=203.0.113.9',
    };
    const seen = JSON.parse((await ask({ path: '/', headers: liar })).body);
    expect(seen).toMatchObject({
      host: 'till.example.hk',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'till.example.hk',
      'x-forwarded-for': '127.0.0.1',
    });
    expect(JSON.stringify(seen)).not.toMatch(/203\.0\.113\.9|evil/);
  });

  test('S02 tells browsers to keep to HTTPS for at least a year, whatever the app says', async () => {
    answer = (_request, response) => response.writeHead(404).end();
    const [, seconds] =
      /^max-age=(\d+)$/.exec((await ask({})).headers['strict-transport-security'] ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(365 * 86_400);
  });

  test('passes an event on before the stream ends', async () => {
    let finish: () => void = () => undefined;
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n');
      finish = () => response.end('data: two\n\n');
    };
    const request = https.get({ ...trusting(), path: '/api/events' });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    const [first] = await once(response, 'data');
    expect(String(first)).toBe('data: one\n\n');
    finish();
    expect(await text(response)).toBe('data: two\n\n');
  });

  test('lets the app know when the tablet is gone', async () => {
    const gone = new Promise<void>((resolve) => {
      answer = (_request, response) => {
        response.on('close', () => resolve());
        response.writeHead(200).flushHeaders();
      };
    });
    const request = https.get({ ...trusting(), path: '/api/events' });
    request.on('error', () => undefined);
    await once(request, 'response');
    request.destroy();
    await gone;
  });

  test('cuts the answer short when the app breaks off, and does not pretend it ended', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    };
    await expect(ask({ path: '/' })).rejects.toThrow(/aborted/);
  });

  test('says that the server is starting while the app does not listen', async () => {
    const closed = net.createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const nobody = portOf(closed);
    await new Promise((resolve) => closed.close(resolve));
    await openFront({ port: nobody });
    const got = await ask({ path: '/api/health' });
    expect(got).toMatchObject({ status: 503, headers: { 'cache-control': 'no-store' } });
    expect(JSON.parse(got.body)).toMatchObject({ status: 503, code: 'starting' });
    await openFront({ port: innerPort });
  });

  test('keeps that word from localhost, which is every program’s name', async () => {
    answer = (_request, response) => response.end();
    for (const host of ['localhost:3000', 'till.localhost']) {
      const got = await ask({ path: '/', headers: { host } });
      expect(got.headers['strict-transport-security']).toBeUndefined();
    }
  });

  test('S01 refuses TLS older than 1.2', async () => {
    const old = tls.connect({ ...trusting(), minVersion: 'TLSv1', maxVersion: 'TLSv1.1' });
    const [error] = await once(old, 'error');
    expect(String(error)).toMatch(/protocol|unsupported|alert|reset/i);
  });

  test('opens web sockets only for npm run dev', async () => {
    inner.once('upgrade', (request, socket) => {
      const agreed = 'HTTP/1.1 101 Agreed\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
      socket.end(`${agreed}${request.headers['x-tell']}`);
    });
    const headers = { connection: 'Upgrade', upgrade: 'websocket', 'x-tell': 'hello' };
    answer = (request, response) => response.end(String(request.headers.upgrade));
    expect((await ask({ path: '/hmr', headers })).body).toBe('undefined');
    await openFront({ port: innerPort, webSockets: true });
    const request = https.get({ ...trusting(), path: '/hmr', headers });
    const [, socket, head] = (await once(request, 'upgrade')) as [unknown, net.Socket, Buffer];
    expect(String(head) + (await text(socket))).toBe('hello');
    await openFront({ port: innerPort });
  });
});
