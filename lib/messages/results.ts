/**
 * What the cashier reads when QFPay answers with a code: what happened, then what to do. A text for
 * a charge that may have been paid never invites another one (protocol.md §9.2 and §9.3).
 */
import { classify, result } from '../results';
import type { Language } from './language';

export type ResultText = Readonly<Record<Language, string>>;

const text = (en: string, hant: string, hans: string): ResultText => ({
  en,
  'zh-Hant': hant,
  'zh-Hans': hans,
});

const RESULT_UNKNOWN = text(
  'Result not known. Do not charge again; checking.',
  '結果未明，請勿重複收款，正在查核。',
  '结果不明，请勿重复收款，正在核查。',
);
const PROCESSING = text('Processing. Please wait.', '處理中，請稍候。', '处理中，请稍候。');
const SENT_BEFORE = text(
  'Already sent once. Do not charge again; checking the first request.',
  '此交易已提交，請勿重複收款，正在查核原有結果。',
  '该交易已提交，请勿重复收款，正在核查原结果。',
);
const NOT_FOUND = text(
  'Payment not found yet. Do not charge again; checking.',
  '暫未找到此交易，請勿重複收款，正在查核。',
  '暂未找到该交易，请勿重复收款，正在核查。',
);
const CODE_STALE = text(
  'Code wrong or expired. Ask the customer to refresh it, then scan again.',
  '付款碼錯誤或已過期，請顧客刷新後再掃描。',
  '付款码错误或已过期，请顾客刷新后再扫码。',
);
const NO_BALANCE = text(
  'Not enough balance. Ask for another wallet.',
  '餘額不足，請顧客改用其他付款方式。',
  '余额不足，请顾客换用其他付款方式。',
);
const SYSTEM_ERROR = text(
  'System error. Take another payment method and call the manager.',
  '系統錯誤，請改用其他付款方式並通知經理。',
  '系统错误，请换用其他付款方式并通知经理。',
);
const SET_UP_ERROR = text(
  'Payment set-up error. Take another payment method and call the manager.',
  '支付設定錯誤，請改用其他付款方式並通知經理。',
  '支付配置错误，请换用其他付款方式并通知经理。',
);
const SHOP_NOT_SET_UP = text(
  'This shop is not set up for payment. Call the manager.',
  '門店收款設定異常，請通知經理。',
  '门店收款配置异常，请通知经理。',
);
const NETWORK_SLOW = text(
  'Network slow. Do not charge again; checking.',
  '網絡緩慢，請勿重複收款，正在查核。',
  '网络缓慢，请勿重复收款，正在核查。',
);
const FULL_REFUND_ONLY = text(
  'Only a full refund is possible for this payment.',
  '此交易不支援部分退款，只可全數退款。',
  '该交易不支持部分退款，只能全额退款。',
);
const RESTRICTED = text(
  'Not allowed for this payment. Use another wallet.',
  '此交易受限制，請改用其他付款方式。',
  '该交易受限，请换用其他付款方式。',
);
const FORBIDDEN = text(
  'Not allowed. Call the manager.',
  '不允許此操作，請通知經理。',
  '不允许此操作，请通知经理。',
);

const same = (codes: readonly string[], words: ResultText): Record<string, ResultText> =>
  Object.fromEntries(codes.map((respcd) => [respcd, words]));

