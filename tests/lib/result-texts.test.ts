import { describe, expect, test } from 'vitest';
import { LANGUAGES, type Language } from '@/lib/messages/language';
import {
  LIMITED,
  NO_ANSWER,
  NO_REFUND_ANSWER,
  RESULT_TEXTS,
  resultText,
} from '@/lib/messages/results';
import { RESULTS } from '@/lib/results';

const known = Object.values(RESULTS);

/** Words that would make a cashier charge again. */
const INVITES: Readonly<Record<Language, RegExp>> = {
  en: /again\.$|try again|scan again|start again|another|make a new/i,
  'zh-Hant': /重試|改用|重新|再掃/,
  'zh-Hans': /重试|换用|重新|再扫/,
};
const WARNS: Readonly<Record<Language, RegExp>> = {
  en: /do not charge again/i,
  'zh-Hant': /請勿重複收款/,
  'zh-Hans': /请勿重复收款/,
};

describe('what the cashier reads', () => {
  test('there is a text for every code and no text for anything else', () => {
    expect(Object.keys(RESULT_TEXTS)).toEqual(Object.keys(RESULTS));
  });

  test.each(LANGUAGES)('every text in %s is there, short, and in its own script', (language) => {
    // Characters that only the other script has.
    const foreign = {
      en: /\p{Script=Han}/u,
      'zh-Hant': /[请顾额码钱扫网订单设备门银关闭权风险统务护结复处缓响应该异账币种]/,
      'zh-Hans': /[請顧額碼錢掃網訂單設備門銀關閉權風險統務護結複處緩響應異帳幣種]/,
    }[language];
    for (const { respcd } of known) {
      for (const about of ['charge', 'refund'] as const) {
        const words = resultText(respcd, language, about);
        expect(words.length, respcd).toBeGreaterThan(3);
        expect(words.length, respcd).toBeLessThanOrEqual(100);
        expect(words, respcd).toMatch(language === 'en' ? /[.]$/ : /。$/);
        expect(words, respcd).not.toMatch(foreign);
      }
    }
  });

  test.each(LANGUAGES)('no text in %s asks for another charge while one is open', (language) => {
    for (const { respcd, moneyMayHaveMoved } of known) {
      if (!moneyMayHaveMoved) continue;
      expect(resultText(respcd, language), respcd).not.toMatch(INVITES[language]);
    }
  });

  test.each(LANGUAGES)('a charge of unknown end says so in %s: do not charge again', (language) => {
    const unknown = known.filter(
      (one) => one.classes.charge === 'UNKNOWN' || ['1100', '1205', '1260'].includes(one.respcd),
    );
    expect(unknown.length).toBeGreaterThan(15);
    for (const { respcd } of unknown) {
      expect(resultText(respcd, language), respcd).toMatch(WARNS[language]);
    }
    expect(NO_ANSWER[language]).toMatch(WARNS[language]);
  });

  test.each(LANGUAGES)('a code that nobody knows is shown and warns in %s', (language) => {
    expect(resultText('9999', language)).toContain('9999');
    expect(resultText('9999', language)).toMatch(WARNS[language]);
    expect(resultText('9999', language, 'refund')).toContain('9999');
    expect(resultText('9999', language, 'refund')).not.toMatch(WARNS[language]);
  });

  test('rubbish in place of a code is not shown to anybody', () => {
    expect(resultText('<script>alert(1)</script>', 'en')).toBe(
      'No clear answer. Do not charge again; checking.',
    );
    expect(resultText('constructor', 'en')).toBe('No clear answer. Do not charge again; checking.');
    expect(resultText('$&', 'en')).toBe('No clear answer. Do not charge again; checking.');
  });

  test.each(LANGUAGES)('a refund in doubt never speaks of charging in %s', (language) => {
    for (const { respcd } of known) {
      const words = resultText(respcd, language, 'refund');
      expect(words, respcd).not.toMatch(WARNS[language]);
      expect(words, respcd).not.toMatch(/another (wallet|payment method)|改用其他|换用其他/i);
    }
    expect(NO_REFUND_ANSWER[language]).not.toMatch(WARNS[language]);
  });

  test('0000 alone never tells a cashier that our QR was paid', () => {
    expect(resultText('0000', 'en')).not.toMatch(/paid|success/i);
    expect(resultText('0000', 'en', 'refund')).toBe('Refunded.');
  });

  test('a full gateway is waited for, in all languages', () => {
    expect(LIMITED.en).toMatch(/wait/i);
    expect(LIMITED['zh-Hant']).toContain('請稍候');
    expect(LIMITED['zh-Hans']).toContain('请稍候');
  });
});
