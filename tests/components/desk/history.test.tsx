import { describe, expect, test } from 'vitest';
import { Facts } from '@/components/desk/history/facts';
import { hrefOf } from '@/components/desk/history/neighbours';
import { Notes } from '@/components/desk/history/notes';
import { SalesTable } from '@/components/desk/history/sales-table';
import { Timeline } from '@/components/desk/history/timeline';
import type { PaymentDetail, TimelineView } from '@/lib/contract';
import { drawn, paymentWith } from '../../support/shop-window';

const call = (detail: TimelineView['detail']): TimelineView => ({
  seq: 2,
  at: '2026-01-05T14:02:07+08:00',
  kind: 'call',
  actor: 'server',
  state: 'sending',
  detail,
});
const detailWith = (facts: Partial<PaymentDetail> = {}): PaymentDetail => ({
  payment: paymentWith({ state: 'paid', staff: '3001', qfpayNumber: '2026010518050002' }),
  sale: {
    id: '01JD2X9K7M4QX9RW4H0V8T6B2C',
    amount: 4850,
    currency: 'HKD',
    note: null,
    due: 0,
    paid: true,
    counter: '1',
    staff: '3001',
    createdAt: '2026-01-05T14:02:07+08:00',
  },
  refunds: [],
  settlements: [],
  timeline: [],
  notes: [],
  people: { 3001: 'Siu Ling', 2000: 'Ka Ming' },
  ...facts,
});

describe('the facts of a payment', () => {
  test('name the person and let every number be copied', () => {
    const html = drawn(<Facts detail={detailWith()} />);
    expect(html).toContain('Siu Ling (3001)');
    for (const number of ['Our number', 'QFPay’s number', 'Sale']) {
      expect(html).toContain(`aria-label="Copy: ${number}"`);
    }
    expect(html).not.toContain('Copy: Wallet’s number');
    expect(drawn(<Facts detail={detailWith()} />, 'zh-Hant')).toContain('複製');
  });
});

describe('notes', () => {
  test('say what, by whom and when, and that they stay', () => {
    const note = { number: 1, says: '<b>枱 5</b>', staff: '2000', at: '2026-01-05T15:00:00+08:00' };
    const html = drawn(<Notes detail={detailWith({ notes: [note] })} />);
    expect(html).toContain('&lt;b&gt;枱 5&lt;/b&gt;');
    expect(html).toContain('Ka Ming');
    expect(html).toContain('01-05 15:00');
    expect(html).toContain('cannot be changed or deleted');
    expect(html).toContain('maxLength="500"');
  });
});

describe('the story', () => {
  const told = (entries: readonly TimelineView[]) =>
    drawn(<Timeline entries={entries} people={{ 2000: 'Ka Ming' }} />);

  test('says how long QFPay took and with which code', () => {
    const html = told([call({ call: 'charge', seq: 1, ms: 1_042, respcd: '0000' })]);
    expect(html).toContain('took 1.042 s');
    expect(html).toContain('0000');
    expect(told([call({ call: 'charge', seq: 1, ms: 7, respcd: null })])).toContain('0.007 s');
  });

  test('says where no answer was seen, and nothing where nobody measured', () => {
    expect(told([call({ call: 'charge', seq: 1, ms: null })])).toContain('no answer seen');
    expect(told([call({ call: 'charge', seq: 1 })])).not.toContain('no answer seen');
  });

  test('tells a note by the name of its writer', () => {
    const entry = {
      ...call({ did: 'note', says: 'Called' }),
      kind: 'person',
      actor: '2000',
    } as const;
    const html = told([entry]);
    expect(html).toContain('Note: Called');
    expect(html).toContain('Ka Ming');
  });
});

test('a row of the list keeps the filters in its link', () => {
  const payments = [paymentWith({ id: 'ONE', amount: 999_999_999 })];
  const table = (
    <SalesTable
      payments={payments}
      chosen="ONE"
      hrefOf={(id) => hrefOf(id, 'state=paid&min=5')}
      dimmed={false}
    />
  );
  const html = drawn(table);
  expect(html).toContain('/history/ONE?state=paid');
  expect(html).toContain('aria-current="true"');
  expect(html).toContain('HK$9,999,999.99');
  expect(html).toContain('Mei');
});
