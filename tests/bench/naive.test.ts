import { expect, test } from 'vitest';
import { createNaive } from './naive';
import { createRandom } from './random';
import { createVirtualGateway } from './virtual/gateway';
import { createLoop } from './virtual/loop';

const START = Date.UTC(2026, 10, 14, 2);

function counter() {
  const loop = createLoop(START);
  const gateway = createVirtualGateway({ loop, random: createRandom(1, 'gateway') });
  const { appCode, key } = gateway.account;
  const client = createNaive({
    send: gateway.send,
    appCode,
    key,
    now: loop.now,
    sleep: loop.sleep,
  });
  return { loop, gateway, client };
}

test('the yardstick asks every three seconds until the customer has paid, and then no more', async () => {
  const { loop, gateway, client } = counter();
  const sold = client.sell(4_850);
  await loop.runUntil(START + 10_000);
  const number = (await sold) ?? '';
  expect(gateway.counts()).toEqual({ payment: 1, query: 3 });
  expect(gateway.pays(number)).toBe(true);
  await loop.runUntil(START + 120_000);
  expect(client.learnt.get(number)).toBeLessThan(START + 10_000 + 3_000 + 200);
  expect(gateway.counts()).toEqual({ payment: 1, query: 4 });
});

test('the yardstick asks about a walk-away a hundred times, until the QR is over', async () => {
  const { loop, gateway, client } = counter();
  void client.sell(4_850);
  await loop.runUntil(START + 600_000);
  // Five minutes of three seconds, each a little longer by the round trip of some 100 ms.
  expect(gateway.counts().query).toBeGreaterThan(94);
  expect(gateway.counts().query).toBeLessThan(102);
});
