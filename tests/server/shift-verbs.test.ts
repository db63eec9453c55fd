/** What the doors of shifts answer, and to whom, over the real store. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Role } from '@/lib/contract';
import { createShiftVerbs } from '@/server/shift-verbs';
import { openStore } from '@/server/store';
import { aFolder, aPayment, NOON, recordSale } from './store/support';

const who = (code: string, role: Role) =>
  ({ person: { code, name: code, role }, language: 'en' }) as const;
const MEI = who('3000', 'cashier');
const KA_MING = who('2000', 'manager');

async function aDesk(openedAt = NOON) {
  const opened = await openStore({ file: join(aFolder(), 'till.db'), now: () => openedAt });
  onTestFinished(() => opened.close());
  const env = { shop: { timeZone: 'Asia/Hong_Kong', currency: 'HKD' } } as const;
  const verbs = createShiftVerbs({ env, opened, desk: { now: () => NOON + 60_000 } });
  const list = (search: string, asker: typeof MEI | typeof KA_MING) =>
    verbs.shifts(new URLSearchParams(search), asker);
  await recordSale(opened, aPayment(1, { state: 'paid', counter: 'Front', createdAt: openedAt }));
  await recordSale(
    opened,
    aPayment(2, { state: 'awaiting', counter: 'Back', createdAt: openedAt }),
  );
  return { opened, verbs, list };
}

test('a cashier sees the counter that they name, and no other one’s', async () => {
  const { verbs, list } = await aDesk();
  expect(await list('', MEI)).toEqual({ refused: 'invalid', fields: ['counter'] });
  expect(await list('counter=Front', MEI)).toMatchObject({
    shifts: [{ id: '1', counter: 'Front', figures: { takings: { net: 8_800 } } }],
    next: null,
  });
  const missing = { refused: 'not-found' };
  expect(await verbs.shift({ id: '2', counter: 'Front' }, MEI)).toEqual(missing);
  expect(await verbs.shift({ id: '2', counter: null }, MEI)).toEqual(missing);
  expect(await verbs.shift({ id: '2', counter: 'Back' }, MEI)).toMatchObject({
    shift: { id: '2', state: 'open', number: null, figures: { openPayments: { count: 1 } } },
  });
  const body = { counter: 'Front' };
  expect(await verbs.closeShift({ id: '2', key: 'k', body }, MEI)).toEqual(missing);
});

test('a manager sees every counter, and closes and corrects them', async () => {
  const { verbs, list } = await aDesk();
  expect(await list('', KA_MING)).toMatchObject({ shifts: [{ id: '2' }, { id: '1' }] });
  const wrong = { id: '1', reason: 'Counted twice' };
  expect(await verbs.correctShift(wrong, KA_MING)).toEqual({ refused: 'shift-open' });
  const closed = await verbs.closeShift({ id: '1', key: 'k', body: {} }, KA_MING);
  expect(closed).toMatchObject({
    yours: true,
    shift: {
      ...{ state: 'closed', number: 1, closedBy: '2000', day: '2026-11-22' },
      closedAt: '2026-11-22T12:01:00+08:00',
      figuresAt: '2026-11-22T12:01:00+08:00',
    },
  });
  expect(await verbs.correctShift(wrong, KA_MING)).toMatchObject({
    shift: { corrections: [{ staff: '2000', reason: 'Counted twice' }] },
  });
  const card = { id: '1', reason: 'card 4111 1111 1111 1111' };
  expect(await verbs.correctShift(card, KA_MING)).toEqual({ refused: 'card-number' });
});

test('two that close at once are both told of the one Z, and one that it was theirs', async () => {
  const { verbs } = await aDesk();
  const both = await Promise.all([
    verbs.closeShift({ id: '1', key: 'a', body: { counter: 'Front' } }, MEI),
    verbs.closeShift({ id: '1', key: 'b', body: {} }, KA_MING),
  ]);
  expect(both).toMatchObject([
    { yours: true, shift: { number: 1, closedBy: '3000' } },
    { yours: false, shift: { number: 1, closedBy: '3000' } },
  ]);
});

test('a shift belongs to the business day in which it was opened', async () => {
  const { opened, verbs, list } = await aDesk(NOON - 3_600_000);
  // At noon ends what began the day before; the shop opened at eleven.
  await opened.settings.put({ key: 'day-ends-at', value: '720', at: NOON, by: '1000' });
  expect(await verbs.shift({ id: '1', counter: 'Front' }, MEI)).toMatchObject({
    shift: { day: '2026-11-21' },
  });
  expect(await list('from=2026-11-22', KA_MING)).toMatchObject({ shifts: [] });
  expect(await list('from=2026-11-21', KA_MING)).toMatchObject({ shifts: [{}, {}] });
  expect(await list('from=21.11.2026&cursor=x', KA_MING)).toEqual({
    ...{ refused: 'invalid', fields: ['from', 'cursor'] },
  });
});
