import { describe, expect, test } from 'vitest';
import { minutes } from '@/components/live/countdown';
import { AnotherWay } from '@/components/till/moment/another-way';
import { Checking } from '@/components/till/moment/checking';
import { FaceNotice } from '@/components/till/moment/face';
import { Banner, Paid, PaidMeanwhile, Unpaid } from '@/components/till/moment/outcome';
import { Confirming, ShowQr } from '@/components/till/moment/waiting';
import { LANGUAGES, type Language } from '@/lib/messages/language';
import { drawn, paymentWith } from '../../support/shop-window';

const nothing = async () => undefined;
const acts = {
  onCancel: nothing,
  onCheck: nothing,
  busy: null,
  refused: null,
  told: null,
} as const;
const waysOn = { onNextCustomer: () => undefined, onAnotherWay: () => undefined };
const buttons = (html: string) =>
  [...html.matchAll(/<button[^>]*>(.*?)<\/button>/gs)].map(([, inside]) =>
    // Without the hint of a keyboard's key, which nobody hears.
    (inside ?? '').replace(/<span aria-hidden[^>]*>.*?<\/span>/gs, '').replace(/<[^>]*>/g, ''),
  );

describe('while it is not known whether the customer paid', () => {
  const html = drawn(
    <Checking payment={paymentWith({ state: 'unknown' })} acts={acts} {...waysOn} />,
  );

  test('the cashier is told not to charge again', () => {
    expect(html).toContain('Checking. Do not charge again.');
    expect(html).toContain('data-state="unknown"');
  });

  test('nothing there charges again: a question, the next customer, a manager’s leave', () => {
    const ways = ['Check now', 'Serve the next customer', 'Let this customer pay another way'];
    expect(buttons(html)).toEqual(ways);
  });

  test('with a manager’s leave it is still watched, and the sale can be charged', () => {
    const watched = drawn(
      <Checking
        payment={paymentWith({ state: 'cancelling', abandoned: true })}
        acts={acts}
        {...waysOn}
      />,
    );
    expect(watched).toContain('Still watched. A manager let the customer pay another way.');
    expect(buttons(watched)).toEqual([
      'Check now',
      'Serve the next customer',
      'Charge another way',
    ]);
  });

  test.each(LANGUAGES)('it is said in %s', (language) => {
    const said = drawn(
      <Checking payment={paymentWith({ state: 'unknown' })} acts={acts} {...waysOn} />,
      language,
    );
    expect(said).toMatch(/Do not charge again|請勿重複收款|请勿重复收款/);
  });
});

describe('while a payment is being cancelled', () => {
  const cancelling = (facts = {}) =>
    drawn(
      <Checking payment={paymentWith({ state: 'cancelling', ...facts })} acts={acts} {...waysOn} />,
    );

  test('the cashier reads until when the QR can still be paid, in shop time', () => {
    expect(cancelling()).toContain('The QR stays valid until 14:07:07.');
  });

  test('a scanned code may still be confirmed on the phone', () => {
    expect(cancelling({ mode: 'CPM', qrCode: null, qrExpiresAt: null })).toContain(
      'The customer may still confirm on the phone.',
    );
  });

  test('a QR that never arrived is said to be so', () => {
    expect(cancelling({ qrCode: null })).toContain('The QR did not arrive.');
  });
});

describe('a manager’s leave to charge another way', () => {
  const asked = (role: 'cashier' | 'manager', language: Language = 'en') =>
    drawn(
      <AnotherWay
        payment={paymentWith({ state: 'unknown' })}
        onFreed={() => undefined}
        onBack={() => undefined}
      />,
      language,
      role,
    );
  const fields = (html: string) => html.match(/<input[^>]*>/g) ?? [];

  test('says that both may end paid, and asks a cashier for a manager’s code and PIN', () => {
    expect(asked('cashier')).toContain('should both end paid, a manager refunds one');
    expect(fields(asked('cashier'))).toHaveLength(2);
    expect(buttons(asked('cashier'))).toEqual(['Stay here', 'Allow another payment']);
  });

  test('asks a manager who is signed in for the PIN alone', () => {
    expect(fields(asked('manager'))).toHaveLength(1);
    expect(asked('manager')).toContain('Your PIN');
  });

  test('lets no browser remember what is entered', () => {
    for (const field of [...fields(asked('cashier')), ...fields(asked('manager'))]) {
      expect(field).toMatch(/autocomplete="off"/i);
      expect(field).not.toContain(' name=');
    }
    expect(fields(asked('manager'))[0]).toContain('type="password"');
  });

  test.each(LANGUAGES)('is asked for in %s', (language) => {
    expect(asked('cashier', language)).toMatch(/Manager’s PIN|經理 PIN 碼|经理 PIN 码/);
  });
});

