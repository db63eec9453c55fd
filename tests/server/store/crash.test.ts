import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type AnotherServer, anotherServer } from './another-server';
import { aFolder, aPayment, aSale, opening } from './support';

/** Reads what the server says it has kept until it has said so `count` times. */
async function keptBy(server: AnotherServer, count: number): Promise<number> {
  let last = 0;
  for (let heard = 0; heard < count; heard += 1) {
    const [word, n] = ((await server.line()) ?? '').split(' ');
    expect(word).toBe('kept');
    last = Number(n);
  }
  return last;
}

test('F28 a server killed in the middle of writing loses nothing that it had promised', async () => {
  const file = join(aFolder(), 'countertop.db');
  for (const count of [40, 150, 7]) {
    const server = anotherServer('write', file);
    expect(await server.line()).toBe('open');
    const promised = await keptBy(server, count);
    server.signal('SIGKILL');
    await server.ended;

    const shop = await opening(file);
    expect(shop.integrity()).toBe('ok');
    const kept = await shop.reads.lastChange();
    expect(kept).toBeGreaterThanOrEqual(promised);
    for (let n = 1; n <= kept; n += 1) {
      expect(await shop.store.read.payment(aPayment(n).id)).toEqual(aPayment(n));
    }
    // Whole or not at all: every sale has its payment, its key and its line in the audit.
    expect(await shop.store.read.sale(aSale(kept + 1).id)).toBeNull();
    expect(await shop.verifyAudit()).toEqual({ ok: true, rows: kept });
    const key = await shop.store.transaction((records) => records.key(`k${kept}`));
    expect(key?.targetId).toBe(aPayment(kept).id);
    shop.close();
  }
});

test('F30 on a full disk a sale is refused, the rest stays readable and nothing is half', async () => {
  const file = join(aFolder(), 'countertop.db');
  const server = anotherServer('write', file, 2_048);
  expect(await server.line()).toBe('open');
  let promised = 0;
  let line = await server.line();
  for (; line?.startsWith('kept'); line = await server.line()) promised += 1;
  expect(promised).toBeGreaterThan(10);
  expect(line).toMatch(new RegExp(`^fault true ${aPayment(promised).id} .*(disk|full)`));
  server.signal('SIGKILL');
  await server.ended;

  const shop = await opening(file);
  expect(shop.integrity()).toBe('ok');
  expect(await shop.reads.lastChange()).toBe(promised);
  expect(await shop.verifyAudit()).toEqual({ ok: true, rows: promised });
  expect(await shop.store.read.sale(aSale(promised + 1).id)).toBeNull();
});
