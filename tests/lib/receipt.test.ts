import { describe, expect, test } from 'vitest';
import { RECEIPT_WORDS, receiptWord } from '@/lib/messages/receipts';
import { type ReceiptFacts, receiptLines, walletIn } from '@/lib/receipt';
import { hasReceipt } from '@/lib/receipt-paper';
import type { Refund } from '@/lib/refund';
import { aPayment, NOON } from '../support/payments';
import { aRefund } from '../support/refunds';

const paid = aPayment({
  ...{ state: 'paid', paidAt: NOON, walletNumber: '4200001234567890', counter: 'Front' },
});
const facts = (change: Partial<ReceiptFacts> = {}): ReceiptFacts => ({
  ...{ shop: 'Lucky Cup', outlet: null, timeZone: 'Asia/Hong_Kong', practice: false },
  ...{
    text: { header: ['幸運杯 Lucky Cup', '銅鑼灣店'], footer: ['多謝惠顧'] },
    payment: paid,
    refunds: [],
  },
  ...change,
});
const BOTH = ['zh-Hant', 'en'] as const;
const saysIn = (
  told: ReceiptFacts,
  print: number | null = 1,
  languages: readonly ('en' | 'zh-Hant' | 'zh-Hans')[] = BOTH,
) =>
  receiptLines(told, { languages, print }).map((line) =>
    line.kind === 'text' || line.kind === 'qr'
      ? line.text
      : line.kind === 'pair'
        ? `${line.name}: ${line.value}`
        : '-',
  );

describe('a receipt', () => {
  test('says the shop, the money, the wallet, the time and our number, in both languages', () => {
    expect(saysIn(facts())).toEqual([
      ...['幸運杯 Lucky Cup', '銅鑼灣店', '-', '收據 Receipt', 'HK$48.50', '已付款 Paid'],
      '錢包 Wallet: 微信支付 WeChat Pay',
      '時間 Time: 2026-01-05 12:00:00',
      '櫃枱 Counter: Front',
      '錢包參考 Wallet ref.: …7890',
      ...['-', 'TST0000000000A', 'TST0000000000A'],
      ...['如需退款，請出示此二維碼', 'For a refund, show this code', '-', '多謝惠顧'],
    ]);
  });

  test('without a text of the shop says its name, and which outlet where there are several', () => {
    const text = { header: [], footer: [] };
    const says = saysIn(facts({ text, outlet: 'Mong Kok' }));
    expect(says.slice(0, 3)).toEqual(['Lucky Cup', 'Mong Kok', '-']);
    expect(says.at(-1)).toContain('For a refund');
  });

  test('in one language says everything once', () => {
    const says = saysIn(facts(), 1, ['zh-Hans']).join('\n');
    expect(says).toContain('微信支付');
    expect(says).not.toMatch(/Receipt|Wallet|錢/);
  });

  test('has a QR of exactly our number, which the refund screen looks for', () => {
    const codes = receiptLines(facts(), { languages: BOTH, print: 1 }).filter(
      (line) => line.kind === 'qr',
    );
    expect(codes).toEqual([{ kind: 'qr', text: paid.id }]);
  });

  test('is marked from its second print on, and never before', () => {
    expect(saysIn(facts(), 2)[0]).toBe('副本 2 COPY 2');
    expect(saysIn(facts(), 1).join()).not.toMatch(/COPY|副本/);
    expect(saysIn(facts(), null).join()).not.toMatch(/COPY|副本/);
  });

  test('of a shop for practice says that no money moved', () => {
    const marks = saysIn(facts({ practice: true }), 2).slice(0, 3);
    expect(marks).toEqual(['副本 2 COPY 2', '練習 – 並非真實款項', 'PRACTICE – no real money']);
  });

  test('tells nothing about people', () => {
    const said = saysIn(facts({ refunds: [refund('done')] })).join('\n');
    for (const secret of [paid.staff, 'Wrong size', paid.saleId, paid.walletNumber ?? '-']) {
      expect(said).not.toContain(secret);
    }
  });
});

const refund = (state: Refund['state'], amount = 1000): Refund =>
  aRefund(state, { amount, reason: 'Wrong size' });

describe('what went back', () => {
  test('is listed, and what is left is summed up', () => {
    const payment = { ...paid, refunded: 1000, reserved: 1500 };
    const says = saysIn(facts({ payment, refunds: [refund('done'), refund('processing', 500)] }));
    expect(says).toContain('已部分退款 Partly refunded');
    expect(says).toContain('退款 Refund: -HK$10.00');
    expect(says).toContain(': 處理中 under way');
    expect(says).toContain('實付 Left paid: HK$38.50');
    expect(says).not.toContain('已付款 Paid');
  });

  test('in whole is no paid receipt any more', () => {
    const payment = { ...paid, refunded: 4850, reserved: 4850 };
    const says = saysIn(facts({ payment, refunds: [refund('done', 4850)] }));
    expect(says).toContain('已退款 Refunded');
    expect(says).not.toContain('已付款 Paid');
    expect(says).toContain('實付 Left paid: HK$0.00');
  });

  test('by other means counts as well', () => {
    const says = saysIn(facts({ payment: { ...paid, settled: 850 } }));
    expect(says).toContain('以其他方式退回 Given back otherwise: -HK$8.50');
    expect(says).toContain('實付 Left paid: HK$40.00');
  });

  test('but was refused is not told: no money moved', () => {
    expect(saysIn(facts({ refunds: [refund('failed')] })).join()).not.toContain('Refund:');
  });
});

test.each([
  ['paid', null, true],
  ['paid', 'paid-twice', true],
  ['paid', 'paid-then-denied', false],
  ['paid', 'reversed-outside', false],
  ['awaiting', null, false],
  ['unknown', null, false],
  ['cancelling', null, false],
  ['failed', null, false],
  ['closed', null, false],
] as const)('%s with the matter %s has a receipt: %s', (state, review, has) => {
  const payment = aPayment({ state, review });
  expect(hasReceipt(payment)).toBe(has);
  const lines = () => receiptLines(facts({ payment }), { languages: BOTH, print: 1 });
  if (has) expect(lines().length).toBeGreaterThan(5);
  else expect(lines).toThrow('has no receipt');
});

test('a wallet has its name, and a type that no table knows its number', () => {
  const named = (payType: string, usedPayType: string | null = null) =>
    walletIn({ payType, usedPayType }, 'zh-Hant');
  expect([named('803701'), named('800008', '800101')]).toEqual(['八達通', '支付寶']);
  expect([named('800008'), named('999999')]).toEqual(['任何錢包', '999999']);
  expect(named('999999')).toBe('999999');
});

test('every word is there in three languages, with the same holes and no English left', () => {
  const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const word of RECEIPT_WORDS) {
    const english = receiptWord(word, 'en');
    for (const language of ['zh-Hant', 'zh-Hans'] as const) {
      const text = receiptWord(word, language);
      expect([word, holes(text)]).toEqual([word, holes(english)]);
      expect(text).toMatch(/\p{Script=Han}/u);
      expect(text).not.toMatch(/[a-z]+ [a-z]+/);
    }
  }
});
