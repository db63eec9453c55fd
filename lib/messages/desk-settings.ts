/** What the owner chooses for tills, receipts and languages: English, Traditional, Simplified. */
export const deskSettings = {
  'settings.where': ['For', '適用於', '适用于'],
  'settings.whole-shop': ['The whole shop', '全店', '全店'],
  'settings.as-shop': ['As in the whole shop', '跟隨全店', '跟随全店'],
  'settings.own-list': ['A list of its own', '自訂', '自定义'],
  'settings.outlet-wallets': ['Wallets of an outlet', '分店的電子錢包', '分店的电子钱包'],
  'settings.outlet-wallets-text': [
    'Which tiles the tills of this outlet show, and in which order.',
    '選擇此分店收款機顯示的電子錢包及次序。',
    '选择此分店收款机显示的电子钱包及顺序。',
  ],
  'settings.up': ['Move {name} up', '將{name}上移', '将{name}上移'],
  'settings.down': ['Move {name} down', '將{name}下移', '将{name}下移'],
  'settings.remove': ['Remove {name}', '移除{name}', '移除{name}'],
  'settings.place': [
    '{name}: {place} of {count}',
    '{name}：第 {place} 位，共 {count} 位',
    '{name}：第 {place} 位，共 {count} 位',
  ],

  'settings.quick-amounts': ['Quick amounts', '常用金額', '常用金额'],
  'settings.quick-amounts-text': [
    'Up to twelve amounts above the keys of the till. One tap puts the amount there.',
    '最多十二個，顯示在收款機數字鍵上方，輕按即填入金額。',
    '最多十二个，显示在收款机数字键上方，轻点即填入金额。',
  ],
  'settings.quick-none': [
    'None: the till shows no quick amounts.',
    '未設定，收款機不會顯示常用金額。',
    '未设置，收款机不会显示常用金额。',
  ],
  'settings.quick-new': [
    'Another amount ({currency})',
    '新增金額（{currency}）',
    '新增金额（{currency}）',
  ],
  'settings.quick-add': ['Add', '新增', '新增'],
  'settings.quick-there': ['{amount} is there already.', '已有 {amount}。', '已有 {amount}。'],
  'settings.quick-range': [
    'Enter an amount above zero, up to {amount}.',
    '請輸入大於零且不超過 {amount} 的金額。',
    '请输入大于零且不超过 {amount} 的金额。',
  ],

  'settings.staff-language': ['Language of the staff', '員工畫面語言', '员工界面语言'],
  'settings.staff-language-text': [
    'On a screen where nobody has chosen a language yet. Everybody may still choose their own.',
    '適用於尚未選擇語言的畫面；員工仍可自行選擇。',
    '适用于尚未选择语言的界面；员工仍可自行选择。',
  ],
  'settings.receipt-languages': ['Languages of receipts', '收據語言', '收据语言'],
  'settings.receipt-languages-text': [
    'One language, or two side by side, whatever the staff read.',
    '一種語言或兩種並列，與員工畫面語言無關。',
    '一种语言或两种并列，与员工界面语言无关。',
  ],
  'settings.first-language': ['First language', '第一語言', '第一语言'],
  'settings.second-language': ['Second language', '第二語言', '第二语言'],
  'settings.no-second': ['None', '不使用', '不使用'],
  'settings.customer-language': ['Language for the customer', '顧客畫面語言', '顾客界面语言'],
  'settings.customer-language-text': [
    'What screens that the customer looks at say first.',
    '顧客觀看的畫面首先使用的語言。',
    '顾客观看的界面首先使用的语言。',
  ],
  'settings.as-device': ['As the device is set', '跟隨裝置設定', '跟随设备设置'],

  'settings.receipt-text': ['Text on receipts', '收據文字', '收据文字'],
  'settings.receipt-text-text': [
    'Above and below the figures. Without it the shop’s name alone stands above.',
    '印在收據金額的上方和下方；未填寫時上方只印店名。',
    '印在收据金额的上方和下方；未填写时上方只印店名。',
  ],
  'settings.receipt-name': ['Shop name as printed', '店名（收據上）', '店名（收据上）'],
  'settings.receipt-header': [
    'Address or telephone, line {line}',
    '地址或電話（第 {line} 行）',
    '地址或电话（第 {line} 行）',
  ],
  'settings.receipt-footer': [
    'Closing line {line}',
    '結尾（第 {line} 行）',
    '结尾（第 {line} 行）',
  ],
  'settings.receipt-no-name': [
    'Enter the shop’s name as it shall be printed.',
    '請填寫要印在收據上的店名。',
    '请填写要印在收据上的店名。',
  ],
  'settings.receipt-marks': [
    'A line holds a mark that cannot be printed. Type the line anew.',
    '其中一行含有無法列印的字元，請重新輸入該行。',
    '其中一行含有无法打印的字符，请重新输入该行。',
  ],
  'settings.receipt-card': [
    'A receipt bears no card number.',
    '收據不可包含銀行卡號。',
    '收据不可包含银行卡号。',
  ],
  'settings.preview': ['Preview', '預覽', '预览'],
  'settings.preview-figures': [
    'Here stand the figures of the sale.',
    '此處為交易資料。',
    '此处为交易信息。',
  ],
  'settings.nothing': ['nothing', '無', '无'],

  'act.setting-of-outlet': [
    '{setting}, {outlet}: from {before} to {after}',
    '{setting}（{outlet}）：由 {before} 改為 {after}',
    '{setting}（{outlet}）：由 {before} 改为 {after}',
  ],
} as const satisfies Record<string, readonly [en: string, zhHant: string, zhHans: string]>;
