import { describe, expect, test } from 'vitest';
import { Checking } from '@/components/till/moment/checking';
import { Paid, Unpaid } from '@/components/till/moment/outcome';
import { Confirming, minutes, ShowQr } from '@/components/till/moment/waiting';
import { LANGUAGES } from '@/lib/messages/language';
import { drawn, paymentWith } from './shop-window';

const nothing = async () => undefined;
const acts = { onCancel: nothing, onCheck: nothing, busy: null, refused: null } as const;
const buttons = (html: string) =>
  [...html.matchAll(/<button[^>]*>(.*?)<\/button>/gs)].map(([, inside]) =>
    (inside ?? '').replace(/<[^>]*>/g, ''),
  );

describe('while it is not known whether the customer paid', () => {
  const html = drawn(
    <Checking
      payment={paymentWith({ state: 'unknown' })}
      acts={acts}
      onNextCustomer={() => undefined}
    />,
  );

  test('the cashier is told not to charge again', () => {
    expect(html).toContain('Checking. Do not charge again.');
    expect(html).toContain('data-state="unknown"');
  });

  test('nothing there charges again: only a question and the next customer', () => {
    expect(buttons(html)).toEqual(['Check now', 'Serve the next customer']);
  });

  test.each(LANGUAGES)('it is said in %s', (language) => {
    const said = drawn(
      <Checking
        payment={paymentWith({ state: 'unknown' })}
        acts={acts}
        onNextCustomer={() => undefined}
      />,
      language,
    );
    expect(said).toMatch(/Do not charge again|請勿重複收款|请勿重复收款/);
  });
});

describe('while a payment is being cancelled', () => {
  const cancelling = (facts = {}) =>
    drawn(
      <Checking
        payment={paymentWith({ state: 'cancelling', ...facts })}
        acts={acts}
        onNextCustomer={() => undefined}
      />,
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

describe('while the customer is paying', () => {
  test('the QR carries the very text that QFPay gave', () => {
    const html = drawn(<ShowQr payment={paymentWith()} acts={acts} />);
    expect(html).toContain('data-qr="https://qr.alipay.com/bax001"');
    expect(html).toContain('HK$48.50');
  });

  test('a customer who confirms on the phone leaves nothing to press but Cancel', () => {
    const payment = paymentWith({ mode: 'CPM', payType: '800008', wallet: null, qrCode: null });
    expect(buttons(drawn(<Confirming payment={payment} acts={acts} />))).toEqual([
      'Cancel payment',
    ]);
  });

  test('while Cancel is on its way it cannot be pressed again', () => {
    const html = drawn(<ShowQr payment={paymentWith()} acts={{ ...acts, busy: 'cancel' }} />);
    expect(html.match(/<button[^>]*disabled=""/g)).toHaveLength(2);
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
      <Unpaid payment={paymentWith({ state: 'closed' })} onClose={close} checkedAt={checkedAt} />,
    );
    expect(html).toContain('No money taken');
    expect(html).toContain('Checked at 12:03:22');
  });

  test('a note or a name out of somebody else’s system is shown as text', () => {
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
