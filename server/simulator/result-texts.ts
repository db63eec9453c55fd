/**
 * What the gateway writes beside a code: the first text is QFPay's Simplified Chinese manner, the
 * code in brackets. Clients must decide on the code (protocol.md §9).
 */
const TEXTS: Readonly<Record<string, string>> = {
  '0000': '交易成功',
  '1100': '系统维护中',
  '1101': '冲正错误',
  '1102': '重复请求',
  '1103': '报文格式错误',
  '1104': '报文参数错误',
  '1105': '终端未激活',
  '1106': '终端不匹配',
  '1107': '终端被封禁',
  '1108': '验签失败',
  '1124': 'same-day card refund must be the full amount',
  '1125': '交易已退款',
  '1136': 'transaction does not exist',
  '1142': '订单已关闭',
  '1143': 'not paid yet, or password being entered',
  '1145': '交易处理中',
  '1147': '微信支付交易失败',
  '1150': 'transaction cannot be cancelled',
  '1155': '退款或撤销被拒绝',
  '1181': '订单已过期',
  '1201': '余额不足',
  '1202': 'code wrong or expired',
  '1203': '账户错误',
  '1204': '银行系统错误',
  '1205': '交易失败，请稍后重试',
  '1212': 'show the overseas UnionPay code',
  '1241': '门店不存在或状态错误',
  '1242': '门店配置错误',
  '1243': '门店已被禁用',
  '1250': '交易被禁止',
  '1251': '门店配置错误',
  '1252': '下单系统错误',
  '1254': '系统异常',
  '1260': '订单已支付',
  '1261': '订单未支付',
  '1262': '订单已退款',
  '1263': '订单已撤销',
  '1264': '订单已关闭',
  '1265': 'refunds are not available between 23:30 and 00:30',
  '1266': '订单金额不匹配',
  '1267': '订单信息不匹配',
  '1268': '订单不存在',
  '1269': 'unsettled amount too small',
  '1270': 'this currency allows no partial refund',
  '1271': 'this transaction allows no partial refund',
  '1272': 'refund is more than the amount left',
  '1294': '交易被银行风控拒绝',
  '1295': '网络缓慢，请等待',
  '1296': '网络缓慢，请稍后重试',
  '1297': '银行系统繁忙',
  '1298': '网络缓慢，如顾客已付款请勿重复收款',
  '2005': 'code wrong or expired',
  '2011': '流水号重复',
};

export const QUERY_DONE = '请求成功';

export function textOf(code: string): string {
  const text = TEXTS[code] ?? '未知错误';
  return code === '0000' ? text : `${text} (${code})`;
}
