/**
 * A real shop behind the certificate of `npm run certificate`: a tablet that trusts the authority
 * alone signs in, hears events as they come, and is let go when the shop closes.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { certificateFiles } from '@/server/certificate-place';
import { guestOf } from '@/server/commands/door-client';
import { lookAtServer } from '@/server/commands/look-at-network';
import { cleanEnvironment, freePort, type Program, startNode, until } from '../support/processes';
import { jarOf } from '../support/staff-client';

const folder = mkdtempSync(path.join(tmpdir(), 'countertop-https-'));
const files = certificateFiles(folder);
let shop: Program;
let port = 0;
let ca = '';
beforeAll(async () => {
  port = await freePort();
  const env = {
    ...cleanEnvironment(),
    DATABASE_URL: `file:${folder}/countertop.db`,
    PORT: String(port),
    SIMULATOR_PORT: String(await freePort()),
  };
  const maker = startNode(['server/commands/run.mjs', 'certificate'], env);
  await maker.ended;
  ca = readFileSync(files.authority, 'utf8');
  const tls = { TLS_CERT: files.certificate, TLS_KEY: files.key };
  shop = startNode(['server/commands/start.mjs'], { ...env, ...tls });
  await until(() => shop.output().includes('Ctrl+C'), { withinMs: 180_000, programs: [shop] });
}, 240_000);
afterAll(async () => {
  await shop.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const cookies = new Map<string, string>();
type Sent = { readonly method?: string; readonly body?: string; readonly type?: string };

/** As a tablet does, with what it keeps; the answer may still be running. */
async function open(where: string, sent: Sent = {}, scheme: 'http' | 'https' = 'https') {
  const { method = 'GET', body = '', type } = sent;
  const jar = jarOf({ cookies });
  const options = {
    ...{ host: '127.0.0.1', port, path: where, method, agent: false as const },
    headers: {
      origin: `https://127.0.0.1:${port}`,
      'idempotency-key': 'https-1',
      ...(scheme === 'http' || jar === '' ? {} : { cookie: jar }),
      ...(type === undefined ? {} : { 'content-type': type }),
    },
  };
  return new Promise<http.IncomingMessage>((resolve, reject) => {
    const asked = scheme === 'http' ? http.request(options) : https.request({ ...options, ca });
    asked.on('error', reject).on('response', (answer) => {
      for (const line of answer.headers['set-cookie'] ?? []) {
        const [pair = ''] = line.split(';');
        cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      resolve(answer);
    });
    asked.end(body);
  });
}
const ask = async (...given: Parameters<typeof open>) => {
  const answer = await open(...given);
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
};

test('S01 S02 S11 a day behind a certificate of npm run certificate', async () => {
  await signIn();
  await hearEvents();
  await openInTheClear();
  await comeInByCommand();
  await close();
});

/** The session is kept from plain HTTP by its name and by its flags. */
async function signIn() {
  const { csrfToken } = JSON.parse((await ask('/api/auth/csrf')).body);
  const form = { csrfToken, staffCode: '3000', pin: '300300', json: 'true' };
  const signedIn = await ask('/api/auth/callback/staff', {
    method: 'POST',
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(form).toString(),
  });
  expect(signedIn.status).toBe(200);
  const session = signedIn.headers['set-cookie']?.find((line) =>
    line.startsWith('__Host-countertop.session='),
  );
  expect(session).toMatch(/; Secure/i);
  expect(session).toMatch(/; HttpOnly/i);
  const till = await ask('/');
  expect(till.status).toBe(200);
  expect(till.headers['strict-transport-security']).toBe('max-age=31536000');
}

/** They come while the stream is open, and it stays open until the shop closes. */
async function hearEvents() {
  const events = await open('/api/events');
  expect(events.headers['content-type']).toMatch(/^text\/event-stream/);
  let heard = '';
  events.setEncoding('utf8').on('data', (chunk) => {
    heard += chunk;
  });
  await until(() => heard.includes('event: heartbeat'));
  expect(heard).toMatch(/"build":"[\w-]+"/);
  const made = await ask('/api/payments', {
    method: 'POST',
    type: 'application/json',
    body: JSON.stringify({ amount: 4850, payType: '800201', counter: 'T1' }),
  });
  expect(made.status).toBe(201);
  const { payment } = JSON.parse(made.body);
  await until(() => heard.includes('event: payment') && heard.includes(payment.id));
}

/** What a new tablet needs, and no more. */
async function openInTheClear() {
  const plain = await ask('/trust', {}, 'http');
  expect([plain.status, plain.body.includes('data-kind="ours"')]).toEqual([200, true]);
  const authority = await ask('/api/trust/countertop-authority.crt', {}, 'http');
  expect(authority.headers['content-type']).toBe('application/x-x509-ca-cert');
  expect((await ask('/api/payments', {}, 'http')).status).toBe(403);
  const led = await ask('/', {}, 'http');
  expect([led.status, led.headers.location]).toEqual([308, `https://127.0.0.1:${port}/`]);
}

/** The doctor knows this server by its certificate, and tells a PIN to no other. */
async function comeInByCommand() {
  const place = { host: '127.0.0.1', port, tls: { cert: files.certificate, key: files.key } };
  const guest = guestOf(place);
  expect(await guest.signIn('2000', '200200')).toBeNull();
  const session = await guest.call('GET', '/api/session');
  expect(session).toMatchObject({ kind: 'answered', body: { staff: { role: 'manager' } } });
  await guest.signOut();
  expect(await guest.call('GET', '/api/session')).toMatchObject({ kind: 'refused', status: 401 });
  const looked = await lookAtServer({ ...place, environment: 'simulator' });
  const says = `it runs at https://127.0.0.1:${port}`;
  expect(looked).toEqual([{ what: 'server', is: 'good', says }]);
  const another = guestOf({ ...place, tls: { ...place.tls, cert: files.authority } });
  const silent = { kind: 'silent', why: 'another certificate than TLS_CERT' };
  expect(await another.call('GET', '/api/health')).toEqual(silent);
  expect(await another.signIn('2000', '200200')).toBe(silent.why);
}

/** In time, although somebody still listens. */
async function close() {
  const asked = performance.now();
  await shop.end('SIGTERM');
  expect(shop.exit()).toEqual({ code: 0, signal: null });
  // Nothing is on its way to QFPay, so it takes no time for that.
  expect(performance.now() - asked).toBeLessThan(5_000);
}
