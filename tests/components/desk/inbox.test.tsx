import { describe, expect, test } from 'vitest';
import { MatterCard } from '@/components/desk/inbox/matter-card';
import { merged } from '@/components/desk/inbox/sources';
import type { DecisionView, MatterView } from '@/lib/contract-refunds';
import { choicesFor, MATTERS } from '@/lib/matters';
import { LANGUAGES, type Language } from '@/lib/messages/language';
import { drawn, paymentWith } from '../../support/shop-window';

const paid = paymentWith({ state: 'paid', refundableAmount: 4_850, refundBlockedBy: null });
const card = (facts: Partial<MatterView> = {}): MatterView => ({
  key: paid.id,
  matter: 'late',
  at: '2026-01-05T14:02:07+08:00',
  payment: paid,
  sale: {
    ...{ id: paid.saleId, amount: 4_850, currency: 'HKD', note: null, due: 0, paid: true },
    ...{ counter: '1', staff: '3000', createdAt: paid.createdAt },
  },
  others: [],
  refunds: [],
  heard: null,
  excerpt: [],
  choices: ['keep'],
  decision: null,
  ...facts,
});
const html = (facts: Partial<MatterView> = {}, language: Language = 'en') =>
  drawn(<MatterCard matter={card(facts)} />, language, 'manager');

describe('a card', () => {
  test('shows both sides: what was recorded, and what QFPay said with its amount', () => {
    const heard = {
      ...{ at: '2026-01-05T14:05:00+08:00', source: 'query', says: 'paid', respcd: '0000' },
      ...{ amount: 4_800, currency: 'HKD' },
    };
    const drawnCard = html({ matter: 'answer-differs', choices: ['stands'], heard });
    for (const word of [
      ...['This till recorded', 'HK$48.50', 'QFPay says', 'It speaks of HK$48.00'],
      ...['Amounts do not agree', paid.id, '01-05 14:05'],
    ]) {
      expect(drawnCard).toContain(word);
    }
  });

  test('of a sale paid twice names the other payment and offers to refund this one', () => {
    const first = { id: 'FIRST', state: 'paid', confirmed: true, wallet: 'wechat' } as const;
    const others = [paymentWith(first)];
    const twice = html({ matter: 'paid-twice', choices: ['keep-both'], others });
    expect(twice).toContain('The same sale: HK$48.50 with WeChat Pay, Paid');
    expect(twice).toContain(`href="/refunds/${paid.id}"`);
    expect(twice).toContain('Refund HK$48.50');
    expect(twice).toContain('Keep both: bought twice');
  });

  test('of what is still open offers to ask QFPay now, and of what is ended does not', () => {
    const open = paymentWith({ state: 'unknown', refundableAmount: 0 });
    const choices = ['wait', 'came-back'] as const;
    const stuck = html({ matter: 'unresolved-for-a-day', payment: open, choices });
    expect(stuck).toContain('Check now');
    expect(stuck).not.toContain('Refund HK$');
    expect(html()).not.toContain('Check now');
  });

  test('that is settled bears the name, the reason and no form', () => {
    const decision: DecisionView = {
      at: '2026-01-05T15:00:00+08:00',
      choice: 'keep',
      reason: 'Took the goods',
      staff: '2000',
      counter: 'Front',
    };
    const settled = html({ decision, choices: [] });
    expect(settled).toContain('Keep it for this sale: 2000, 01-05 15:00');
    expect(settled).toContain('Took the goods');
    expect(settled).toContain('Counter Front');
    expect(settled).not.toContain('<form');
  });
});

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(MATTERS)('%s has a title, a sentence and a word for every choice', (matter) => {
    const facts = { state: 'paid', amount: 4_850, refunded: 0, reserved: 0, settled: 0 } as const;
    const drawnCard = html({ matter, choices: choicesFor(matter, facts) }, language);
    expect(drawnCard).not.toMatch(/(matter|choice|inbox|review)\.[a-z]/);
  });
});

test('cards of several sources stand in one order, and equals do not jump', () => {
  const item = (key: string, at: number) => ({ key, at, card: null });
  const some = { items: [item('a', 5), item('b', 9)] };
  const more = { items: [item('d', 9), item('c', 7)] };
  const order = ['d', 'b', 'c', 'a'];
  expect(merged([some, more]).map(({ key }) => key)).toEqual(order);
  expect(merged([more, some]).map(({ key }) => key)).toEqual(order);
});
