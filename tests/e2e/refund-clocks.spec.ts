/**
 * Refunds that take their time: one that was lost on its way, and one that waits over midnight.
 * Each has a shop of its own, whose clock runs faster or is moved on.
 */
import { expect, test } from 'playwright/test';
import { givenBack, openShop, paidSale, refund, settled } from '../support/money-back';
import { hour } from '../support/shop-clock';
import { startStack } from '../support/stack';
import { signIn } from '../support/till';

test('F69: a refund that was lost on its way goes out again under its number, and once', async () => {
  // A minute passes in three seconds: it takes two minutes of empty answers before it goes again.
  const fast = hour('12:00', { speed: 20 });
  const stack = await startStack({ env: fast.env });
  try {
    await fast.set(stack);
    const there = await openShop(stack);
    const id = await paidSale(there);
    await stack.control('fault', { kind: 'drop', endpoint: 'refund', stage: 'before' });
    const answer = await refund(there, id, { amount: 10_000 });
    expect(answer).toMatchObject({ status: 201, body: { refund: { state: 'unknown' } } });
    const { refunds } = await settled(there, id, 45_000);
    const { id: number } = answer.body.refund as { id: string };
    expect(refunds).toMatchObject([{ id: number, state: 'done' }]);
    expect(await givenBack(stack)).toEqual({ asked: 2, movements: 1, sum: 10_000 });
  } finally {
    await stack.stop();
  }
});

test('F70: before midnight it waits, says until when, and is sent at 00:31', async ({ page }) => {
  const late = hour('23:45');
  const stack = await startStack({ env: late.env });
  try {
    await late.set(stack);
    const there = await openShop(stack);
    const id = await paidSale(there);
    const answer = await refund(there, id, { amount: 10_000 });
    expect(answer).toMatchObject({
      status: 201,
      body: { refund: { state: 'deferred' }, payment: { refundableAmount: 0 } },
    });
    // Just after the hour, by QFPay's clock, which is known to about a second.
    expect((answer.body.refund as { wakesAt: string }).wakesAt).toMatch(
      /T00:31:0\d(\.\d{3})?\+08:00$/,
    );
    await signIn(page, stack, 'manager');
    await page.goto(`${stack.till}/history/${id}`);
    await expect(page.getByTestId('network')).toContainText('Online');
    await expect(page.getByTestId('refund')).toContainText(/Will be sent at \d\d-\d\d 00:31/);
    expect((await givenBack(stack)).asked).toBe(0);
    const after = hour('00:31', { daysLater: 1 });
    await after.set(stack);
    // A new day has begun with nothing in it: without takings QFPay would refuse with 1269.
    await stack.control('takings', { amount: 10_000 });
    await stack.restartApp(after.env);
    const later = { ...there, manager: (await openShop(stack)).manager };
    expect((await settled(later, id)).refunds).toMatchObject([{ state: 'done' }]);
    expect(await givenBack(stack)).toEqual({ asked: 1, movements: 1, sum: 10_000 });
  } finally {
    await stack.stop();
  }
});
