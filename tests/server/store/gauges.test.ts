/** What gauges ask of the store: by an index on SQLite, with the same answer on both databases. */
import { expect, test } from 'vitest';
import { createGauges } from '@/server/store/gauges';
import { plansIn } from './plans';
import {
  aPayment,
  aRefund,
  aShop,
  giveBack,
  NOON,
  onSqlite,
  paymentId,
  recordSale,
} from './support';

test('payments of a span are counted by wallet and state, and no other ones', async () => {
  const shop = await aShop();
  await recordSale(shop, aPayment(1, { state: 'paid' }));
  await recordSale(shop, aPayment(2, { state: 'paid' }));
  await recordSale(shop, aPayment(3, { state: 'paid', usedPayType: '801514' }));
  await recordSale(shop, aPayment(4, { state: 'failed' }));
  await recordSale(shop, aPayment(5, { state: 'paid', createdAt: NOON - 1 }));
  await recordSale(shop, aPayment(6, { state: 'paid', createdAt: NOON + 60_000 }));
  const cells = await shop.gauges.begun({ from: NOON, to: NOON + 60_000 });
  const told = cells.map(({ usedPayType, state, count }) => `${usedPayType} ${state} ${count}`);
  expect(told.sort()).toEqual(['801514 paid 1', 'null failed 1', 'null paid 2']);
});

test('what is open is counted whatever its day, with the age of the oldest', async () => {
  const shop = await aShop();
  await recordSale(shop, aPayment(1, { state: 'unknown', createdAt: NOON - 86_400_000 }));
  await recordSale(shop, aPayment(2, { state: 'unknown' }));
  await recordSale(shop, aPayment(3, { state: 'paid', qfpayNumber: '1' }));
  await giveBack(shop, aRefund(3, { state: 'processing', createdAt: NOON - 5_000 }));
  // It failed and is watched, but its end is known.
  await giveBack(shop, aRefund(4, { paymentId: paymentId(3), state: 'failed' }));
  expect(await shop.gauges.open()).toEqual([
    { state: 'unknown', count: 2, since: NOON - 86_400_000 },
  ]);
  expect(await shop.gauges.openRefunds()).toEqual([
    { state: 'processing', count: 1, since: NOON - 5_000 },
  ]);
  const span = { from: NOON - 5_000, to: NOON };
  expect(await shop.gauges.refundsBegun(span)).toEqual([{ state: 'processing', count: 1 }]);
  expect(await shop.gauges.refundsBegun({ ...span, to: NOON - 5_000 })).toEqual([]);
});

onSqlite('every question walks an index, and none all that ever was', async () => {
  const shop = await aShop();
  const span = { from: NOON, to: NOON + 60_000 };
  const plans = await plansIn(shop.file, async (session) => {
    const gauges = createGauges(session);
    await gauges.begun(span);
    await gauges.refundsBegun(span);
    await gauges.open();
    await gauges.openRefunds();
    await gauges.bucket('all');
  });
  const [begun, refunds, open, openRefunds, bucket] = plans;
  expect(begun).toMatch(
    /SEARCH payment USING (COVERING )?INDEX payment_time \(created_at>\? AND created_at<\?\)/,
  );
  expect(refunds).toMatch(
    /SEARCH refund USING (COVERING )?INDEX refund_time \(created_at>\? AND created_at<\?\)/,
  );
  expect(open).toMatch(/^SEARCH payment USING COVERING INDEX payment_state \(state=\?\)$/);
  expect(openRefunds).toMatch(/SEARCH refund USING INDEX refund_due/);
  expect(bucket).toMatch(/SEARCH bucket USING/);
  expect(plans.join('\n')).not.toMatch(/SCAN/);
});