/** Read after a charge, and after a refund where REFUND_TEXTS has nothing better. */
export const RESULT_TEXTS: Readonly<Record<string, ResultText>> = {
  // Neutral on purpose: on a QR order it means that there is a QR, not that anybody paid.
  '0000': text('Accepted by QFPay.', 'QFPay 已接納。', 'QFPay 已受理。'),
  '1100': text(
    'Payment service under maintenance. Do not charge again; checking.',
    '支付系統維護中，請勿重複收款，正在查核。',
    '支付系统维护中，请勿重复收款，正在核查。',
  ),
  '1101': RESULT_UNKNOWN,
  '1102': SENT_BEFORE,
  '1103': SYSTEM_ERROR,
  '1104': text(
    'This payment method is not available here. Use another wallet.',
    '此付款方式暫不可用，請改用其他付款方式。',
    '此付款方式暂不可用，请换用其他付款方式。',
  ),
  '1105': text(
    'This till is not set up for payment. Call the manager.',
    '此裝置尚未啟用收款，請通知經理。',
    '此设备尚未开通收款，请通知经理。',
  ),
  '1106': text(
    'QFPay does not know this till. Call the manager.',
    '此裝置無效，請通知經理。',
    '此设备无效，请通知经理。',
  ),
  '1107': text(
    'This till is not allowed to take payment. Call the manager.',
    '此裝置未獲授權收款，請通知經理。',
    '此设备无收款权限，请通知经理。',
  ),
  '1108': SET_UP_ERROR,
  '1125': text(
    'Already refunded. Checking.',
    '此交易已退款，正在查核。',
    '该交易已退款，正在核查。',
  ),
  '1136': NOT_FOUND,
  '1142': text(
    'Order closed without payment. Start again.',
    '訂單已關閉，未有收款，請重新收款。',
    '订单已关闭，未收款，请重新收款。',
  ),
  '1143': text(
    'Not paid yet, or the customer is entering the password. Please wait.',
    '尚未付款，或顧客正在輸入密碼，請稍候。',
    '尚未付款，或顾客正在输入密码，请稍候。',
  ),
  '1145': PROCESSING,
  '1147': text(
    'WeChat Pay refused. Try again, or use another wallet.',
    '微信支付交易失敗，請重試或改用其他付款方式。',
    '微信支付交易失败，请重试或换用其他付款方式。',
  ),
  '1150': text(
    'This payment cannot be cancelled or refunded here. Call the manager.',
    '此交易不能撤銷或退款，請通知經理。',
    '该交易不能撤销或退款，请通知经理。',
  ),
  '1155': text(
    'Refund refused. Call the manager.',
    '退款被拒，請通知經理。',
    '退款被拒绝，请通知经理。',
  ),
  '1181': text(
    'QR expired without payment. Make a new one.',
    '二維碼已過期，未有收款，請重新產生。',
    '二维码已过期，未收款，请重新生成。',
  ),
  '1201': NO_BALANCE,
  '1202': CODE_STALE,
  '1203': text(
    'Account problem. Use another wallet.',
    '帳戶異常，請改用其他付款方式。',
    '账户异常，请换用其他付款方式。',
  ),
  '1204': text(
    'Bank error. Use another wallet.',
    '銀行系統錯誤，請改用其他付款方式。',
    '银行系统错误，请换用其他付款方式。',
  ),
  '1205': text(
    'Payment may have failed. Do not charge again; checking.',
    '交易可能失敗，請勿重複收款，正在查核。',
    '交易可能失败，请勿重复收款，正在核查。',
  ),
  '1212': text(
    'Ask the customer to switch to the overseas UnionPay code, then scan again.',
    '請顧客切換至銀聯境外付款碼，然後再掃描。',
    '请顾客切换至银联境外付款码，然后再扫码。',
  ),
  '1241': SHOP_NOT_SET_UP,
  '1242': SHOP_NOT_SET_UP,
  '1243': text(
    'This shop is disabled for payment. Call the manager.',
    '門店已停用收款，請通知經理。',
    '门店已停用收款，请通知经理。',
  ),
  '1250': text(
    'This transaction is not allowed. Call the manager.',
    '此交易被禁止，請通知經理。',
    '该交易被禁止，请通知经理。',
  ),
  '1251': text(
    'Set-up problem. Call the manager.',
    '設定異常，請通知經理。',
    '配置异常，请通知经理。',
  ),
  '1252': RESULT_UNKNOWN,
  '1254': RESULT_UNKNOWN,
  '1260': text(
    'This order is already paid. Do not charge again; checking.',
    '此訂單已付款，請勿重複收款，正在核對。',
    '该订单已付款，请勿重复收款，正在核对。',
  ),
  '1261': text(
    'This order has not been paid. Checking.',
    '此訂單尚未付款，正在查核。',
    '该订单尚未付款，正在核查。',
  ),
  '1262': text(
    'This order was already refunded. Checking.',
    '此訂單已退款，正在查核。',
    '该订单已退款，正在核查。',
  ),
  '1263': text(
    'This order was already cancelled. Checking.',
    '此訂單已撤銷，正在核對。',
    '该订单已撤销，正在核对。',
  ),
  '1264': text(
    'This order is already closed. Checking.',
    '此訂單已關閉，正在核對。',
    '该订单已关闭，正在核对。',
  ),
  '1265': text(
    'Refunds stop from 11:30 pm to 12:30 am. If it is not that hour, it may be too old to refund.',
    '晚上11:30至凌晨12:30不能退款；如非此時段，可能已超過退款期限。',
    '23:30至次日0:30不能退款；如不在该时段，可能已超过退款期限。',
  ),
  '1266': text(
    'Amount does not match. Call the manager.',
    '金額不符，請通知經理。',
    '金额不符，请通知经理。',
  ),
  '1267': text(
    'Order details do not match. Call the manager.',
    '訂單資料不符，請通知經理。',
    '订单信息不符，请通知经理。',
  ),
  '1268': NOT_FOUND,
  '1269': text(
    "Today's unsettled takings do not cover this refund. Try later today or tomorrow.",
    '今日未結算金額不足以退款，請於今日稍後或明日再試。',
    '今日未结算金额不足以退款，请今日稍后或明日再试。',
  ),
  '1270': text(
    'Only a full refund is possible in this currency.',
    '此貨幣不支援部分退款，只可全數退款。',
    '该币种不支持部分退款，只能全额退款。',
  ),
  '1271': FULL_REFUND_ONLY,
  '1272': text(
    'The refund is more than the amount left. Call the manager.',
    '退款金額超出可退餘額，請通知經理。',
    '退款金额超出可退余额，请通知经理。',
  ),
  '1294': text(
    'Refused by the bank. Use another wallet.',
    '交易被銀行拒絕，請改用其他付款方式。',
    '交易被银行拒绝，请换用其他付款方式。',
  ),
  '1295': NETWORK_SLOW,
  '1296': NETWORK_SLOW,
  '1297': text(
    'Bank busy. Do not charge again; checking.',
    '銀行系統繁忙，請勿重複收款，正在查核。',
    '银行系统繁忙，请勿重复收款，正在核查。',
  ),
  '1298': text(
    'Slow answer; the customer may have paid. Do not charge again; checking.',
    '回應緩慢，顧客可能已付款，請勿重複收款，正在查核。',
    '响应缓慢，顾客可能已付款，请勿重复收款，正在核查。',
  ),
  '2005': CODE_STALE,
  '2011': SENT_BEFORE,

  '1124': text(
    'A same-day card refund must be the full amount. For part of it, come back tomorrow.',
    '信用卡即日退款必須全數退回；部分退款請明天辦理。',
    '信用卡当日退款必须全额；部分退款请明天办理。',
  ),
  '2999': PROCESSING,
  '1118': text(
    'Refused for risk reasons. Use another wallet.',
    '交易因風險監控被拒，請改用其他付款方式。',
    '交易被风控拒绝，请换用其他付款方式。',
  ),
  '1139': text(
    'Card not readable. Use another payment method.',
    '無法讀取卡片，請改用其他付款方式。',
    '无法读取卡片，请换用其他付款方式。',
  ),
  '1144': text(
    'The code does not fit the wallet chosen. Choose the right wallet and scan again.',
    '付款碼與所選錢包不符，請重新選擇並掃描。',
    '付款码与所选钱包不符，请重新选择并扫码。',
  ),
  '1170': text(
    'This wallet is out of service. Use another wallet.',
    '此支付渠道暫停服務，請改用其他付款方式。',
    '该支付渠道暂停服务，请换用其他付款方式。',
  ),
  '2004': NO_BALANCE,
  '2006': text(
    'Not a payment code. Ask the customer for the payment code.',
    '此碼並非付款碼，請顧客出示付款碼。',
    '此码不是付款码，请顾客出示付款码。',
  ),
  '2007': text(
    'The customer cancelled. Try again if they still want to pay.',
    '顧客已取消付款，如仍要付款請重試。',
    '顾客已取消付款，如仍需付款请重试。',
  ),
  ...same(['1109', '1110', '1126', '1129', '1132', '1141', '2008'], SYSTEM_ERROR),
  ...same(
    ['1111', '1112', '1127', '1128', '1131', '1146', '1154', '1161', '2009', '2010'],
    RESULT_UNKNOWN,
  ),
  ...same(['1113', '1114', '1115', '1116', '1117', '1133', '1135', '1137'], SET_UP_ERROR),
  ...same(['1138', '1140', '1180', '2001', '2002', '2003', '2012'], SET_UP_ERROR),
  ...same(['1119', '1120', '1121', '1122', '1123'], RESTRICTED),
  ...same(['1130', '1134', '1151', '1152', '1153'], FORBIDDEN),
};

