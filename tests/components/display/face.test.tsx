/** What stands on the customer's screen, in each language, and what must never stand there. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Face } from '@/components/display/face';
import { CustomersWords } from '@/components/display/words';
import type { DisplayPayment, DisplayPicture } from '@/lib/contract-display';
import type { Moment } from '@/lib/display';
import { displayWords } from '@/lib/messages/dictionary';
import { LANGUAGES, type Language } from '@/lib/messages/language';

const NOW = Date.parse('2026-01-05T14:03:07+08:00');
const payment = (facts: Partial<DisplayPayment> = {}): DisplayPayment => ({
  ...{ id: 'H80KF930KTZYPK', state: 'awaiting', mode: 'MPM', payType: '801501' },
  ...{ wallet: 'alipay', amount: 4850, currency: 'HKD', qrCode: 'https://qr.example/1' },
  qrExpiresAt: '2026-01-05T14:07:07+08:00',
  ...{ confirmed: true, createdAt: '2026-01-05T14:02:07+08:00', paidAt: null, version: 3 },
  ...{ next: null, doubted: false, receiptUrl: null },
  ...facts,
});
const picture = (facts: Partial<DisplayPicture> = {}): DisplayPicture => ({
  ...{ shop: 'Mei’s Tea', outlet: null, counter: '2', environment: 'prod' },
  ...{ wallets: ['alipay', 'octopus'], payment: null, keyed: null },
  ...facts,
});
const drawn = (moment: Moment, language: Language = 'en', facts: Partial<DisplayPicture> = {}) =>
  renderToStaticMarkup(
    <CustomersWords first={language} words={displayWords()}>
      <Face moment={moment} picture={picture(facts)} now={NOW} />
    </CustomersWords>,
  );
const scan = (facts: Partial<DisplayPayment> = {}): Moment => ({
  ...{ at: 'scan', payment: payment(facts), qrCode: 'https://qr.example/1' },
});

const MOMENTS: readonly Moment[] = [
  { at: 'idle' },
  { at: 'cut' },
  scan(),
  { at: 'preparing', payment: payment() },
  { at: 'confirm', payment: payment({ mode: 'CPM' }) },
  { at: 'checking', payment: payment() },
  { at: 'expired', payment: payment() },
  { at: 'stopping', payment: payment() },
  { at: 'stopped', payment: payment({ state: 'closed' }) },
  { at: 'unpaid', payment: payment({ state: 'failed', next: 'call-manager' }) },
  { at: 'paid', payment: payment({ state: 'paid' }) },
];

describe.each(MOMENTS.map((moment) => ({ at: moment.at, moment })))('$at', ({ moment }) => {
  test.each(LANGUAGES)('says one thing, and in %s first', (language) => {
    const html = drawn(moment, language);
    expect(html.match(/<h1/g)).toHaveLength(1);
    // A sentence that was not handed to this screen would show its name.
    expect(html).not.toMatch(/(display|wallet|environment)\.[a-z]/);
    for (const other of LANGUAGES.filter((each) => each !== language)) {
      expect(html).toContain(`lang="${other}"`);
    }
  });

  test('is green only when it is paid', () => {
    expect(/name="paid"|M8 12\.3l2\.8/.test(drawn(moment))).toBe(moment.at === 'paid');
  });

  test('shows a QR to pay only while one may be paid', () => {
    expect(drawn(moment).includes('data-testid="qr"')).toBe(moment.at === 'scan');
  });
});

test('the amount, the wallet and the time that is left stand beside the QR', () => {
  const html = drawn(scan());
  for (const said of ['HK$48.50', 'Alipay', 'Scan with Alipay', 'data-seconds="240"']) {
    expect(html).toContain(said);
  }
});

test('a receipt is offered when the server names one, and only then', () => {
  const paid = (receiptUrl: string | null): Moment => ({
    ...{ at: 'paid', payment: payment({ state: 'paid', receiptUrl }) },
  });
  expect(drawn(paid(null))).not.toContain('receipt');
  const html = drawn(paid('http://shop/r/x'));
  expect(html).toContain('Scan for your receipt');
  expect(html).toContain('data-qr="http://shop/r/x"');
});

test.each([
  ['try-again', 'Please try again, or pay another way.'],
  ['other-wallet', 'Please choose another way to pay.'],
  ['wait', 'One moment please.'],
  ['call-manager', 'Please wait for our staff.'],
  [null, 'Please try again, or pay another way.'],
] as const)('after a refusal, %s: %s', (next, says) => {
  const html = drawn({ at: 'unpaid', payment: payment({ state: 'failed', next }) });
  expect(html).toContain(says);
  expect(html).toContain('No money was taken');
});

test('nobody pays: whose shop it is, and what it takes', () => {
  const html = drawn({ at: 'idle' }, 'zh-Hant', { outlet: '旺角店' });
  for (const said of ['Mei’s Tea', '旺角店', '歡迎光臨', '八達通']) expect(html).toContain(said);
  expect(html).not.toContain('PayMe');
});
