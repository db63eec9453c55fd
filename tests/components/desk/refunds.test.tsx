import { QueryClient } from '@tanstack/react-query';
import { describe, expect, test } from 'vitest';
import { RefundList } from '@/components/desk/history/refund-list';
import { detailQuery, heard, heardRefund } from '@/components/live/queries';
import type { RefundView, SaleView } from '@/lib/contract';
import { drawn, paymentWith } from '../../support/shop-window';

const refundWith = (facts: Partial<RefundView> = {}): RefundView => ({
  id: 'H80KF9302KTZYQ',
  paymentId: 'H80KF930KTZYPK',
  state: 'done',
  amount: 1_000,
  currency: 'HKD',
  reason: 'Wrong size',
  qfpayNumber: '20260105180500020000000043',
  failure: null,
  withdrawable: false,
  staff: '2000',
  approver: null,
  origin: 'counter',
  review: null,
  createdAt: '2026-01-05T15:00:00+08:00',
  doneAt: '2026-01-05T15:00:02+08:00',
  wakesAt: null,
  version: 3,
  ...facts,
});
const listed = (facts: Partial<RefundView> = {}) =>
  drawn(<RefundList refunds={[refundWith(facts)]} />);

describe('a refund beside its payment', () => {
  test('says how much, why, by whom and when', () => {
    for (const said of ['HK$10.00', 'Refunded', 'Wrong size', '2000', 'Given back 01-05 15:00']) {
      expect(listed()).toContain(said);
    }
  });

  test('that is put off says when it will be sent', () => {
    const html = listed({
      state: 'deferred',
      doneAt: null,
      wakesAt: '2026-01-06T00:31:00+08:00',
    });
    expect(html).toContain('Will be sent at 01-06 00:31');
    expect(html).not.toContain('Given back');
  });

  test('that was refused says why, and is not called refunded', () => {
    const says = 'Only a full refund is possible for this payment.';
    const failure = { code: 'refused', respcd: '1271', says, next: 'try-again' } as const;
    const html = listed({ state: 'failed', doneAt: null, failure });
    expect(html).toContain('Not refunded');
    expect(html).toContain(says);
  });

  test('names the second manager, and what was done elsewhere', () => {
    expect(listed({ approver: '1000' })).toContain('Approved by 1000');
    const outside = listed({ origin: 'outside', reason: '', staff: 'server' });
    expect(outside).toContain('Outside this till');
    expect(outside).not.toContain('server');
  });

  test('is not there before there is one', () => {
    expect(drawn(<RefundList refunds={[]} />)).toBe('');
  });
});

describe('when a refund is heard of', () => {
  const client = new QueryClient();
  const { queryKey } = detailQuery('H80KF930KTZYPK', 'en');
  const sale: SaleView = {
    id: '01JD2X9K7M4QX9RW4H0V8T6B2C',
    amount: 4850,
    currency: 'HKD',
    note: null,
    due: 4850,
    paid: false,
    counter: '1',
    staff: '3000',
    createdAt: '2026-01-05T14:02:07+08:00',
  };
  const isStale = () => client.getQueryState(queryKey)?.isInvalidated;
  const show = (refunds: readonly RefundView[]) => {
    client.setQueryData(queryKey, {
      ...{ payment: paymentWith(), sale, refunds, settlements: [], timeline: [] },
      ...{ notes: [], people: {} },
    });
  };

  test('the payment’s story is read again, once', () => {
    show([refundWith({ version: 2 })]);
    heardRefund(client, refundWith({ version: 2 }));
    expect(isStale()).toBe(false);
    heardRefund(client, refundWith({ version: 3 }));
    expect(isStale()).toBe(true);
  });

  test('another payment’s story is left alone', () => {
    show([]);
    heardRefund(client, refundWith({ paymentId: 'other' }));
    expect(isStale()).toBe(false);
    heardRefund(client, refundWith());
    expect(isStale()).toBe(true);
  });

  test('a newer picture of the payment has its story read again too', () => {
    show([]);
    heard(client, paymentWith({ version: 3 }));
    expect(isStale()).toBe(false);
    heard(client, paymentWith({ version: 4 }));
    expect(isStale()).toBe(true);
  });
});