const REFUND_PROCESSING = text(
  'The refund is being processed. Please wait.',
  '退款處理中，請稍候。',
  '退款处理中，请稍候。',
);
const REFUND_UNKNOWN = text(
  'Refund result not known. Do not refund again; checking.',
  '退款結果未明，請勿重複退款，正在查核。',
  '退款结果不明，请勿重复退款，正在核查。',
);
const REFUND_SENT_BEFORE = text(
  'This refund was already sent. Do not refund again; checking.',
  '此退款已提交，請勿重複退款，正在查核。',
  '该退款已提交，请勿重复退款，正在核查。',
);
/** In place of words that would send the cashier to another wallet. */
/** Somebody changed their mind before it was sent. */
export const REFUND_WITHDRAWN: ResultText = text(
  'Taken back before it was sent. No money has moved.',
  '送出前已收回，沒有款項轉出。',
  '发出前已收回，没有款项转出。',
);

export const REFUND_REFUSED: ResultText = text(
  'Refund refused. Try again later, or call the manager.',
  '退款被拒，請稍後再試或通知經理。',
  '退款被拒绝，请稍后再试或通知经理。',
);
const REFUND_NOT_POSSIBLE = text(
  'Refund refused: payment set-up or system error. Call the manager.',
  '退款被拒：支付設定或系統錯誤，請通知經理。',
  '退款被拒绝：支付配置或系统错误，请通知经理。',
);

