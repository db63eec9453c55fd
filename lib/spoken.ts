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

/** An amount as its digits stand there: whole dollars, then ten cents and single ones. */
type Spelt = { readonly dollars: number; readonly tens: number; readonly ones: number };

export function spokenAmount(amount: number, language: Spoken): string {
  const digits = String(amount).padStart(3, '0');
  const spelt = {
    dollars: Number(digits.slice(0, -2)),
    tens: Number(digits.at(-2)),
    ones: Number(digits.at(-1)),
  };
  if (language === 'en') return english(spelt);
  return language === 'yue' ? cantonese(spelt) : mandarin(spelt);
}

function english({ dollars, tens, ones }: Spelt): string {
  const cents = Number(`${tens}${ones}`);
  const whole = `${dollars} ${dollars === 1 ? 'dollar' : 'dollars'}`;
  const rest = `${cents} ${cents === 1 ? 'cent' : 'cents'}`;
  if (cents === 0) return whole;
  return dollars === 0 ? rest : `${whole} ${rest}`;
}

function cantonese({ dollars, tens, ones }: Spelt): string {
  const whole = chinese(dollars, '兩');
  // 四十八點三七: what has no coin of its own is read digit by digit.
  if (ones !== 0) return `${whole}點${DIGITS[tens]}${DIGITS[ones]}蚊`;
  const rest = `${chinese(tens, '兩')}毫`;
  if (tens === 0) return `${whole}蚊`;
  if (dollars === 0) return rest;
  return `${whole}蚊${tens === 5 ? '半' : rest}`;
}

function mandarin({ dollars, tens, ones }: Spelt): string {
  const whole = chinese(dollars, '两');
  if (ones !== 0) return `${whole}点${DIGITS[tens]}${DIGITS[ones]}元`;
  const rest = tens === 0 ? '' : `${chinese(tens, '两')}角`;
  return dollars === 0 && tens !== 0 ? rest : `${whole}元${rest}`;
}

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
