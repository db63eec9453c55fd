/**
 * Addresses and headers with which servers of this kind were once led around their own doors, said
 * to the built server; and what the build itself must not hold.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../support/processes';
import { get, type RawAnswer, say } from '../support/raw-http';
import { SCREENS } from '../support/screens';
import { openForbidden } from '../support/security/listener';
import { enter, type StaffClient } from '../support/staff-client';
import { openShop, type Shop } from './shop';

let shop: Shop;
let till = '';
let owner: StaffClient;
beforeAll(async () => {
  shop = await openShop();
  till = shop.stack.till;
  owner = await enter(till, 'owner');
}, 300_000);
afterAll(() => shop.close());

/** As a browser reads it. */
const leadsElsewhere = ({ headers }: RawAnswer): boolean =>
  new URL(headers.location ?? '/', till).host !== new URL(till).host;
const nonceOf = (policy = '') => /'nonce-([\w+/=]+)'/.exec(policy)?.[1] ?? '';

test('S03 every page has a nonce of its own, and no script without it', async () => {
  const nonces = new Set<string>();
  const routes = Object.keys(SCREENS).filter((route) => !route.includes('['));
  for (const route of [...routes, '/r/nobody', '/no-such-page', '/history/nobody']) {
    const answer = await owner.send(route);
    const page = await answer.text();
    const policy = answer.headers.get('content-security-policy') ?? '';
    const nonce = nonceOf(policy);
    expect([route, nonce.length]).toEqual([route, 24]);
    nonces.add(nonce);
    const scripts = [...page.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    expect([route, / on[a-z]+\s*=\s*["']/i.test(page), /javascript:/i.test(page)]).toEqual([
      ...[route, false, false],
    ]);
    const said = policy.split('; ');
    expect(said).toEqual(expect.arrayContaining(POLICY));
    const scriptSource = said.find((one) => one.startsWith('script-src ')) ?? '';
    expect(scriptSource).toBe(`script-src 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'`);
  }
  expect(nonces.size).toBe(routes.length + 3);
});

const POLICY = [
  ...["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"],
  ...["connect-src 'self'", "worker-src 'self'", "form-action 'self'"],
];

test('S04 what a client sends under the server’s own names changes nothing', async () => {
  const evil = 'EVIL"><script>alert(1)</script>';
  const answer = await get(
    ...([till, '/sign-in', `x-nonce: ${evil}`] as const),
    `Content-Security-Policy: script-src 'nonce-${evil}'`,
    'Content-Security-Policy-Report-Only: default-src *',
    `x-middleware-override-headers: x-nonce`,
    `x-middleware-request-x-nonce: ${evil}`,
    'x-middleware-rewrite: http://127.0.0.1:1/',
    'x-middleware-set-cookie: a=b',
    'x-middleware-next: 1',
    'x-matched-path: /staff',
    'x-invoke-path: /staff',
    'x-nextjs-data: 1',
  );
  expect(answer.status).toBe(200);
  expect(answer.text).not.toContain('EVIL');
  expect(answer.text).not.toContain('127.0.0.1:1/');
  expect(JSON.stringify(answer.headers)).not.toContain('EVIL');
  expect(answer.headers['set-cookie']).toBeUndefined();
  const nonce = nonceOf(answer.headers['content-security-policy']);
  expect(answer.text).toContain(`nonce="${nonce}"`);
});

const AROUND = [
  'x-middleware-subrequest: proxy',
  'x-middleware-subrequest: proxy:proxy:proxy:proxy:proxy',
  'x-middleware-subrequest: src/middleware:src/middleware:src/middleware:src/middleware:src/middleware',
  'x-middleware-prefetch: 1',
  'x-middleware-invoke: 1',
  'x-invoke-path: /api/health',
  'x-matched-path: /api/health',
  'x-now-route-matches: 1',
  'x-rewrite-url: /api/staff',
  'x-original-url: /api/staff',
  'x-forwarded-uri: /api/staff',
  'rsc: 1',
  'next-router-prefetch: 1',
  'next-router-segment-prefetch: /_tree',
  'x-nextjs-data: 1',
  'purpose: prefetch',
];

test('S32 no header leads a stranger around a door or a page', async () => {
  for (const line of AROUND) {
    const first = await get(till, '/api/staff', line);
    // What is asked in the framework's own way is led to its own address first.
    const again = first.status === 307 ? (first.headers.location ?? '') : '/api/staff';
    expect([line, again]).toEqual([line, expect.stringMatching(/^\/api\/staff(\?_rsc.*)?$/)]);
    expect([line, (await get(till, again, line)).status]).toEqual([line, 401]);
    const page = await get(till, '/staff', line, 'Cookie: countertop.session=x');
    expect([line, page.text.includes('3000')]).toEqual([line, false]);
    expect([
      line,
      [307, 308].includes(page.status) || /NEXT_REDIRECT|sign-in/.test(page.text),
    ]).toEqual([line, true]);
  }
});

test('S32 no spelling of an address leads a stranger around a door', async () => {
  const spelt = [
    ...['/api/staff', '//api/staff', '/api//staff', '/./api/staff', '/x/../api/staff'],
    ...['/api/staff/', '/api%2fstaff', '/api%252fstaff', '/%61pi/staff', '/api\\staff'],
    ...['/api/staff;x', '/api/staff%00', '/api/staff%20', '/API/STAFF', '/api/staff.rsc'],
    ...['/api/staff?_rsc=1', '/api/staff.json', '/en/api/staff', '/api/staff#', '/api/./staff'],
    ...[
      '/_next/data/x/api/staff.json',
      '/_next/../api/staff',
      '/staff.rsc',
      '/staff.segments/_tree.segment.rsc',
    ],
    ...['/(desk)/staff', '/%28desk%29/staff', '/_next/static/..%2f..%2fapi/staff'],
  ];
  for (const target of spelt) {
    const answer = await get(till, target);
    const told = /"staff":\[|"code":"3000"/.test(answer.text);
    expect([target, answer.status !== 200, told]).toEqual([target, true, false]);
    expect([target, leadsElsewhere(answer)]).toEqual([target, false]);
  }
});

test('S71 S53 nothing is sent to a page, there are no server actions and no image optimizer', async () => {
  const action = '40a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4';
  for (const target of ['/', '/sign-in', '/r/nobody', '/no-such-page']) {
    for (const type of ['text/plain', 'multipart/form-data; boundary=x']) {
      const head = [`POST ${target} HTTP/1.1`, 'Host: {host}', 'Connection: close'];
      const more = [`Next-Action: ${action}`, `Content-Type: ${type}`, 'Content-Length: 5'];
      const { status } = await say(till, [...head, ...more], '--x--');
      expect([target, type, status]).toEqual([target, type, 405]);
    }
  }
  for (const target of [
    ...['/_next/image?url=%2Ficon.svg&w=64&q=75', '/_next/image', '/_vercel/image?url=x'],
    ...['/_next/mcp', '/__nextjs_original-stack-frames', '/_next/webpack-hmr', '/_next/turbopack'],
  ]) {
    expect([target, (await get(till, target)).status]).toEqual([target, 404]);
  }
  const built = (file: string) =>
    JSON.parse(readFileSync(path.join(ROOT, '.next', file), 'utf8')) as Record<string, object>;
  const actions = built('server/server-reference-manifest.json');
  expect([actions.node, actions.edge]).toEqual([{}, {}]);
  const { rewrites } = built('routes-manifest.json');
  expect(Object.values(rewrites ?? {}).flat()).toEqual([]);
});

test('S52 no request makes the server fetch, and none leads anybody elsewhere', async () => {
  const inside = await openForbidden();
  const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
  const there = `http://127.0.0.1:${inside.port}`;
  for (const [first, ...more] of [
    [`GET ${there}/ HTTP/1.1`, 'Connection: close'],
    [`GET ${there}/api/payments HTTP/1.1`, ...upgrade],
    [`GET ${there}/ HTTP/1.1`, ...upgrade, 'Sec-WebSocket-Key: x'],
    [`CONNECT 127.0.0.1:${inside.port} HTTP/1.1`, 'Connection: close'],
    [`GET /x HTTP/1.1`, `X-Forwarded-Host: 127.0.0.1:${inside.port}`, 'Connection: close'],
    [`GET //127.0.0.1:${inside.port}/ HTTP/1.1`, 'Connection: close'],
    [`GET /\\127.0.0.1:${inside.port}/ HTTP/1.1`, 'Connection: close'],
  ]) {
    const answer = await say(till, [first ?? '', 'Host: {host}', ...more]);
    expect([first, more, leadsElsewhere(answer)]).toEqual([first, more, false]);
    expect(answer.status).not.toBe(101);
  }
  const { status } = await say(till, [
    'GET / HTTP/1.1',
    `Host: 127.0.0.1:${inside.port}`,
    'Connection: close',
  ]);
  expect(status).toBe(307);
  expect(inside.visits()).toBe(0);
  await inside.close();
});

test('S55 nothing but the app is served, and what it keeps is its owner’s alone', async () => {
  const targets = [
    ...['/.git/HEAD', '/.env', '/.env.local', '/package.json', '/package-lock.json', '/data/'],
    ...[
      '/data/countertop.db',
      '/countertop.db',
      '/auth-secret',
      '/server/env.ts',
      '/.next/BUILD_ID',
    ],
    ...['/_next/', '/_next/static/', '/_next/static/chunks/', '/vendor/', '/next.config.ts'],
    ...['/_next/static/../server/server-reference-manifest.json', '/..%2f..%2fetc/passwd'],
    ...['/_next/static/..%2f..%2fpackage.json', '/_next/static/%2e%2e/%2e%2e/package.json'],
    ...['/_next/static/chunks/..%5c..%5cpackage.json', '/security/sbom.json', '/node_modules/'],
  ];
  for (const target of targets) {
    const { status, headers } = await get(till, target);
    // A slash too much is taken off first.
    const end = status === 308 ? (await get(till, headers.location ?? '')).status : status;
    expect([target, end]).toEqual([target, 404]);
  }
  const below = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
      path.join(folder, name),
    );
  const maps = below(path.join(ROOT, '.next/static')).filter((file) => file.endsWith('.map'));
  // Turbopack leaves one that says nothing.
  for (const map of maps) expect(readFileSync(map, 'utf8')).not.toMatch(/"sources":\s*\[[^\]]/);
  const folder = path.dirname(shop.stack.databaseFile);
  const kept = below(folder).filter((file) => statSync(file).isFile());
  expect(kept.length).toBeGreaterThanOrEqual(2);
  for (const file of kept) {
    expect([path.basename(file), statSync(file).mode & 0o077]).toEqual([path.basename(file), 0]);
  }
  expect(existsSync(path.join(ROOT, 'public', 'countertop.db'))).toBe(false);
});