test('money that comes in while the next QR is shown is said aloud: cancel this one', () => {
  const first = paymentWith({ state: 'paid', wallet: 'wechat' });
  const html = drawn(
    <FaceNotice value={<PaidMeanwhile payment={first} />}>
      <ShowQr payment={paymentWith()} acts={acts} />
    </FaceNotice>,
  );
  expect(html).toContain(
    'The first payment has come in: HK$48.50 with WeChat Pay. Cancel this one.',
  );
  expect(html.indexOf('paid-meanwhile')).toBeLessThan(html.indexOf('data-qr'));
});

describe('while the customer is paying', () => {
  test('the QR carries the very text that QFPay gave', () => {
    const html = drawn(<ShowQr payment={paymentWith()} acts={acts} />);
    expect(html).toContain('data-qr="https://qr.alipay.com/bax001"');
    expect(html).toContain('HK$48.50');
  });

  test('a customer who confirms on the phone leaves nothing to press but Cancel', () => {
    const payment = paymentWith({ mode: 'CPM', payType: '800008', wallet: null, qrCode: null });
    expect(buttons(drawn(<Confirming payment={payment} acts={acts} />))).toEqual([
      'Customer says: paid',
      'Cancel payment',
    ]);
  });

  test('while Cancel is on its way it cannot be pressed again', () => {
    const html = drawn(<ShowQr payment={paymentWith()} acts={{ ...acts, busy: 'cancel' }} />);
    expect(html.match(/<button[^>]*disabled=""/g)).toHaveLength(3);
  });

  test('what QFPay said is shown with its time, and that it could not be asked', () => {
    const told = { at: '2026-01-05T14:03:09+08:00', says: 'pending', respcd: '1143' } as const;
    const shown = (said: typeof told | 'nothing') =>
      drawn(<ShowQr payment={paymentWith()} acts={{ ...acts, told: said }} />);
    expect(shown(told)).toContain('QFPay at 14:03:09: not paid yet.');
    expect(shown('nothing')).toContain('QFPay could not be asked just now.');
    expect(drawn(<ShowQr payment={paymentWith()} acts={acts} />)).not.toContain('QFPay');
  });

  test('seconds are written as a clock writes them', () => {
    expect([0, 9, 60, 247].map(minutes)).toEqual(['0:00', '0:09', '1:00', '4:07']);
  });
});

describe('when it has ended', () => {
  const close = () => undefined;

  test('green says amount, wallet, shop time and how the reference ends', () => {
    const payment = paymentWith({
      state: 'paid',
      confirmed: true,
      paidAt: '2026-01-05T14:03:21+08:00',
      walletNumber: '2026010522001400000000000042',
    });
    const html = drawn(<Paid payment={payment} onClose={close} />);
    for (const said of ['Paid with Alipay', 'HK$48.50', '14:03:21', 'Reference ends in 0042']) {
      expect(html).toContain(said);
    }
    expect(html).not.toContain('being confirmed');
  });

  test('money that only a notification vouches for is green and says so in small print', () => {
    const payment = paymentWith({ state: 'paid', confirmed: false });
    expect(drawn(<Paid payment={payment} onClose={close} />)).toContain(
      'Received, being confirmed',
    );
  });

  test('closed says that no money was taken and when that was checked', () => {
    const checkedAt = Date.parse('2026-01-05T12:03:22+08:00');
    const html = drawn(
      <Unpaid
        payment={paymentWith({ state: 'closed' })}
        onClose={close}
        checkedAt={checkedAt}
        watched={false}
      />,
    );
    expect(html).toContain('No money taken');
    expect(html).toContain('Checked at 12:03:22');
    expect(html).toContain('Safe to charge again.');
  });

  test.each(['closed', 'failed'] as const)(
    '%s, while the sale’s other payment may still be paid, is not safe to charge again',
    (state) => {
      const html = drawn(
        <Unpaid payment={paymentWith({ state })} onClose={close} checkedAt={0} watched />,
      );
      expect(html).toContain('Another payment of this sale is still being checked.');
      expect(html).not.toMatch(/Safe to charge|Choose a wallet/);
    },
  );

  test('paid twice, the banner says how much came and how much to give back', () => {
    const facts = { state: 'paid', review: 'paid-twice', proposedRefund: 4850 } as const;
    const html = drawn(<Banner payment={paymentWith(facts)} onClose={close} />);
    expect(html).toContain('A manager must look · HK$48.50');
    expect(html).toContain('This sale was paid twice.');
    expect(html).toContain('Refund proposed: HK$48.50. A manager opens the sale.');
  });

  test('S10 a note or a name out of somebody else’s system is shown as text', () => {
    const html = drawn(
      <Paid
        payment={paymentWith({ state: 'paid', wallet: '<img src=x onerror=alert(1)>' })}
        onClose={close}
      />,
    );
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img');
  });
});