/** Where the same code says something else about a refund. */
const REFUND_TEXTS: Readonly<Record<string, ResultText>> = {
  '0000': text('Refunded.', '已退款。', '已退款。'),
  '1102': REFUND_SENT_BEFORE,
  '2011': REFUND_SENT_BEFORE,
  '1251': REFUND_SENT_BEFORE,
  '1125': text(
    'Already refunded. Do not refund again; checking.',
    '此交易已退款，請勿重複退款，正在查核。',
    '该交易已退款，请勿重复退款，正在核查。',
  ),
  '1262': text(
    'Already refunded. Do not refund again; checking.',
    '此訂單已退款，請勿重複退款，正在查核。',
    '该订单已退款，请勿重复退款，正在核查。',
  ),
  '1261': text(
    'QFPay says this payment was never paid. Call the manager.',
    'QFPay 表示此交易從未付款，請通知經理。',
    'QFPay 表示该交易从未付款，请通知经理。',
  ),
  '1250': text(
    'Refund not allowed; it may be too late for it. Call the manager.',
    '不允許退款，可能已超過退款期限，請通知經理。',
    '不允许退款，可能已超过退款期限，请通知经理。',
  ),
};

export const NO_ANSWER: ResultText = text(
  'No reply. Do not charge again; checking.',
  '未有回覆，請勿重複收款，正在查核。',
  '没有回复，请勿重复收款，正在核查。',
);
/** No answer to a refund. */
export const NO_REFUND_ANSWER: ResultText = text(
  'No reply. Do not refund again; checking.',
  '未有回覆，請勿重複退款，正在查核。',
  '没有回复，请勿重复退款，正在核查。',
);
/** HTTP 429: QFPay did not look at the request, and it is sent again by itself. */
export const LIMITED: ResultText = text(
  'System busy, retrying. Please wait.',
  '系統繁忙，正在重試，請稍候。',
  '系统繁忙，正在重试，请稍候。',
);

const UNHEARD_OF: Readonly<Record<'charge' | 'refund', ResultText>> = {
  charge: text(
    'No clear answer{code}. Do not charge again; checking.',
    '未有明確結果{code}，請勿重複收款，正在查核。',
    '没有明确结果{code}，请勿重复收款，正在核查。',
  ),
  refund: text(
    'No clear answer{code}. Do not refund again; checking.',
    '未有明確結果{code}，請勿重複退款，正在查核。',
    '没有明确结果{code}，请勿重复退款，正在核查。',
  ),
};

const inBrackets = (respcd: string, language: Language): string => {
  // The code came over the wire: nothing longer or odder than a code is shown to a person.
  if (!/^[0-9A-Za-z]{1,8}$/.test(respcd)) return '';
  return language === 'en' ? ` (${respcd})` : `（${respcd}）`;
};

const refundText = (respcd: string): ResultText | null => {
  const own = REFUND_TEXTS[respcd];
  if (own !== undefined) return own;
  const verdict = classify(respcd, 'refund');
  if (verdict === 'processing') return REFUND_PROCESSING;
  if (verdict === 'unclear') return REFUND_UNKNOWN;
  const known = result(respcd);
  if (known?.classes.refund === 'CONFIG' || known?.classes.refund === 'BUG') {
    return REFUND_NOT_POSSIBLE;
  }
  return known?.next === 'call-manager' || known?.next === 'wait' ? null : REFUND_REFUSED;
};

/** What to say about one code after a charge, or after a refund; any text is answered. */
export const resultText = (
  respcd: string,
  language: Language,
  about: 'charge' | 'refund' = 'charge',
): string => {
  if (!Object.hasOwn(RESULT_TEXTS, respcd)) {
    return UNHEARD_OF[about][language].replace('{code}', inBrackets(respcd, language));
  }
  const words = (about === 'refund' ? refundText(respcd) : null) ?? RESULT_TEXTS[respcd];
  return (words ?? RESULT_UNKNOWN)[language];
};
