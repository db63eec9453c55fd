/** The lessons of a shop for practice: English, Traditional and Simplified Chinese. */
export const deskPractice = {
  'practice.title': ['Practice', '練習', '练习'],
  'practice.text': [
    'Each lesson is a sale on the real till. A program plays QFPay and the customer; no money moves. A lesson is ticked once the server has seen it done.',
    '每課都在真正的收銀畫面上完成。QFPay 和顧客由程式扮演，不涉及真實款項。伺服器見到你完成後便會打勾。',
    '每课都在真正的收银画面上完成。QFPay 和顾客由程序扮演，不涉及真实款项。服务器看到你完成后便会打勾。',
  ],
  'practice.done': ['Done', '已完成', '已完成'],
  'practice.begun': ['Begun', '進行中', '进行中'],
  'practice.not-begun': ['Not begun', '未開始', '未开始'],
  'practice.count': ['{done} of {all} done', '已完成 {done}／{all}', '已完成 {done}／{all}'],
  'practice.failed': [
    'The server does not say how far you are. It is asked again.',
    '暫時未能讀取進度，稍後會再查詢。',
    '暂时无法读取进度，稍后会再查询。',
  ],
  'practice.start': ['Start on the till', '到收銀畫面開始', '到收银画面开始'],
  'practice.code': ['Show a code to scan', '顯示可掃描的付款碼', '显示可扫描的付款码'],
  'practice.another-code': ['Another code', '換一個付款碼', '换一个付款码'],
  'practice.code-once': [
    'Each code can be charged once, as in real life.',
    '每個付款碼只能收款一次，與真實情況一樣。',
    '每个付款码只能收款一次，与真实情况一样。',
  ],
  'practice.qr-label': ['Payment code: {lesson}', '付款碼：{lesson}', '付款码：{lesson}'],
  'practice.wallet': ['Open the customer’s wallet', '開啟顧客的錢包', '打开顾客的钱包'],
  'practice.scan': ['Scan the practice code', '掃描練習付款碼', '扫描练习付款码'],
  'practice.back': ['All lessons', '全部課程', '全部课程'],
  'practice.needs-manager': [
    'Only a manager gives money back: ask one to do the last step with you.',
    '只有經理可以退款：請經理與你一起完成最後一步。',
    '只有经理可以退款：请经理与你一起完成最后一步。',
  ],
  'practice.beside': [
    'Beside a till that sells for real',
    '正式收款的店舖如何練習',
    '正式收款的店铺如何练习',
  ],
  'practice.beside-text': [
    'Practice has records of its own and never touches real ones. Run a second server on the same machine:',
    '練習有獨立的紀錄，不會觸及真實紀錄。在同一部電腦上另開一個伺服器：',
    '练习有独立的记录，不会触及真实记录。在同一台电脑上另开一个服务器：',
  ],

  'practice.qr.title': ['A QR that is paid', '顧客掃描二維碼付款', '顾客扫描二维码付款'],
  'practice.qr.why': [
    'The usual sale: you show a QR, the customer scans it.',
    '最常見的收款：你出示二維碼，顧客掃描。',
    '最常见的收款：你出示二维码，顾客扫描。',
  ],
  'practice.qr.1': [
    'Key {amount} and press a wallet: a QR appears.',
    '輸入 {amount}，按一個錢包：畫面會出現二維碼。',
    '输入 {amount}，按一个钱包：画面会出现二维码。',
  ],
  'practice.qr.2': [
    'Open the customer’s wallet (the phone at the top) and pay the QR there.',
    '開啟顧客的錢包（頂部的手機圖示），在那裏付款。',
    '打开顾客的钱包（顶部的手机图标），在那里付款。',
  ],
  'practice.qr.3': [
    'Green says that the money is there. Only then hand over the goods.',
    '綠色代表款項已到帳，這時才交貨。',
    '绿色代表款项已到账，这时才交货。',
  ],

  'practice.password.title': [
    'A code that asks for a password',
    '付款碼需要輸入密碼',
    '付款码需要输入密码',
  ],
  'practice.password.why': [
    'Larger amounts must be confirmed on the customer’s phone.',
    '較大金額須由顧客在手機確認。',
    '较大金额须由顾客在手机确认。',
  ],
  'practice.password.1': [
    'Key {amount} and scan the code.',
    '輸入 {amount}，掃描付款碼。',
    '输入 {amount}，扫描付款码。',
  ],
  'practice.password.2': [
    'The till waits for the customer to confirm. Ask them to look at their phone; do not scan again.',
    '收銀機等候顧客確認。請顧客查看手機，不要再掃描。',
    '收银台等候顾客确认。请顾客查看手机，不要再扫描。',
  ],
  'practice.password.3': [
    'It turns green by itself after some seconds.',
    '數秒後會自動轉為綠色。',
    '数秒后会自动转为绿色。',
  ],

  'practice.refused.title': ['A code that is refused', '付款被拒絕', '付款被拒绝'],
  'practice.refused.why': [
    'The wallet has too little money, or its bank says no.',
    '錢包餘額不足，或銀行拒絕付款。',
    '钱包余额不足，或银行拒绝付款。',
  ],
  'practice.refused.1': [
    'Key {amount} and scan the code.',
    '輸入 {amount}，掃描付款碼。',
    '输入 {amount}，扫描付款码。',
  ],
  'practice.refused.2': [
    'The till says that it was refused and what to do.',
    '收銀機會說明付款被拒絕及應怎樣做。',
    '收银台会说明付款被拒绝及应怎样做。',
  ],
  'practice.refused.3': [
    'No money moved and the amount is still there: offer another wallet.',
    '沒有扣款，金額仍在畫面上：請顧客改用其他錢包。',
    '没有扣款，金额仍在画面上：请顾客改用其他钱包。',
  ],

  'practice.lost.title': ['The answer gets lost', '得不到回覆', '得不到回复'],
  'practice.lost.why': [
    'The network breaks at the wrong moment. The customer may have paid.',
    '網絡在付款途中斷開，顧客可能已經付款。',
    '网络在付款途中断开，顾客可能已经付款。',
  ],
  'practice.lost.1': [
    'Key {amount}, scan the code and wait: no answer comes for about 15 seconds.',
    '輸入 {amount}，掃描付款碼後等候：約 15 秒沒有回覆。',
    '输入 {amount}，扫描付款码后等候：约 15 秒没有回复。',
  ],
  'practice.lost.2': [
    'Amber means that nobody knows yet. Never charge again; press Check now.',
    '琥珀色代表暫時無人知道結果。切勿再次收款，請按「立即查詢」。',
    '琥珀色代表暂时无人知道结果。切勿再次收款，请按“立即查询”。',
  ],
  'practice.lost.3': [
    'QFPay says that the customer has paid: green, and paid once.',
    'QFPay 確認顧客已付款：轉為綠色，只付了一次。',
    'QFPay 确认顾客已付款：转为绿色，只付了一次。',
  ],

  'practice.late.title': ['Money that comes too late', '遲到的款項', '迟到的款项'],
  'practice.late.why': [
    'A customer pays in the very moment in which you cancel.',
    '你取消付款的一刻，顧客正好付款。',
    '你取消付款的一刻，顾客正好付款。',
  ],
  'practice.late.1': [
    'Key {amount}, scan the code and press Cancel payment at once.',
    '輸入 {amount}，掃描付款碼，然後立即按「取消收款」。',
    '输入 {amount}，扫描付款码，然后立即按“取消收款”。',
  ],
  'practice.late.2': [
    'The till says that it was cancelled. Stay with it for half a minute.',
    '收銀機顯示付款已取消。請留意畫面半分鐘。',
    '收银台显示付款已取消。请留意画面半分钟。',
  ],
  'practice.late.3': [
    'A note tells of late money: tell a manager, who gives it back or hands over the goods.',
    '畫面會提示遲到的款項：請通知經理，由經理退款或補交貨品。',
    '画面会提示迟到的款项：请通知经理，由经理退款或补交商品。',
  ],

  'practice.refund.title': ['Money back', '退款', '退款'],
  'practice.refund.why': [
    'A customer brings something back. The money goes to the wallet it came from.',
    '顧客退貨，款項會退回原來的錢包。',
    '顾客退货，款项会退回原来的钱包。',
  ],
  'practice.refund.1': [
    'Key {amount} and scan the code: it is paid at once.',
    '輸入 {amount}，掃描付款碼：立即付款成功。',
    '输入 {amount}，扫描付款码：立即付款成功。',
  ],
  'practice.refund.2': [
    'A manager opens Refunds, finds the sale by its amount and opens it.',
    '經理開啟「退款」，按金額找出該筆收款並開啟。',
    '经理打开“退款”，按金额找出该笔收款并打开。',
  ],
  'practice.refund.3': [
    'The manager refunds it with their PIN. It counts once QFPay has done it.',
    '經理輸入 PIN 退款。QFPay 完成後才算數。',
    '经理输入 PIN 退款。QFPay 完成后才算数。',
  ],
} as const satisfies Record<string, readonly [string, string, string]>;
