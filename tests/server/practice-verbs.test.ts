/** The door of the lessons: one's own payments, since each was opened, and only in practice. */
import { expect, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import { createPracticeVerbs } from '@/server/practice-verbs';
import { staffRoom } from './staff/shop';
import { aPayment, recordSale } from './store/support';

async function aShop(environment: 'simulator' | 'test' = 'simulator') {
  const { opened } = await staffRoom({ '1000': 'owner', '3000': 'cashier' });
  const verbs = createPracticeVerbs({ env: { environment }, opened });
  const keep = async (n: number, facts: Partial<Payment>): Promise<number> => {
    const payment = aPayment(n, { state: 'paid', mode: 'MPM', staff: '3000', ...facts });
    await recordSale(opened, payment);
    return payment.createdAt;
  };
  const ask = (search: string, code = '3000') =>
    verbs.practice(new URLSearchParams(search), {
      person: { code, name: code, role: 'cashier', outlets: [null] },
    });
  return { keep, ask };
}

test('counts what the learner did since they opened the lesson', async () => {
  const { keep, ask } = await aShop();
  const at = await keep(1, {});
  expect(await ask(`qr=${at}`)).toEqual({ done: ['qr'] });
  expect(await ask(`qr=${at + 1}`)).toEqual({ done: [] });
  expect(await ask(`refused=${at}`)).toEqual({ done: [] });
});

test('not what somebody else did, and nothing where no lesson was opened', async () => {
  const { keep, ask } = await aShop();
  const at = await keep(1, {});
  expect(await ask(`qr=${at}`, '1000')).toEqual({ done: [] });
  for (const search of ['', 'qr=', 'qr=soon', 'dancing=1', `qr=${'9'.repeat(99)}`]) {
    expect(await ask(search)).toEqual({ done: [] });
  }
});

test('where money moves there are no lessons', async () => {
  const { keep, ask } = await aShop('test');
  const at = await keep(1, {});
  expect(await ask(`qr=${at}`)).toEqual({ refused: 'not-found' });
});
