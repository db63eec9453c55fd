/**
 * Money that came in, as somebody at a Hong Kong counter says it aloud: 支付寶，四十八蚊半，收到.
 * The words are written as they are spoken, because a machine that reads "HK$48.50" guesses.
 */
import type { CounterWallet } from './wallets';

/** Cantonese, Mandarin and English, by the codes that a browser's voices may bear. */
export const SPOKEN = ['yue', 'cmn', 'en'] as const;
export type Spoken = (typeof SPOKEN)[number];

/** Each says its language in its own way; the first that a device has is taken. */
export const VOICE_TAGS: Readonly<Record<Spoken, readonly string[]>> = {
  yue: ['yue', 'zh-hk', 'zh-hant-hk', 'zh-mo'],
  cmn: ['cmn', 'zh-cn', 'zh-hans', 'zh-sg', 'zh-tw'],
  en: ['en-hk', 'en-gb', 'en'],
};

type Said = Readonly<Record<CounterWallet, string>>;
const WALLET: Readonly<Record<Spoken, Said>> = {
  yue: {
    ...{ alipay: '支付寶', wechat: '微信支付', unionpay: '銀聯' },
    ...{ payme: 'PayMe', fps: '轉數快', octopus: '八達通' },
  },
  cmn: {
    ...{ alipay: '支付宝', wechat: '微信支付', unionpay: '银联' },
    ...{ payme: 'PayMe', fps: '转数快', octopus: '八达通' },
  },
  en: {
    ...{ alipay: 'Alipay', wechat: 'WeChat Pay', unionpay: 'UnionPay' },
    ...{ payme: 'PayMe', fps: 'F P S', octopus: 'Octopus' },
  },
};
const RECEIVED: Readonly<Record<Spoken, string>> = { yue: '收到', cmn: '已收到', en: 'received' };

type Payment = { readonly wallet: string | null; readonly amount: number };

/** `amount`: minor units of Hong Kong dollars, a whole number not below 0. */
export function spokenPaid({ wallet, amount }: Payment, language: Spoken): string {
  const said = WALLET[language] as Readonly<Record<string, string>>;
  const name = wallet !== null && Object.hasOwn(said, wallet) ? said[wallet] : undefined;
  const comma = language === 'en' ? ', ' : '，';
  const parts = [...(name === undefined ? [] : [name]), spokenAmount(amount, language)];
  return [...parts, RECEIVED[language]].join(comma);
}

export function spokenAmount(amount: number, language: Spoken): string {
  const cents = amount % 100;
  const dollars = (amount - cents) / 100;
  if (language === 'en') return english(dollars, cents);
  return language === 'yue' ? cantonese(dollars, cents) : mandarin(dollars, cents);
}

function english(dollars: number, cents: number): string {
  const whole = `${dollars} ${dollars === 1 ? 'dollar' : 'dollars'}`;
  const rest = `${cents} ${cents === 1 ? 'cent' : 'cents'}`;
  if (cents === 0) return whole;
  return dollars === 0 ? rest : `${whole} ${rest}`;
}

function cantonese(dollars: number, cents: number): string {
  const tens = cents % 10 === 0;
  if (cents === 0) return `${chinese(dollars, '兩')}蚊`;
  if (!tens) return `${pointed(chinese(dollars, '兩'), cents, '點')}蚊`;
  if (dollars === 0) return `${chinese(cents / 10, '兩')}毫`;
  return `${chinese(dollars, '兩')}蚊${cents === 50 ? '半' : `${chinese(cents / 10, '兩')}毫`}`;
}

function mandarin(dollars: number, cents: number): string {
  if (cents === 0) return `${chinese(dollars, '两')}元`;
  if (cents % 10 !== 0) return `${pointed(chinese(dollars, '两'), cents, '点')}元`;
  const rest = `${chinese(cents / 10, '两')}角`;
  return dollars === 0 ? rest : `${chinese(dollars, '两')}元${rest}`;
}

/** 四十八點三七: what has no coin of its own is read digit by digit. */
const pointed = (dollars: string, cents: number, point: string): string =>
  `${dollars}${point}${DIGITS[(cents - (cents % 10)) / 10]}${DIGITS[cents % 10]}`;

const DIGITS = [...'零一二三四五六七八九'];
const UNITS = ['', '十', '百', '千'];
/** Two of something; in 十二 and 二十 it is 二 all the same. */
type Two = '兩' | '两';

/** A whole number below 10¹² as Chinese says it: 10205 is 一萬零二百零五. */
function chinese(value: number, two: Two): string {
  if (value === 2) return two;
  const big = two === '兩' ? ['', '萬', '億'] : ['', '万', '亿'];
  const groups: number[] = [];
  for (let rest = value; rest > 0; rest = (rest - (rest % 10_000)) / 10_000) {
    groups.unshift(rest % 10_000);
  }
  let text = '';
  let gap = false;
  for (const [place, group] of groups.entries()) {
    const isFirst = place === 0;
    if (group === 0) gap = true;
    else {
      if (!isFirst && (gap || group < 1000)) text += '零';
      const unit = big[groups.length - 1 - place] ?? '';
      text += (group === 2 && unit !== '' ? two : belowTenThousand(group)) + unit;
      gap = false;
    }
  }
  const said = text === '' ? '零' : text;
  // 十五, not 一十五.
  return said.startsWith('一十') ? said.slice(1) : said;
}

function belowTenThousand(value: number): string {
  let text = '';
  let gap = false;
  for (const [place, char] of [...String(value)].entries()) {
    const unit = UNITS[String(value).length - 1 - place] ?? '';
    if (char === '0') gap = true;
    else {
      text += `${gap ? '零' : ''}${DIGITS[Number(char)]}${unit}`;
      gap = false;
    }
  }
  return text;
}
