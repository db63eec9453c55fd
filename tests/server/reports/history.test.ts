import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentPage } from '@/lib/contract';
import type { Payment, PaymentId } from '@/lib/payment';
import { historyStore } from '@/server/answers';
import {
  count,
  detail,
  type HistoryStore,
  list,
  maySee,
  type Viewer,
} from '@/server/reports/history';
import { type Counter, CPM, chargePaid, created, openCounter } from '../../support/counter';
import { NOON } from '../../support/payments';

let counter: Counter;
let store: HistoryStore;
beforeEach(async () => {
  counter = await openCounter();
  store = historyStore(counter.opened);
});
afterEach(() => counter.end());

const HONG_KONG = {
  language: 'en',
  timeZone: 'Asia/Hong_Kong',
  now: NOON,
  fpsRefunds: false,
} as const;
const manager = { code: '2000', role: 'manager' } as const;
const cashier = { code: '3000', role: 'cashier' } as const;
const look = async (query: string, viewer: Viewer = manager) => {
  const who = { viewer, reader: HONG_KONG, currency: 'HKD' } as const;
  const page = await list(store, new URLSearchParams(query), who);
  if ('refused' in page) throw new Error(`refused: ${page.fields.join()}`);
  return page;
};
const ids = (page: PaymentPage) => page.payments.map((payment) => payment.id);
const sell = async (change: Partial<Parameters<Counter['take']>[0]> = {}): Promise<Payment> => {
  counter.script.charge.push(created);
  const payment = await counter.take(change);
  counter.later(60);
  return payment;
};

describe('the list', () => {
  test('is newest first, in pages that follow each other without a gap or a double', async () => {
    const sold: Payment[] = [];
    for (let each = 0; each < 7; each += 1) sold.push(await sell());
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: PaymentPage = await look(cursor === '' ? 'limit=3' : `limit=3&cursor=${cursor}`);
      seen.push(...ids(page));
      cursor = page.next;
    }
    expect(seen).toEqual(sold.map(({ id }) => id).reverse());
  });

  test('shows a cashier only what is theirs, whatever they ask for', async () => {
    const mine = await sell({ staff: '3000' });
    const other = await sell({ staff: '3001' });
    expect(ids(await look('staff=3001', cashier))).toEqual([mine.id]);
    expect(ids(await look(`q=${other.id}`, cashier))).toEqual([]);
    expect(ids(await look(''))).toEqual([other.id, mine.id]);
  });

  test('finds a sale by our number and by its amount as it is printed', async () => {
    const payment = await sell({ amount: 12_345 });
    await sell();
    expect(ids(await look(`q=${payment.id}`))).toEqual([payment.id]);
    expect(ids(await look('q=123.45'))).toEqual([payment.id]);
  });

  test('takes a day of the shop as that whole day in Hong Kong', async () => {
    const payment = await sell();
    expect(ids(await look('from=2026-01-05&to=2026-01-05'))).toEqual([payment.id]);
    expect(ids(await look('from=2026-01-06'))).toEqual([]);
  });

  test.each(['from=yesterday', 'state=done', 'limit=-1', 'min=1.5', 'cursor=x'])(
    'refuses %s and names the field',
    async (query) => {
      const who = { viewer: manager, reader: HONG_KONG, currency: 'HKD' } as const;
      expect(await list(store, new URLSearchParams(query), who)).toEqual({
        refused: 'invalid',
        fields: [query.split('=')[0]],
      });
    },
  );
});

