/**
 * Every door of the built server, knocked on by somebody who means ill. The doors come from the
 * sources: a new one is knocked on without anybody writing it down here.
 */
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Door, doorsInSource, knockAt, nameOf, STREAMS } from '../support/doors';
import { until } from '../support/processes';
import { get } from '../support/raw-http';
import { SCREENS } from '../support/screens';
import { enter, type StaffClient } from '../support/staff-client';
import { STAFF } from '../support/till';
import { codeTap, openShop, type Shop } from './shop';

const doors = doorsInSource().filter((door) => !STREAMS.includes(nameOf(door)));
const reading = doors.filter(({ method }) => method === 'GET');
const changing = doors.filter(({ method }) => method !== 'GET');
/** next-auth has a token of its own; QFPay has its signature and no browser. */
const OTHER_LOCKS = ['POST /api/auth/[...nextauth]', 'POST /api/qfpay/notify'];

let shop: Shop;
let owner: StaffClient;
let paid = '';
beforeAll(async () => {
  shop = await openShop();
  owner = await enter(shop.stack.till, 'owner');
  paid = (await shop.whatBecameOf(codeTap())).id;
  await shop.comes(paid, 'paid');
}, 300_000);
afterAll(() => shop.close());

/** Where a knock meets a payment that there is. */
const whereOf = (door: Door): string =>
  door.path.startsWith('/api/payments/') ? door.path.replace('[id]', paid) : knockAt(door);

async function asked(door: Door, who: StaffClient, init: RequestInit = {}) {
  const answer = await who.send(whereOf(door), { method: door.method, ...init });
  return {
    door: nameOf(door),
    status: answer.status,
    headers: answer.headers,
    text: await answer.text(),
  };
}

