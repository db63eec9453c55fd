/** Who sees what customers may still pay, who goes on with it, and what the audit says of it. */
import { expect, test } from 'vitest';
import type { Payment } from '@/lib/payment';
import { createPickUpVerbs } from '@/server/pick-up-verbs';
import { type Person, standing } from '@/server/staff/session';
import { staffRoom } from './staff/shop';
import { aPayment, recordSale } from './store/support';

async function aShop() {
  const room = await staffRoom({ '1000': 'owner', '3000': 'cashier', '3001': 'cashier' });
  const { opened, desk } = room;
  const shop = { name: 'Mei’s Tea', timeZone: 'Asia/Hong_Kong', currency: 'HKD' } as const;
  const parts = { env: { shop, fpsRefunds: false }, opened, desk };
  const enter = async (code: string) => {
    const id = await room.enter(code);
    const read = () => standing(desk, id);
    const session = await read();
    if (session === null) throw new Error('nobody is there');
    return { session, read };
  };
  const keep = (n: number, facts: Partial<Payment> = {}) => {
    const payment = aPayment(n, { state: 'awaiting', staff: '3001', ...facts });
    return recordSale(opened, payment).then(() => payment);
  };
  return { ...room, verbs: createPickUpVerbs(parts), enter, keep };
}

const asker = (person: Person, session: Awaited<ReturnType<typeof standing>>) => ({
  ...{ person, language: 'en' as const },
  ...(session === null ? {} : { session }),
});

test('a cashier goes on with what somebody else began, and the audit says who', async () => {
  const { verbs, enter, keep, told } = await aShop();
  const { id } = await keep(1);
  await keep(2, { state: 'closed' });
  const { session, read } = await enter('3000');
  const who = asker(session.person, session);
  const { payments } = await verbs.livePayments(who);
  expect(payments.map((payment) => payment.id)).toEqual([id]);
  expect(session.person.carries).toBeUndefined();
  const answer = await verbs.pickUp(id, who);
  expect(answer).toMatchObject({ payment: { id, staff: '3001' } });
  expect((await read())?.person.carries).toEqual([id]);
  await verbs.pickUp(id, who);
  const acts = (await told()).filter((act) => JSON.stringify(act).includes('picked-up'));
  expect(acts).toEqual([{ actor: '3000', did: 'picked-up', person: '3001', payment: id }]);
});

test('nobody goes on with what has ended, with what is elsewhere, or with nothing', async () => {
  const { verbs, enter, keep } = await aShop();
  const { id: over } = await keep(1, { state: 'closed' });
  const { id: elsewhere } = await keep(2, { outlet: 'M2' });
  const { session } = await enter('3000');
  const limited = asker({ ...session.person, outlets: ['M1'] }, session);
  expect(await verbs.pickUp(over, asker(session.person, session))).toEqual({ refused: 'not-live' });
  expect(await verbs.pickUp(elsewhere, limited)).toEqual({ refused: 'not-found' });
  expect((await verbs.livePayments(limited)).payments).toEqual([]);
  expect(await verbs.pickUp('nobody', limited)).toEqual({ refused: 'not-found' });
});
