import { describe, expect, test } from 'vitest';
import { spanOf } from '@/components/desk/refunds/find-sale';
import { Outlook } from '@/components/desk/refunds/outlook';
import { RefundForm } from '@/components/desk/refunds/refund-form';
import { RefundProgress } from '@/components/desk/refunds/refund-progress';
import { SettleForm } from '@/components/desk/refunds/settle-form';
import { Paper } from '@/components/desk/refunds/slip';
import { stepOf, wayOf } from '@/components/desk/refunds/steps';
import type { PaymentView, RefundView } from '@/lib/contract';
import type { RefundOutlookView } from '@/lib/contract-refunds';
import { LANGUAGES, type Language } from '@/lib/messages/language';
import { REFUND_STATES } from '@/lib/refund';
import { drawn, paymentWith } from '../../support/shop-window';

const paid = (facts: Partial<PaymentView> = {}) =>
  paymentWith({ state: 'paid', refundableAmount: 4_850, refundBlockedBy: null, ...facts });
const outlookWith = (facts: Partial<RefundOutlookView> = {}): RefundOutlookView => ({
  refundable: 4_850,
  blockedBy: null,
  parts: 'yes',
  until: '2027-01-05T14:02:07+08:00',
  sendsAt: null,
  takingsSince: '2026-01-04T23:30:00+08:00',
  takings: 100_000,
  left: 4_850,
  limit: null,
  ...facts,
});
const refundWith = (facts: Partial<RefundView> = {}): RefundView => ({
  ...{ id: 'H80KF9302KTZYQ', paymentId: 'H80KF930KTZYPK', state: 'done', amount: 1_000 },
  ...{ currency: 'HKD', reason: 'Wrong size', qfpayNumber: '43', failure: null },
  ...{ withdrawable: false, staff: '2000', approver: null, origin: 'counter', review: null },
  createdAt: '2026-01-05T15:00:00+08:00',
  doneAt: '2026-01-05T15:00:02+08:00',
  wakesAt: null,
  version: 3,
  ...facts,
});

const said = (facts: Partial<RefundOutlookView>, asked: number | null = null) =>
  drawn(<Outlook payment={paid()} outlook={outlookWith(facts)} asked={asked} />, 'en', 'manager');

describe('before the tap a manager reads', () => {
  test('how much may go back and until when', () => {
    const html = said({});
    expect(html).toContain('Can go back: HK$48.50 of HK$48.50');
    expect(html).toContain('Possible until 2027-01-05');
    expect(html).not.toContain('1269');
  });

  test.each([
    ['wallet-cannot-refund', 'QFPay gives nothing back to this wallet.'],
    ['too-old', 'takes nothing back so long after the sale'],
    ['nothing-left', 'All of it has gone back or is on its way.'],
    ['refunded-outside', 'Settle it in the inbox first.'],
    ['unconfirmed', 'QFPay has not confirmed this payment yet.'],
    ['too-many', 'as many refunds as QFPay takes'],
    ['not-paid', 'This payment is not paid'],
  ] as const)('why nothing may: %s', (blockedBy, words) => {
    expect(said({ blockedBy, refundable: 0 })).toContain(words);
  });

  test('that it waits for 00:31, and that the new day is empty', () => {
    const html = said({ sendsAt: '2026-01-06T00:31:05+08:00' });
    expect(html).toContain('sent by itself at 01-06 00:31');
    expect(html).toContain('hardly any takings');
  });

  test('that the day’s takings are too small for this amount, and for a smaller one are not', () => {
    expect(said({ takings: 3_000 })).toContain('This till took HK$30.00 at this outlet');
    expect(said({ takings: 3_000 }, 3_000)).not.toContain('1269');
    expect(said({ takings: 3_000 }, 3_001)).toContain('HK$30.01 may be refused (1269)');
  });

  test('that only the whole amount goes, or that nobody knows', () => {
    expect(said({ parts: 'no' })).toContain('Only the whole amount can go back.');
    expect(said({ parts: 'unknown' }, 100)).toContain('It is not known whether this wallet');
    expect(said({ parts: 'unknown' }, 4_850)).not.toContain('It is not known whether');
  });
});

const form = (language: Language = 'en', facts: Partial<RefundOutlookView> = {}) =>
  drawn(<RefundForm payment={paid()} outlook={outlookWith(facts)} />, language, 'manager');