test('S16 no door changes anything for another page, or for anything but JSON', async () => {
  const { till } = shop.stack;
  const foreign: readonly Record<string, string>[] = [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${till}.evil.example` },
    { origin: till.replace('http:', 'http://evil.example@') },
    { 'sec-fetch-site': 'cross-site', origin: till },
    { 'sec-fetch-site': 'same-site', origin: till },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
  ];
  const guarded = changing.filter((door) => !OTHER_LOCKS.includes(nameOf(door)));
  for (const door of guarded) {
    for (const headers of foreign) {
      const { status, text } = await asked(door, owner, { headers });
      expect([nameOf(door), headers, status]).toEqual([nameOf(door), headers, 403]);
      expect(text).toContain('"code":"foreign-origin"');
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const headers = { origin: till, 'content-type': type, 'idempotency-key': 'other-type' };
      const { status } = await asked(door, owner, { headers, body: '{"pin":"100100"}' });
      expect([nameOf(door), type, status]).toEqual([nameOf(door), type, 415]);
    }
  }
  expect(guarded.length).toBeGreaterThan(30);
});

test('S16 no header makes another method of a GET', async () => {
  const before = everythingKept();
  for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
    const headers = { [name]: 'POST', origin: shop.stack.till, 'idempotency-key': 'override' };
    const answer = await owner.send('/api/payments?_method=POST', { headers });
    expect([name, answer.status]).toEqual([name, 200]);
    await answer.arrayBuffer();
  }
  expect(everythingKept()).toEqual(before);
});

/** What the shop remembers, but for who was last seen, who watches and who guessed. */
function everythingKept(): Readonly<Record<string, string>> {
  const database = new DatabaseSync(shop.stack.databaseFile, { readOnly: true });
  const rowsOf = (sql: string) => database.prepare(sql).all() as Record<string, unknown>[];
  const tables = rowsOf("select name from sqlite_schema where type = 'table' order by name")
    .map(({ name }) => String(name))
    .filter((name) => !/^(sqlite_.*|lease|bucket|gateway_call|tally|throttle)$/.test(name));
  const kept = tables.map((table) => {
    const rows = rowsOf(`select * from "${table}"`).map((row) =>
      Object.entries(row).filter(([column]) => !/^(last_seen_at|active_at)$/.test(column)),
    );
    return [table, JSON.stringify(rows)] as const;
  });
  database.close();
  return Object.fromEntries(kept);
}

test('S17 whoever opens every door that reads, and every page, has changed nothing', async () => {
  await shop.comes(paid, 'paid');
  const before = everythingKept();
  expect(before.payment).toContain(paid);
  for (const door of reading) await asked(door, owner);
  for (const route of Object.keys(SCREENS)) {
    await (await owner.send(route.replace(/\[\w+\]/, paid))).text();
  }
  expect(everythingKept()).toEqual(before);
});

test('S05 S06 S07 S64 every answer bears its headers, grants nobody anything and names no maker', async () => {
  const headers = { origin: 'https://evil.example' };
  for (const who of [owner, shop.cashier]) {
    for (const door of doors) {
      const answer = await asked(door, who, { headers });
      expect([answer.door, answer.status < 500]).toEqual([answer.door, true]);
      const said = Object.fromEntries(answer.headers);
      expect([answer.door, said['cache-control']]).toEqual([answer.door, 'no-store']);
      expect([answer.door, said['x-content-type-options']]).toEqual([answer.door, 'nosniff']);
      if (/json/.test(said['content-type'] ?? '')) {
        expect(said['content-type']).toMatch(/^application\/(problem\+)?json; charset=utf-8$/);
      }
      expect([answer.door, loud(answer.text)]).toEqual([answer.door, null]);
    }
  }
  const { till } = shop.stack;
  const odd = [
    '/sign-in',
    '/none',
    '/_next/none',
    '/%',
    '//double//slash',
    '/api/none',
    '/icon.svg',
  ];
  for (const target of odd) {
    const answer = await get(till, target, 'Origin: https://evil.example');
    expect([target, answer.headers]).toEqual([target, expect.objectContaining(EVERYWHERE)]);
    expect(Object.keys(answer.headers).filter(isTelltale)).toEqual([]);
    expect([target, loud(answer.text)]).toEqual([target, null]);
  }
});

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(self), screen-wake-lock=(self), usb=(self), serial=(self), microphone=(), geolocation=()',
};
const isTelltale = (name: string) => /^(x-powered-by|server|access-control-.*)$/.test(name);
const loud = (text: string): string | null =>
  /\bat \S+ \(|node_modules|Error: |\.next\/server|SQLITE_/.exec(text)?.[0] ?? null;

test('S34 no answer that a cashier gets holds a key, a hash, a PIN or anybody’s session', async () => {
  const names = new Set<string>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) {
        names.add(name);
        collect(inner);
      }
    }
  };
  const open: string[] = [];
  for (const door of reading) {
    const { status, text, headers } = await asked(door, shop.cashier);
    if (status !== 200 || !/json/.test(headers.get('content-type') ?? '')) continue;
    open.push(nameOf(door));
    collect(JSON.parse(text));
  }
  expect(open).toEqual(expect.arrayContaining(['GET /api/payments/[id]', 'GET /api/session']));
  expect(names).toContain('payment');
  const telling = /hash|pepper|secret|password|appcode|client_?key|pin(?!Mode)|session|cookie/i;
  expect([...names].filter((name) => telling.test(name))).toEqual([]);
  for (const owners of ['/api/staff', '/api/staff/acts', '/api/devices', '/api/settings']) {
    expect((await shop.cashier.call('GET', owners)).body.code).toBe('not-allowed');
  }
});

test('S35 S47 fields that nobody asked for, and the names of prototypes, are refused everywhere', async () => {
  const bodies = [
    '{"state":"paid","role":"owner","paid":true}',
    '{"__proto__":{"role":"owner","amount":1}}',
    '{"constructor":{"prototype":{"role":"owner"}}}',
    '[]',
    '"text"',
    'null',
    '1e999',
  ];
  const before = everythingKept();
  for (const door of changing.filter((each) => !OTHER_LOCKS.includes(nameOf(each)))) {
    for (const body of bodies) {
      const headers = { origin: shop.stack.till, 'content-type': 'application/json' };
      const key = { 'idempotency-key': 'prototype' };
      const { status } = await asked(door, shop.cashier, { headers: { ...headers, ...key }, body });
      const fine = TAKES_NO_BODY.includes(nameOf(door))
        ? status < 500
        : status >= 400 && status < 500;
      expect([nameOf(door), body, status, fine]).toEqual([nameOf(door), body, status, true]);
    }
  }
  const { payment, staff, sale } = everythingKept();
  expect({ payment, staff, sale }).toMatchObject({ staff: before.staff, sale: before.sale });
  const health = (await (await fetch(`${shop.stack.till}/api/health`)).json()) as object;
  expect(health).not.toHaveProperty('role');
});

/** They do the same whatever comes with them. */
const TAKES_NO_BODY = [
  ...['POST /api/display/code', 'POST /api/session/active', 'POST /api/payments/[id]/check'],
  ...['POST /api/payments/[id]/cancel', 'POST /api/payments/[id]/pick-up'],
];

test('S63 what is searched for is a text, whatever it says', async () => {
  const all = (await owner.call('GET', '/api/payments')).body.payments as unknown[];
  expect(all.length).toBeGreaterThan(0);
  const said = [
    ...["' OR 1=1 --", "' OR '1'='1", '1; DROP TABLE payment', '" OR ""="', '%', '_', '\\'],
    ...["x' UNION SELECT pin_hash FROM staff --", '{"$ne":null}', '\u0000', '*'],
  ];
  for (const text of said) {
    const q = encodeURIComponent(text);
    for (const where of [`q=${q}`, `staff=${q}`, `counter=${q}`, `cursor=${q}`, `state=${q}`]) {
      const { status, body } = await owner.call('GET', `/api/payments?${where}`);
      const found = Array.isArray(body.payments) ? body.payments.length : 0;
      expect([where, [200, 422].includes(status), found]).toEqual([where, true, 0]);
    }
    const byId = await owner.call('GET', `/api/payments/${q}`);
    expect([text, byId.status]).toEqual([text, 404]);
  }
  expect(everythingKept().payment).toContain(paid);
});

test('S60 a card number is refused wherever somebody may write, and card wallets are off', async () => {
  const card = 'paid with 4111 1111 1111 1111';
  const pin = STAFF.manager.pin;
  for (const [path, body] of [
    ['/api/payments', { amount: 100, payType: '800201', note: card }],
    [`/api/payments/${paid}/notes`, { says: card }],
    [`/api/payments/${paid}/refunds`, { amount: 100, reason: card, pin }],
    [`/api/payments/${paid}/override`, { reason: card, staffCode: '2000', pin }],
    ['/api/shifts/1/correct', { reason: card }],
  ] as const) {
    const { status, body: refusal } = await shop.manager.call('POST', path, {
      body,
      key: `card-${path.length}`,
    });
    expect([path, status, refusal.code]).toEqual([path, 422, 'card-number']);
  }
  for (const payType of ['802808', '806708', '806808', '802801']) {
    const body = { amount: 200, payType };
    const { body: refusal } = await shop.manager.call('POST', '/api/payments', {
      body,
      key: payType,
    });
    expect([payType, refusal.code]).toEqual([payType, 'pay-type-not-accepted']);
  }
});

test('S37 nothing happens out of its order, whoever asks', async () => {
  const live = (await shop.shown()).id;
  const pin = STAFF.manager.pin;
  const ask = async (id: string, what: string, body?: object) => {
    const given = body === undefined ? {} : { body };
    const path = `/api/payments/${id}/${what}`;
    const { status, body: answer } = await shop.manager.call('POST', path, {
      ...{ ...given, key: `order-${id}-${what}` },
    });
    return [what, status, answer.code ?? (answer.payment as { state: string }).state];
  };
  const back = { amount: 100, reason: 'x', pin };
  expect(await ask(live, 'refunds', back)).toEqual(['refunds', 422, 'refund-not-paid']);
  expect(await ask(live, 'receipt', { paper: 80, way: 'browser' })).toEqual([
    'receipt',
    422,
    'receipt-not-paid',
  ]);
  expect(await ask(paid, 'cancel')).toEqual(['cancel', 202, 'paid']);
  expect(await ask(paid, 'check')).toEqual(['check', 200, 'paid']);
  expect(await ask(paid, 'override', { pin })).toEqual(['override', 409, 'override-not-open']);
  expect(await ask(paid, 'pick-up')).toEqual(['pick-up', 409, 'not-live']);
  const more = { ...back, amount: 1_000_000 };
  expect(await ask(paid, 'refunds', more)).toEqual(['refunds', 422, 'refund-too-large']);
  expect((await shop.payment(paid)).state).toBe('paid');
  expect((await shop.payment(live)).state).toBe('awaiting');
  await shop.stack.control('pay', { number: live });
  // The notification is not the last that is heard of it.
  await until(async () => (await shop.payment(live)).confirmed);
});
