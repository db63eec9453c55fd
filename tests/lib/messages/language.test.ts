import { describe, expect, test } from 'vitest';
import { displayWords, TILL, WHOLE } from '@/lib/messages/dictionary';
import { chooseLanguage, fill, type MessageKey } from '@/lib/messages/language';
import { projectSources } from '../../support/house/source';

const { en, 'zh-Hant': zhHant, 'zh-Hans': zhHans } = WHOLE;
const keys = Object.keys(en) as MessageKey[];
const holes = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('the language of a reader', () => {
  test.each([
    ['what they chose', 'zh-Hans', 'en', 'zh-Hans'],
    ['a choice that is none', 'tlh', 'en-GB', 'en'],
    ['a Hong Kong browser', null, 'zh-HK,zh;q=0.9,en;q=0.8', 'zh-Hant'],
    ['a Taiwan browser', null, 'zh-TW', 'zh-Hant'],
    ['a mainland browser', null, 'zh-CN,zh;q=0.9', 'zh-Hans'],
    ['a script before a place', null, 'zh-Hans-HK', 'zh-Hans'],
    ['Cantonese', null, 'yue-HK', 'zh-Hant'],
    ['the heavier wish, not the first', null, 'en;q=0.5,zh-Hant;q=0.9', 'zh-Hant'],
    ['a language that is not wanted', null, 'zh-HK;q=0', 'en'],
    ['languages that we do not speak', null, 'fr,de', 'en'],
    ['rubbish', null, ';;q=,,', 'en'],
    ['nothing at all', null, null, 'en'],
  ] as const)('%s', (_name, chosen, accept, language) => {
    expect(chooseLanguage(chosen, accept)).toBe(language);
  });
});

describe.each([
  ['Traditional', zhHant],
  ['Simplified', zhHans],
] as const)('%s Chinese', (_name, messages) => {
  test('has the same holes to fill as English, message by message', () => {
    const other = keys.filter((key) => holes(messages[key]).join() !== holes(en[key]).join());
    expect(other).toEqual([]);
  });

  test('leaves nothing empty and no English sentence behind', () => {
    const left = keys.filter(
      (key) => messages[key] === '' || /[a-z]+ [a-z]+ [a-z]+/.test(messages[key]),
    );
    expect(left).toEqual([]);
  });
});

test('Hong Kong says 櫃枱, 八達通 and 轉數快; the mainland reads 柜台, 八达通 and 转数快', () => {
  expect(zhHant['status.counter']).toContain('櫃枱');
  expect([zhHant['wallet.octopus'], zhHant['wallet.fps']]).toEqual(['八達通', '轉數快']);
  expect([zhHans['wallet.octopus'], zhHans['wallet.fps']]).toEqual(['八达通', '转数快']);
});

describe('a sentence with holes', () => {
  test('takes each value, as often as it is named', () => {
    expect(fill('{a} and {a} of {b}', { a: 1, b: 'two' })).toBe('1 and 1 of two');
  });

  test('keeps a hole that nobody filled, to be seen', () => {
    expect(fill('Wait {seconds} s', {})).toBe('Wait {seconds} s');
  });

  test('puts a value in as it is, braces and dollars included', () => {
    expect(fill('Paid {amount}', { amount: 'HK$1 {x} $&' })).toBe('Paid HK$1 {x} $&');
  });
});

test('the till and the display say nothing that they were not handed', () => {
  const without = (handed: object) => keys.filter((key) => !(key in handed));
  const [ofDisplay, ofTill] = [without(displayWords().en), without(TILL.en)];
  const missing = (file: string) => (file.startsWith('components/display/') ? ofDisplay : ofTill);
  const said = projectSources()
    .filter(({ file }) => /^components\/(ui|live|till|display)\//.test(file))
    // It stands on a page of the desk, which carries the whole dictionary.
    .filter(({ file }) => !file.startsWith('components/till/trial/'))
    .flatMap(({ file, text }) =>
      missing(file)
        .filter((key) => text.includes(`'${key}'`))
        .map((key) => `${file}: ${key}`),
    );
  expect(missing('components/display/x.tsx')).toContain('keypad.label');
  expect(missing('components/till/x.tsx')).toContain('display.welcome');
  expect(said).toEqual([]);
});
