import { describe, expect, test } from 'vitest';
import { advance, claim, reboot } from '@/lib/advance';
import { type Evidence, PAYMENT_STATES, type Payment, type PaymentState } from '@/lib/payment';
import { aPayment, at, facts, HEARD, type HeardName, inState } from '../support/payments';

/** The whole ladder, written out: what one message makes of a payment that had no other witness. */
const EXPECTED: Record<HeardName, Record<PaymentState, PaymentState>> = {
  'charge paid': all('paid'),
  'charge created': { ...stays(), sending: 'awaiting', unknown: 'awaiting' },
  'charge pending': { ...stays(), sending: 'awaiting', unknown: 'awaiting' },
  'charge refused': { ...stays(), sending: 'unknown' },
  'charge unclear': { ...stays(), sending: 'unknown' },
  'charge unreachable': { ...stays(), sending: 'closed' },
  'charge limited': { ...stays(), sending: 'unknown' },
  'query paid': all('paid'),
  'query pending': { ...stays(), unknown: 'awaiting' },
  'query refused': stays(),
  'query closed': { ...stays(), awaiting: 'closed', unknown: 'closed', cancelling: 'closed' },
  'query none': stays(),
  'query unclear': stays(),
  'notified paid': all('paid'),
  'close accepted': stays(),
  'close says paid': stays(),
  'close refused': stays(),
  'close unclear': stays(),
  'cashier stops': { ...stays(), created: 'closed', awaiting: 'cancelling', unknown: 'cancelling' },
  'deadline passes': {
    ...stays(),
    created: 'closed',
    awaiting: 'cancelling',
    unknown: 'cancelling',
  },
};

function stays(): Record<PaymentState, PaymentState> {
  return Object.fromEntries(PAYMENT_STATES.map((s) => [s, s])) as Record<
    PaymentState,
    PaymentState
  >;
}
function all(state: PaymentState): Record<PaymentState, PaymentState> {
  return Object.fromEntries(PAYMENT_STATES.map((s) => [s, state])) as Record<
    PaymentState,
    PaymentState
  >;
}
const hear = (payment: Payment, ...heard: [HeardName | Evidence, number][]): Payment =>
  heard.reduce(
    (now, [evidence, seconds]) =>
      advance(now, typeof evidence === 'string' ? HEARD[evidence] : evidence, at(seconds)),
    payment,
  );

describe.each(PAYMENT_STATES)('a payment that is %s', (from) => {
  // A CPM payment for what only the till's own scan can bring; the QR's absence is told below.
  const before = from === 'created' || from === 'sending' ? 'CPM' : 'MPM';
  test.each(Object.keys(EXPECTED) as HeardName[])('hears "%s"', (name) => {
    const mode = name === 'charge created' ? 'MPM' : name === 'charge pending' ? 'CPM' : before;
    const after = advance({ ...inState(from), mode }, HEARD[name], at(3));
    expect(after.state).toBe(EXPECTED[name][from]);
  });
});

