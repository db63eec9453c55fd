import { describe, expect, test } from 'vitest';
import {
  ADVISED_MINIMUM,
  COUNTER_WALLETS,
  CPM_ANY,
  PAY_TYPES,
  payType,
  tilePayType,
  walletOf,
} from '@/lib/wallets';

/** protocol.md §8.1 once more: code, wallet, mode, counter, days, partial, returns. */
const SPECIFIED = `
800008 any CPM yes - as-wallet result
800101 alipay MPM yes 365 yes qrcode
800108 alipay CPM yes 365 yes result
801101 alipay web no 365 yes pay_url
801107 alipay wap no 365 yes pay_url
801110 alipay app no 365 yes pay_params
800107 alipay h5 no - unknown pay_params
801501 alipay MPM yes 365 yes qrcode
801510 alipay app no 365 yes pay_params
801512 alipay wap no 365 yes pay_url
801514 alipay web no 365 yes pay_url
800201 wechat MPM yes 365 yes qrcode
800208 wechat CPM yes 365 yes result
800207 wechat jsapi no 365 yes pay_params
800212 wechat h5 no 365 yes pay_url
800210 wechat app no 365 yes pay_params
800213 wechat mini-program no 365 yes pay_params
801008 wechat CPM yes 365 yes result
801010 wechat app no 365 yes pay_params
805801 payme MPM yes 90 unknown qrcode
805808 payme CPM yes 90 unknown result
805814 payme web no 90 unknown pay_url
805812 payme wap no 90 yes pay_url
800701 unionpay MPM yes - unknown qrcode
800708 unionpay CPM yes - unknown result
800712 unionpay wap no - unknown pay_url
800714 unionpay web no - unknown pay_url
802001 fps MPM yes - no qrcode
803701 octopus MPM yes - unknown qrcode
803712 octopus wap no - unknown pay_url
803714 octopus web no - unknown pay_url
802801 card online no 365 next-day none
802808 card terminal no 365 next-day none
806527 apple-pay online no - as-wallet none
806708 card terminal no - next-day none
806808 card terminal no - next-day none
`
  .trim()
  .split('\n');

describe('the payment types', () => {
  test('there are the 36 of the specification, each once', () => {
    expect(SPECIFIED).toHaveLength(36);
    expect(new Set(PAY_TYPES.map((type) => type.code)).size).toBe(36);
    expect(PAY_TYPES).toHaveLength(36);
  });

  test.each(SPECIFIED)('is as specified: %s', (line) => {
    const type = payType(line.slice(0, 6));
    expect(type).not.toBeNull();
    if (type === null) return;
    const { code, wallet, mode, counter, refund, returns } = type;
    const days = refund.days === null ? '-' : String(refund.days);
    const said = [code, wallet, mode, counter ? 'yes' : 'no', days, refund.partial, returns];
    expect(said.join(' ')).toBe(line);
  });

  test('FPS gives nothing back, and nothing else is known to refuse', () => {
    const refusing = PAY_TYPES.filter((type) => type.refund.allowed === 'no');
    expect(refusing.map((type) => type.code)).toEqual(['802001']);
  });

  test('a refund window is named only where refunds are known to work', () => {
    for (const { refund } of PAY_TYPES) {
      expect(refund.days !== null).toBe(refund.allowed === 'yes');
    }
  });

  test('only 801101 has a minimum above one cent, and it is more than one dollar', () => {
    const raised = PAY_TYPES.filter((type) => type.minimum !== 1);
    expect(raised.map(({ code, minimum }) => [code, minimum])).toEqual([['801101', 101]]);
    expect(ADVISED_MINIMUM).toBe(200);
  });

  test('FPS and AlipayHK take Hong Kong dollars only', () => {
    const bound = PAY_TYPES.filter((type) => type.onlyCurrency === 'HKD').map((type) => type.code);
    expect(bound.sort()).toEqual(['801501', '801510', '801512', '801514', '802001']);
  });

  test('only the QR codes of WeChat and Alipay end when we ask them to', () => {
    const codes = PAY_TYPES.filter((type) => type.honoursExpiry).map((type) => type.code);
    expect(codes.sort()).toEqual(['800101', '800201', '801501']);
  });

  test('our QR is closed, a scanned code is reversed, and the rest is not ours to stop', () => {
    for (const type of PAY_TYPES) {
      const by = { MPM: 'close', CPM: 'reversal' }[type.mode as string] ?? 'none';
      expect([type.code, type.cancel.by]).toEqual([type.code, by]);
    }
  });

  test('WeChat is given five minutes before a close, a scan fifteen seconds', () => {
    expect(payType('800201')?.cancel.minimumAgeMs).toBe(5 * 60 * 1000);
    expect(payType('801501')?.cancel.minimumAgeMs).toBe(0);
    expect(payType(CPM_ANY)?.cancel.minimumAgeMs).toBe(15 * 1000);
    expect(payType('805808')?.cancel.minimumAgeMs).toBe(15 * 1000);
  });

  test('the till can use what §8.1 says and no terminal or online type', () => {
    const modes = new Set(PAY_TYPES.filter((type) => type.counter).map((type) => type.mode));
    expect([...modes].sort()).toEqual(['CPM', 'MPM']);
    expect(PAY_TYPES.filter((type) => type.counter)).toHaveLength(13);
  });
});

describe('the tiles', () => {
  test('stand in the order of the counter', () => {
    expect(COUNTER_WALLETS).toEqual(['alipay', 'wechat', 'unionpay', 'payme', 'fps', 'octopus']);
  });

  test('each sends a type of its own wallet that shows a QR at a counter', () => {
    expect(COUNTER_WALLETS.map(tilePayType)).toEqual([
      '801501',
      '800201',
      '800701',
      '805801',
      '802001',
      '803701',
    ]);
    for (const wallet of COUNTER_WALLETS) {
      const type = payType(tilePayType(wallet));
      expect([type?.wallet, type?.mode, type?.counter]).toEqual([wallet, 'MPM', true]);
    }
  });
});

describe('a code in a row', () => {
  test('names its wallet, also when we never send it', () => {
    expect(walletOf('800208')).toBe('wechat');
    expect(walletOf('805810')).toBe('payme');
    expect(walletOf('803708')).toBe('octopus');
    expect(payType('805810')).toBeNull();
  });

  test.each([CPM_ANY, '804001', '', 'constructor', '__proto__', '8002018'])(
    'the code %j names no wallet',
    (code) => {
      expect(walletOf(code)).toBeNull();
    },
  );
});