describe('the refund form', () => {
  test('asks for the PIN of that very amount, and its button carries the amount', () => {
    expect(form()).toContain('Your PIN, for HK$48.50');
    expect(form()).toContain('Refund HK$48.50');
    expect(form()).not.toContain('Second manager');
  });

  test('asks for a second manager above the limit alone', () => {
    expect(form('en', { limit: 4_850 })).not.toContain('Second manager');
    expect(form('en', { limit: 4_849 })).toContain('Above HK$48.49 a second manager agrees.');
  });

  test('holds the amount fast where only the whole may go', () => {
    expect(form('en', { parts: 'no' })).toMatch(
      /disabled=""[^>]*value="48.50"|value="48.50"[^>]*disabled/,
    );
  });

  test.each(LANGUAGES)('says everything in %s', (language) => {
    const settle = drawn(
      <SettleForm payment={paid()} outlook={outlookWith()} />,
      language,
      'manager',
    );
    for (const html of [form(language), settle]) expect(html).not.toMatch(/>(refunds|settle)\./);
  });
});

describe('the five states, and what was taken back', () => {
  test('every state of a refund is one of them, and the way leads through it', () => {
    const steps = REFUND_STATES.map((state) =>
      stepOf({ state, failure: null, withdrawable: false }),
    );
    expect(steps).toEqual([
      ...['queued', 'sent', 'processing', 'sent', 'queued', 'refused', 'done'],
    ]);
    for (const step of steps) {
      const here = wayOf(step)
        .filter((each) => each.reached)
        .at(-1);
      expect(here?.step).toBe(step);
    }
    const failure = { code: 'withdrawn', respcd: null, says: '', next: 'wait' } as const;
    expect(stepOf({ state: 'failed', failure, withdrawable: false })).toBe('withdrawn');
    // A try that provably did not leave is queued again.
    expect(stepOf({ state: 'unknown', failure: null, withdrawable: true })).toBe('queued');
  });

  test('a queued one says when it is sent and offers to take it back, a sent one does not', () => {
    const one = (facts: Partial<RefundView>) =>
      drawn(<RefundProgress refund={refundWith(facts)} />, 'en', 'manager');
    const wakesAt = '2026-01-06T00:31:05+08:00';
    const queued = one({ state: 'deferred', doneAt: null, withdrawable: true, wakesAt });
    expect(queued).toContain('Sent at 01-06 00:31');
    expect(queued).toContain('Take back HK$10.00');
    const doubtful = one({ state: 'unknown', doneAt: null });
    expect(doubtful).not.toContain('Take back');
    expect(doubtful).toContain('do not refund again');
  });
});

test('the slip bears amount, wallet, numbers and state, and says done only when it is', () => {
  const payment = paid({ walletNumber: '4200001', qfpayNumber: '2026010518' });
  const text = { header: ['Cha Kee', 'Tel 2345 6789'], footer: ['Keep it safe'] };
  const paper = (facts: Partial<RefundView>) =>
    drawn(<Paper record={{ refund: refundWith(facts), payment }} text={text} />, 'en', 'manager');
  const done = paper({});
  const own = ['Cha Kee', 'Tel 2345 6789', 'Keep it safe'];
  for (const line of own) expect(done).toContain(line);
  expect(done).not.toContain('>Countertop<');
  const all = ['HK$10.00', 'HK$48.50', 'Alipay', 'H80KF9302KTZYQ', 'H80KF930KTZYPK', '4200001'];
  for (const word of [...all, 'Refunded', '2026-01-05 15:00:02']) expect(done).toContain(word);
  const open = paper({ state: 'processing', doneAt: null });
  expect(open).toContain('Processing');
  expect(open).toContain('Keep this slip');
  expect(open).not.toContain('>Refunded<');
});

describe('the time of a sale', () => {
  const zone = 'Asia/Hong_Kong';

  test('is half an hour to both sides, or the whole day', () => {
    expect(spanOf({ q: '', day: '2026-01-05', time: '14:05' }, zone)).toEqual({
      ...{ from: '2026-01-05T13:35:00+08:00', to: '2026-01-05T14:35:00+08:00' },
    });
    expect(spanOf({ q: '', day: '2026-01-05', time: '' }, zone)).toEqual({
      ...{ from: '2026-01-05', to: '2026-01-05' },
    });
    expect(spanOf({ q: '', day: '', time: '14:05' }, zone)).toEqual({});
  });

  test('near midnight reaches into the day before', () => {
    const { from } = spanOf({ q: '', day: '2026-01-05', time: '00:10' }, zone);
    expect(from).toBe('2026-01-04T23:40:00+08:00');
  });
});
