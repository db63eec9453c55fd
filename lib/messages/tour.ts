/**
 * The tour over the till: English, Traditional and Simplified Chinese. They are fetched with the
 * tour itself, so that a till which needs none does not carry them.
 */
import { fill, LANGUAGES, type Language } from './language';

const TOUR = {
  label: ['A short tour of the till', '收銀畫面簡介', '收银画面简介'],
  offer: ['New at this till?', '第一次使用？', '第一次使用？'],
  show: ['Show me round', '看簡介', '看简介'],
  later: ['Not now', '暫時不用', '暂时不用'],
  place: ['{step} of {all}', '第 {step}／{all} 步', '第 {step}／{all} 步'],
  next: ['Next', '下一步', '下一步'],
  back: ['Back', '上一步', '上一步'],
  leave: ['Leave the tour', '離開簡介', '离开简介'],
  end: ['Begin', '開始使用', '开始使用'],

  'amount.title': ['Key the amount', '輸入金額', '输入金额'],
  'amount.text': [
    'Digits come in from the right: 4 8 5 0 is 48.50. A digit or a scan ends this tour at any time.',
    '數字由右邊輸入：4 8 5 0 即 48.50。隨時輸入數字或掃描，簡介便會結束。',
    '数字由右边输入：4 8 5 0 即 48.50。随时输入数字或扫描，简介便会结束。',
  ],
  'wallets.title': ['Show a QR', '出示二維碼', '出示二维码'],
  'wallets.text': [
    'Press the customer’s wallet. A QR appears, and they scan it with their phone.',
    '按顧客使用的錢包，畫面會出現二維碼，讓顧客用手機掃描。',
    '按顾客使用的钱包，画面会出现二维码，让顾客用手机扫描。',
  ],
  'scan.title': ['Or scan their code', '或掃描顧客的付款碼', '或扫描顾客的付款码'],
  'scan.text': [
    'The hand scanner is always ready once an amount stands there; the camera looks after one press.',
    '輸入金額後，手持掃描槍隨時可用；按一下即可使用鏡頭。',
    '输入金额后，手持扫码枪随时可用；按一下即可使用摄像头。',
  ],
  'colours.title': ['Green, amber, red', '綠色、琥珀色、紅色', '绿色、琥珀色、红色'],
  'colours.text': [
    'Green: the money is there. Amber: nobody knows yet, so never charge again. Red: not paid.',
    '綠色：款項已到帳。琥珀色：暫時未知，切勿再次收款。紅色：未付款。',
    '绿色：款项已到账。琥珀色：暂时未知，切勿再次收款。红色：未付款。',
  ],
  'help.title': ['Who helps', '找誰幫忙', '找谁帮忙'],
  'help.text': [
    'Call a manager when money comes late, when amber stays or for a refund. Your name at the top shows this tour again.',
    '款項遲到、琥珀色持續或需要退款時，請找經理。按頂部你的名字可再看簡介。',
    '款项迟到、琥珀色持续或需要退款时，请找经理。按顶部你的名字可再看简介。',
  ],
  'sales.title': ['What was sold', '查看交易', '查看交易'],
  'sales.text': [
    'The last sales stand at the bottom. All of yours are behind the list at the top, with receipts.',
    '最近的交易在底部。頂部的清單有你全部的交易和收據。',
    '最近的交易在底部。顶部的清单有你全部的交易和收据。',
  ],
} as const satisfies Record<string, readonly [string, string, string]>;

export type TourWord = keyof typeof TOUR;

export function tourWord(
  word: TourWord,
  language: Language,
  values: Readonly<Record<string, number>> = {},
): string {
  return fill(TOUR[word][LANGUAGES.indexOf(language)] ?? TOUR[word][0], values);
}
