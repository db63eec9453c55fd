/**
 * The words on a receipt and on the customer's own page of it: English, Traditional Chinese,
 * Simplified Chinese. The server joins them to the facts, because the paper speaks the shop's
 * languages and the page the customer's, whatever the staff reads.
 */
import { fill, LANGUAGES, type Language } from './language';

const RECEIPT = {
  title: ['Receipt', '收據', '收据'],
  copy: ['COPY {number}', '副本 {number}', '副本 {number}'],
  practice: ['PRACTICE – no real money', '練習 – 並非真實款項', '练习 – 并非真实款项'],
  paid: ['Paid', '已付款', '已付款'],
  refunded: ['Refunded', '已退款', '已退款'],
  'partly-refunded': ['Partly refunded', '已部分退款', '已部分退款'],
  wallet: ['Wallet', '錢包', '钱包'],
  time: ['Time', '時間', '时间'],
  counter: ['Counter', '櫃枱', '柜台'],
  number: ['Number', '編號', '编号'],
  reference: ['Wallet ref.', '錢包參考', '钱包参考'],
  refund: ['Refund', '退款', '退款'],
  'under-way': ['under way', '處理中', '处理中'],
  settled: ['Given back otherwise', '以其他方式退回', '以其他方式退回'],
  left: ['Left paid', '實付', '实付'],
  keep: ['For a refund, show this code', '如需退款，請出示此二維碼', '如需退款，请出示此二维码'],

  'page.created': ['One moment', '請稍候', '请稍候'],
  'page.created-says': [
    'The shop is preparing your payment.',
    '商戶正在準備你的付款。',
    '商家正在准备您的付款。',
  ],
  'page.waiting': ['Waiting for your payment', '等候你付款', '等待您付款'],
  'page.waiting-says': [
    'Scan the shop’s QR with your wallet and confirm there. This page follows by itself.',
    '請以錢包掃描商戶的二維碼並確認付款，本頁會自動更新。',
    '请用钱包扫描商家的二维码并确认付款，本页会自动更新。',
  ],
  'page.confirm': ['Confirm in your wallet', '請在錢包確認', '请在钱包中确认'],
  'page.confirm-says': [
    'Your wallet may ask for your password. This page follows by itself.',
    '錢包可能要求輸入密碼，本頁會自動更新。',
    '钱包可能要求输入密码，本页会自动更新。',
  ],
  'page.checking': ['Being checked', '正在查核', '正在核查'],
  'page.checking-says': [
    'It is not clear yet whether the money arrived. Please do not pay again; this page follows by itself.',
    '尚未確定款項是否已到帳。請勿重複付款，本頁會自動更新。',
    '尚未确定款项是否已到账。请勿重复付款，本页会自动更新。',
  ],
  'page.stopping': ['Being cancelled', '取消中', '取消中'],
  'page.stopping-says': [
    'The shop is cancelling this payment. Please do not pay it now; this page follows by itself.',
    '商戶正在取消此筆付款，請勿再付款，本頁會自動更新。',
    '商家正在取消此笔付款，请勿再付款，本页会自动更新。',
  ],
  'page.failed': ['Not paid', '未付款', '未付款'],
  'page.failed-says': [
    'Your wallet did not pay. Please ask the staff how to go on.',
    '錢包未能付款，請向店員查詢。',
    '钱包未能付款，请向店员咨询。',
  ],
  'page.closed': ['Not paid', '未付款', '未付款'],
  'page.closed-says': [
    'This payment was cancelled or ran out. Please ask the staff how to go on.',
    '此筆付款已取消或逾時，請向店員查詢。',
    '此笔付款已取消或超时，请向店员咨询。',
  ],
  'page.ask': ['Please ask the staff', '請向店員查詢', '请向店员咨询'],
  'page.ask-says': [
    'The shop is looking into this payment. Please do not pay again.',
    '商戶正在跟進此筆付款，請勿重複付款。',
    '商家正在跟进此笔付款，请勿重复付款。',
  ],
  'page.paid-says': [
    'Thank you. This is your receipt.',
    '多謝惠顧，這是你的收據。',
    '感谢惠顾，这是您的收据。',
  ],
  'page.confirming': [
    'The payment has arrived and is being confirmed. This is your receipt.',
    '已收到款項，正在確認。這是你的收據。',
    '已收到款项，正在确认。这是您的收据。',
  ],
  'page.refunded-says': [
    'Money has gone back to your wallet or was given back in the shop, as listed below.',
    '款項已退回錢包或在店內退回，詳情如下。',
    '款项已退回钱包或在店内退回，详情如下。',
  ],
  'page.kept': [
    'This page can be read until {day}. It holds nothing about you.',
    '本頁可查看至 {day}，不含任何個人資料。',
    '本页可查看至 {day}，不含任何个人资料。',
  ],
  'page.offline': [
    'No connection. This is what was known at {time}.',
    '未能連線。這是 {time} 的資料。',
    '无法连接。这是 {time} 的信息。',
  ],
  'page.number': ['Number of this payment', '此筆付款的編號', '此笔付款的编号'],
  'page.gone': ['This receipt is not here', '找不到此收據', '找不到此收据'],
  'page.gone-says': [
    'The address is wrong, or its time is over. The shop can look the payment up.',
    '網址不正確或已過期。商戶可代為查詢此筆付款。',
    '网址不正确或已过期。商家可代为查询此笔付款。',
  ],
} as const satisfies Record<string, readonly [string, string, string]>;

export type ReceiptWord = keyof typeof RECEIPT;
export const RECEIPT_WORDS = Object.keys(RECEIPT) as readonly ReceiptWord[];

export function receiptWord(
  word: ReceiptWord,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return fill(RECEIPT[word][LANGUAGES.indexOf(language)] ?? RECEIPT[word][0], values);
}
