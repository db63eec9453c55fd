import { expect, test } from 'vitest';
import { createNotifyFrom, readNetwork } from '@/server/notify-from';

const from = (...networks: string[]) =>
  createNotifyFrom(networks.map((text) => readNetwork(text) ?? expect.fail(text)));

test('S46 without a list a notification may come from anywhere', () => {
  for (const address of ['203.0.113.7', '::1', 'here', '']) expect(from()(address)).toBe(true);
});

test('S46 with one it comes from there alone, however the connection writes its address', () => {
  const may = from('203.0.113.7', '198.51.100.0/24', '2001:db8::/32');
  for (const address of ['203.0.113.7', '::ffff:203.0.113.7', '198.51.100.255', '2001:db8:1::2']) {
    expect([address, may(address)]).toEqual([address, true]);
  }
  const others = ['203.0.113.8', '198.51.101.0', '2001:db9::1', '::1', '127.0.0.1', 'here', ''];
  for (const address of [...others, '203.0.113.7, 10.0.0.1']) {
    expect([address, may(address)]).toEqual([address, false]);
  }
});

test.each([
  '203.0.113',
  '203.0.113.7/33',
  '::/129',
  '1.2.3.4/',
  '1.2.3.4/8/8',
  'qfpay.com',
  'fe80::1%eth0',
  '1.2.3.4/+8',
])('%s is no network', (text) => {
  expect(readNetwork(text)).toBeNull();
});