describe('paid', () => {
  test.each([
    ['a smaller amount', { amount: 485 }],
    ['another currency', { currency: 'CNY' }],
    ['another number', { number: 'TST0000000000B' }],
  ])('%s never pays, and a manager has to look', (_what, wrong) => {
    for (const name of ['query paid', 'notified paid', 'charge paid'] as const) {
      const evidence = { ...HEARD[name], facts: facts(wrong) } as Evidence;
      const after = hear({ ...inState('sending'), mode: 'CPM' }, [evidence, 1]);
      expect(after.state).not.toBe('paid');
      expect(after.review).toBe('answer-differs');
    }
  });

  test('the money of another outlet is not ours', () => {
    const ours = aPayment({ outlet: 'SIMmchA001' });
    const evidence = { ...HEARD['notified paid'], facts: facts({ outlet: 'SIMmchA002' }) };
    expect(hear(ours, [evidence, 1])).toMatchObject({
      state: 'awaiting',
      review: 'answer-differs',
    });
  });

  test('an answer that leaves out the amount is doubt, not money', () => {
    const evidence = { ...HEARD['charge paid'], facts: facts({ amount: null }) };
    const after = hear({ ...inState('sending'), mode: 'CPM' }, [evidence, 1]);
    expect(after).toMatchObject({ state: 'unknown', review: null });
  });

  test('a notification alone is green but not confirmed; the query confirms it', () => {
    const notified = hear(aPayment(), ['notified paid', 1]);
    expect(notified).toMatchObject({ state: 'paid', confirmed: false });
    expect((notified.nextCheckAt ?? 0) - at(1).steady).toBeLessThanOrEqual(1_000);
    const confirmed = hear(notified, ['query paid', 2]);
    expect(confirmed).toMatchObject({ confirmed: true, nextCheckAt: null, review: null });
  });

  test('a notification that no query agrees with is put to review, not taken back', () => {
    const soon = hear(aPayment(), ['notified paid', 1], ['query none', 5]);
    expect(soon).toMatchObject({ state: 'paid', review: null });
    const later = hear(soon, ['query pending', 30]);
    expect(later).toMatchObject({ state: 'paid', confirmed: false, review: 'paid-then-denied' });
  });

  test('money after the till said no is late money', () => {
    for (const state of ['failed', 'closed'] as const) {
      const after = hear(inState(state), ['query paid', 90]);
      expect(after).toMatchObject({ state: 'paid', late: true, failure: null });
    }
  });

  test('a denial after it changes nothing but asks for a manager', () => {
    for (const name of ['query closed', 'query refused'] as const) {
      const after = hear(inState('paid'), [name, 60]);
      expect(after).toMatchObject({ state: 'paid', review: 'paid-then-denied' });
    }
    expect(hear(inState('paid'), ['query none', 60]).review).toBeNull();
  });
});

describe('a negative needs two witnesses', () => {
  test('a refused charge is failed only when a question agrees', () => {
    const refused = hear({ ...inState('sending'), mode: 'CPM' }, ['charge refused', 1]);
    expect(refused).toMatchObject({ state: 'unknown', nextCheckAt: at(1).steady });
    expect(hear(refused, ['query refused', 2]).state).toBe('failed');
    expect(hear(refused, ['query closed', 2]).state).toBe('failed');
    expect(hear(refused, ['query none', 2]).state).toBe('unknown');
    expect(hear(refused, ['query none', 2], ['query none', 21]).state).toBe('failed');
  });

  test('a refusal that the next question contradicts starts anew', () => {
    const after = hear(
      { ...inState('sending'), mode: 'CPM' },
      ['charge refused', 1],
      ['query pending', 2],
      ['query refused', 4],
    );
    expect(after.state).toBe('awaiting');
    expect(hear(after, ['query refused', 5]).state).toBe('failed');
  });

  test('a refusal of another order is none of them', () => {
    const sending = { ...inState('sending'), mode: 'CPM' } as const;
    const others = facts({ number: 'TST0000000000B', amount: null, currency: null });
    const refusal = { ...HEARD['charge refused'], facts: others } as Evidence;
    const after = hear(sending, [refusal, 1]);
    expect(after).toMatchObject({ state: 'unknown', review: 'answer-differs' });
    expect(hear(after, ['query none', 31])).toMatchObject({ state: 'unknown' });
    expect(hear(after, ['query refused', 31])).toMatchObject({ state: 'unknown' });
  });

  const unseen = hear({ ...inState('sending'), mode: 'CPM' }, ['charge unclear', 1]);
  const window = { source: 'query', says: 'none', by: 'window' } as const;
  test('a number that was never seen ends after three answers, a minute and a sweep', () => {
    const heard: [HeardName | Evidence, number][] = [
      ['query none', 2],
      ['query none', 30],
      ['query none', 62],
    ];
    expect(hear(unseen, ...heard).state).toBe('unknown');
    expect(hear(unseen, ...heard, [window, 63])).toMatchObject({
      state: 'closed',
      failure: { code: 'never-arrived' },
    });
  });

  test('absence is not believed early, nor after two answers, nor once the order was seen', () => {
    expect(
      hear(unseen, ['query none', 2], ['query none', 3], ['query none', 44], [window, 45]).state,
    ).toBe('unknown');
    expect(hear(unseen, ['query none', 2], ['query none', 70], [window, 71]).state).toBe('unknown');
    const seen = hear(unseen, ['query pending', 2]);
    const asked: [HeardName | Evidence, number][] = [3, 30, 70, 100].map((s) => ['query none', s]);
    expect(hear(seen, ...asked, [window, 101]).state).toBe('awaiting');
  });
});

