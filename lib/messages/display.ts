/** What the customer's screen says, in English, Traditional and Simplified Chinese. */
export const DISPLAY = {
  'display.title': ['Customer’s screen', '顧客顯示屏', '顾客显示屏'],
  'display.counter': ['Counter {counter}', '{counter} 號櫃枱', '{counter} 号柜台'],
  'display.welcome': ['Welcome', '歡迎光臨', '欢迎光临'],
  'display.how': [
    'Show your payment code, or scan the one that appears here.',
    '請出示付款碼，或掃描此處顯示的二維碼。',
    '请出示付款码，或扫描此处显示的二维码。',
  ],
  'display.wallets': ['We accept', '本店接受', '本店接受'],

  'display.amount': ['To pay', '應付金額', '应付金额'],
  'display.preparing': ['One moment please', '請稍候', '请稍候'],
  'display.scan': ['Scan with {wallet}', '請用{wallet}掃描', '请用{wallet}扫描'],
  'display.scan-any': ['Scan with your wallet', '請用你的電子錢包掃描', '请用您的电子钱包扫描'],
  'display.qr': [
    '{wallet} QR code for {amount}',
    '{wallet}二維碼，{amount}',
    '{wallet}二维码，{amount}',
  ],
  'display.time-left': ['{time} left', '尚餘 {time}', '剩余 {time}'],
  'display.expired': [
    'The time for this code has run out. Please do not pay it.',
    '此二維碼已過期，請勿付款。',
    '此二维码已过期，请勿付款。',
  ],
  'display.confirm': ['Please confirm on your phone', '請在手機上確認付款', '请在手机上确认付款'],
  'display.checking': [
    'We are checking your payment. Please do not pay again.',
    '正在核對付款，請勿重複付款。',
    '正在核对付款，请勿重复付款。',
  ],
  'display.stopping': [
    'This payment is being stopped. Please do not pay it.',
    '此付款正在取消，請勿付款。',
    '此付款正在取消，请勿付款。',
  ],
  'display.stopped': ['This payment was stopped', '此付款已取消', '此付款已取消'],
  'display.unpaid': ['Not paid', '未能付款', '未能付款'],
  'display.no-money': [
    'No money was taken for it.',
    '此付款並無收取款項。',
    '此付款并未收取款项。',
  ],
  'display.next-try-again': [
    'Please try again, or pay another way.',
    '請再試一次，或改用其他方式付款。',
    '请再试一次，或改用其他方式付款。',
  ],
  'display.next-other-wallet': [
    'Please choose another way to pay.',
    '請改用其他方式付款。',
    '请改用其他方式付款。',
  ],
  'display.next-wait': ['One moment please.', '請稍候。', '请稍候。'],
  'display.next-call-manager': [
    'Please wait for our staff.',
    '請等候店員協助。',
    '请等候店员协助。',
  ],
  'display.paid': ['Paid. Thank you.', '付款成功，多謝惠顧。', '付款成功，谢谢惠顾。'],
  'display.confirming': ['Received, being confirmed', '已收到，確認中', '已收到，确认中'],
  'display.receipt': ['Scan for your receipt', '掃描領取電子收據', '扫描领取电子收据'],
  'display.receipt-qr': ['QR code of your receipt', '電子收據二維碼', '电子收据二维码'],
  'display.ask-staff': [
    'One moment please. Our staff will help you.',
    '請稍候，店員會協助你。',
    '请稍候，店员会协助您。',
  ],
  'display.cut': ['No connection', '沒有網絡連線', '没有网络连接'],
  'display.no-till': [
    'Nobody is signed in at this till.',
    '此收款機尚未有員工登入。',
    '此收款机尚未有员工登录。',
  ],

  'display.language': ['Language', '語言', '语言'],
  'display.allow-sound': ['Touch to allow sound', '輕觸以開啟聲音', '轻触以开启声音'],

  'display.pair-how': [
    'At the till press the name of the counter and enter this code under “Customer’s screen”.',
    '請在收款機按櫃枱名稱，並於「顧客顯示屏」輸入此代碼。',
    '请在收款机按柜台名称，并在“顾客显示屏”输入此代码。',
  ],
  'display.pair-code': ['Code', '代碼', '代码'],
  'display.pair-new': ['A new code comes in {time}', '{time} 後更換代碼', '{time} 后更换代码'],
  'display.pair-none': [
    'The server does not answer. A code comes as soon as it does.',
    '伺服器未有回應，連線後會顯示代碼。',
    '服务器没有响应，连接后会显示代码。',
  ],
} as const;