describe('the story of one payment', () => {
  test('tells who did what, in order, and what the sale still owes', async () => {
    counter.script.charge.push(chargePaid);
    const payment = await counter.take(CPM);
    const story = await detail(store, payment.id, { viewer: manager, reader: HONG_KONG });
    expect(story?.sale).toMatchObject({ due: 0, paid: true });
    expect(story?.payment).toMatchObject({ state: 'paid', createdAt: '2026-01-05T12:00:00+08:00' });
    expect(story?.timeline.map(({ kind, actor }) => `${kind} ${actor}`)).toEqual([
      'person 3000',
      'call server',
      'answer server',
      'state server',
    ]);
    // Only what the contract names goes out.
    for (const entry of story?.timeline ?? []) {
      expect(Object.keys(entry).sort()).toEqual(['actor', 'at', 'detail', 'kind', 'seq', 'state']);
    }
    const asked = story?.timeline.find(({ kind }) => kind === 'call');
    expect(asked?.detail).toMatchObject({ call: 'charge', seq: 1, ms: expect.any(Number) });
  });

  test('says its people by name, and its notes', async () => {
    const payment = await sell();
    const { opened } = counter;
    await opened.staff.insertStaff({
      ...{ code: '2000', name: 'Ka Ming', role: 'manager', pinHash: 'x' },
      ...{ disabledAt: null, createdAt: NOON },
    });
    await opened.notes.add({ paymentId: payment.id, at: NOON, staff: '2000', says: 'Called' });
    const story = await detail(store, payment.id, { viewer: manager, reader: HONG_KONG });
    expect(story?.notes).toEqual([
      { number: 1, says: 'Called', staff: '2000', at: '2026-01-05T12:00:00+08:00' },
    ]);
    expect(story?.people).toMatchObject({ 2000: 'Ka Ming' });
  });

  test('is counted as often as it is listed', async () => {
    for (let each = 0; each < 3; each += 1) await sell({ staff: each === 0 ? '3001' : '3000' });
    const who = {
      viewer: manager,
      reader: HONG_KONG,
      currency: 'HKD',
      isGone: () => false,
    } as const;
    expect(await count(store, new URLSearchParams('staff=3000'), who)).toEqual({ count: 2 });
    expect(await count(store, new URLSearchParams(''), who)).toEqual({ count: 3 });
  });

  test("is not there for another cashier's payment", async () => {
    const payment = await sell({ staff: '3001' });
    expect(await detail(store, payment.id, { viewer: cashier, reader: HONG_KONG })).toBeNull();
  });
});

describe('S33: another outlet’s payment does not exist', () => {
  const id = 'H80KF930KTZYPK' as PaymentId;
  const mine = { id, staff: '3000', outlet: 'M100' };
  const colleagues = { id, staff: '3001', outlet: 'M100' };
  const elsewhere = { id, staff: '3000', outlet: 'M200' };
  const before = { id, staff: '3000', outlet: null };
  const limited = (role: Viewer['role'], outlets: readonly (string | null)[]): Viewer => ({
    ...{ code: '3000', role, outlets },
  });

  test.each([
    ['a cashier of the outlet', limited('cashier', ['M100']), [true, false, false, false]],
    ['a cashier of two outlets', limited('cashier', ['M100', 'M200']), [true, false, true, false]],
    ['a cashier of everywhere', cashier, [true, false, true, true]],
    ['a manager of the outlet', limited('manager', ['M100']), [true, true, false, false]],
    ['a manager of the other one', limited('manager', ['M200']), [false, false, true, false]],
    ['a manager of the one without mchid', limited('manager', [null]), [false, false, false, true]],
    ['a manager of everywhere', manager, [true, true, true, true]],
    ['an owner', { code: '1000', role: 'owner' } as const, [true, true, true, true]],
  ] as const)('for %s', (_who, viewer, sees) => {
    const all = [mine, colleagues, elsewhere, before];
    expect(all.map((payment) => maySee(viewer, payment))).toEqual(sees);
  });

  test('in the list, by a search and by its own number', async () => {
    const here = await sell({ outlet: 'M100' });
    const there = await sell({ outlet: 'M200' });
    const viewer = { ...manager, outlets: ['M100'] };
    expect(ids(await look('', viewer))).toEqual([here.id]);
    expect(ids(await look(`q=${there.id}`, viewer))).toEqual([]);
    expect(await detail(store, there.id, { viewer, reader: HONG_KONG })).toBeNull();
    expect(await detail(store, here.id, { viewer, reader: HONG_KONG })).not.toBeNull();
    expect(ids(await look(''))).toEqual([there.id, here.id]);
  });
});
