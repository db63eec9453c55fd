/** Receipts at the desk: English, Traditional Chinese, Simplified Chinese. */
export const deskReceipts = {
  'settings.receipt-days': ['Receipts on phones', '手機收據', '手机收据'],
  'settings.receipt-days-text': [
    'How many days after paying a customer can read the receipt on the phone. Afterwards its address leads nowhere.',
    '顧客付款後可在手機查看收據的日數，其後網址失效。',
    '顾客付款后可在手机查看收据的天数，其后网址失效。',
  ],
  'settings.days': ['{count} days', '{count} 日', '{count} 天'],
  'receipt.way.browser': ['by the browser', '瀏覽器', '浏览器'],
  'receipt.way.usb': ['USB printer', 'USB 打印機', 'USB 打印机'],
  'receipt.way.serial': ['serial printer', '串口打印機', '串口打印机'],
  'timeline.receipt': ['Receipt printed, {way}', '列印收據（{way}）', '打印收据（{way}）'],
  'timeline.receipt-copy': [
    'Copy {number} of the receipt printed, {way}',
    '列印收據副本 {number}（{way}）',
    '打印收据副本 {number}（{way}）',
  ],
} as const satisfies Record<string, readonly [en: string, zhHant: string, zhHans: string]>;