describe('stopping', () => {
  test('an accepted close ends it only after a question that does not say paid', () => {
    const accepted = hear(aPayment(), ['cashier stops', 60], ['close accepted', 61]);
    expect(accepted).toMatchObject({ state: 'cancelling', nextCheckAt: at(61).steady });
    expect(hear(accepted, ['query pending', 62])).toMatchObject({
      state: 'closed',
      failure: { code: 'cancelled' },
    });
    expect(hear(accepted, ['query paid', 62])).toMatchObject({ state: 'paid', late: false });
  });

  test('without an accepted close it stays open until the gateway says so', () => {
    const asked = hear(aPayment(), ['cashier stops', 60], ['close refused', 61]);
    expect(hear(asked, ['query pending', 62], ['query none', 400]).state).toBe('cancelling');
    expect(hear(asked, ['query closed', 331]).state).toBe('closed');
  });

  test('a stop while the charge is on its way waits for the answer', () => {
    const stopped = hear(inState('sending'), ['cashier stops', 1]);
    expect(stopped.state).toBe('sending');
    expect(hear(stopped, ['charge created', 2]).state).toBe('cancelling');
    expect(hear(stopped, ['charge unclear', 2]).state).toBe('cancelling');
  });

  test('an order whose QR never arrived can only be stopped', () => {
    const lost = hear(
      { ...inState('sending'), qrCode: null },
      ['charge unclear', 1],
      ['query pending', 2],
    );
    expect(lost.state).toBe('cancelling');
    const none = { ...HEARD['charge created'], qrCode: null } as Evidence;
    expect(hear({ ...inState('sending'), qrCode: null }, [none, 1]).state).toBe('cancelling');
  });
});

test('a second answer to the charge does not take the QR off the screen', () => {
  expect(hear(aPayment(), ['charge pending', 3])).toMatchObject({
    state: 'awaiting',
    qrCode: 'weixin://wxpay/bizpayurl?pr=test',
  });
});

describe('a server that starts', () => {
  test('doubts what was being sent and times everything afresh', () => {
    const sending = claim(
      aPayment({ state: 'created' }),
      { deadlineMs: 300_000, gatewayExpiryMs: 300_000 },
      at(0),
    );
    const after = reboot(sending, at(7_200));
    expect(after).toMatchObject({ state: 'unknown', nextCheckAt: at(7_200).steady });
    expect(after.witnesses.sentAt).toBe(at(7_200).steady);
    // Two hours of sleep prove nothing: the first empty answers count from now.
    expect(hear(after, ['query none', 7_201], ['query none', 7_205]).state).toBe('unknown');
  });

  test('starts counting empty answers anew: those of the last process timed another clock', () => {
    const asked = hear(
      { ...inState('sending'), mode: 'CPM' },
      ['charge unclear', 1],
      ['query none', 2],
      ['query none', 30],
      [{ source: 'query', says: 'none', by: 'window' }, 31],
    );
    const after = hear(reboot(asked, at(100)), ['query none', 200]);
    expect(after).toMatchObject({ state: 'unknown', witnesses: { noneCount: 1 } });
    expect(after.witnesses.windowNone).toBe(false);
  });

  test('still stops what the cashier had stopped while it was being sent', () => {
    const stopped = hear({ ...inState('sending'), mode: 'CPM' }, ['cashier stops', 1]);
    const after = reboot(stopped, at(100));
    expect(after).toMatchObject({ state: 'cancelling', nextCheckAt: at(100).steady });
    // Without a time for it the wallet is never asked to close.
    expect(after.witnesses.nextCloseAt).toBe(at(100).steady);
    const waiting = hear(after, ['query pending', 101]);
    expect(waiting).toMatchObject({ state: 'cancelling' });
    expect(waiting.witnesses.nextCloseAt).toBe(at(100).steady);
  });
});
