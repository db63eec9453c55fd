/** What a refusal of this server says: what happened to the money and what to do. */
import type { ProblemCode } from '../contract';
import type { FailureCode } from '../payment';
import { fill, type Language } from './language';

type Words = Readonly<Record<Language, string>>;

const words = (en: string, hant: string, hans: string): Words => ({
  en,
  'zh-Hant': hant,
  'zh-Hans': hans,
});

const PROBLEMS: Readonly<Record<ProblemCode, Words>> = {
  'not-signed-in': words(
    'You are not signed in. Sign in with your code and PIN.',
    '你尚未登入，請輸入員工編號及 PIN 碼登入。',
    '您尚未登录，请输入员工编号和 PIN 码登录。',
  ),
  'wrong-pin': words(
    'The staff code or the PIN is wrong.',
    '員工編號或 PIN 碼不正確。',
    '员工编号或 PIN 码不正确。',
  ),
  'too-many-tries': words(
    'Too many tries. Wait a moment, then try again.',
    '嘗試次數過多，請稍候再試。',
    '尝试次数过多，请稍后再试。',
  ),
  'not-allowed': words(
    'Your role does not allow this. Call the manager.',
    '你的權限不足，請通知經理。',
    '您的权限不足，请联系经理。',
  ),
  'leave-needed': words(
    'Your role does not allow this alone. A manager or owner enters their code and PIN.',
    '你的權限不足，需要經理或店主輸入編號及 PIN 碼。',
    '您的权限不足，需要经理或店主输入编号和 PIN 码。',
  ),
  locked: words(
    'This screen is locked. Enter your PIN to go on.',
    '畫面已鎖定，請輸入 PIN 碼繼續。',
    '画面已锁定，请输入 PIN 码继续。',
  ),
  'display-unpaired': words(
    'This screen belongs to no counter. Pair it anew at the till.',
    '此顯示屏未連接任何櫃枱，請在收款機重新配對。',
    '此显示屏未连接任何柜台，请在收款机重新配对。',
  ),
  'display-code-wrong': words(
    'No screen shows this code now. Look at the customer’s screen and enter the code it shows.',
    '沒有顯示屏正在顯示此代碼，請查看顧客顯示屏上的代碼再輸入。',
    '没有显示屏正在显示此代码，请查看顾客显示屏上的代码再输入。',
  ),
  'not-paired': words(
    'This device is not paired with the shop. Ask the owner for a pairing code and enter it here.',
    '此裝置尚未與本店配對，請向店主索取配對碼並在此輸入。',
    '此设备尚未与本店配对，请向店主索取配对码并在此输入。',
  ),
  'pairing-code-wrong': words(
    'This pairing code is wrong, used or older than 5 minutes. Ask the owner for a new one.',
    '配對碼不正確、已使用或已超過 5 分鐘，請向店主索取新的配對碼。',
    '配对码不正确、已使用或已超过 5 分钟，请向店主索取新的配对码。',
  ),
  'setup-code-wrong': words(
    'This code is wrong or older than 15 minutes. It stands on the server’s console; restarting the server prints a new one.',
    '代碼不正確或已超過 15 分鐘。代碼顯示在伺服器主控台，重新啟動伺服器會顯示新的代碼。',
    '代码不正确或已超过 15 分钟。代码显示在服务器控制台，重新启动服务器会显示新的代码。',
  ),
  'pin-too-simple': words(
    'Choose another PIN: six digits, not all the same, no run such as 123456, and not the staff code.',
    '請選用另一個 PIN 碼：六位數字，不可全部相同，不可順序排列（如 123456），亦不可與員工編號相同。',
    '请选用另一个 PIN 码：六位数字，不可全部相同，不可顺序排列（如 123456），也不可与员工编号相同。',
  ),
  'staff-code-taken': words(
    'This staff code has been given out before. A code is never used twice: choose another one.',
    '此員工編號已曾使用。編號不可重用，請選用另一個。',
    '此员工编号已曾使用。编号不可重用，请选用另一个。',
  ),
  'last-owner': words(
    'This is the last owner. Make somebody else an owner first.',
    '這是最後一位店主，請先將另一位員工設為店主。',
    '这是最后一位店主，请先将另一位员工设为店主。',
  ),
  'last-device': words(
    'This is the last paired device and only paired devices may sign in. Pair another one first.',
    '這是最後一部已配對的裝置，而現時只限已配對裝置登入，請先配對另一部裝置。',
    '这是最后一台已配对的设备，而目前只限已配对设备登录，请先配对另一台设备。',
  ),
  'pair-first': words(
    'Pair the device in front of you first, or you would lock yourself out.',
    '請先配對你現正使用的裝置，否則你將無法登入。',
    '请先配对您正在使用的设备，否则您将无法登录。',
  ),
  'foreign-origin': words(
    'This request did not come from the till. Open the till and try again.',
    '此要求並非由收款機發出，請開啟收款機再試。',
    '此请求并非由收款机发出，请打开收款机再试。',
  ),
  'not-json': words(
    'The request must be JSON (Content-Type: application/json).',
    '要求必須為 JSON 格式（Content-Type: application/json）。',
    '请求必须为 JSON 格式（Content-Type: application/json）。',
  ),
  'body-too-large': words(
    'The request is too large. Shorten it.',
    '要求內容過長，請縮短。',
    '请求内容过长，请缩短。',
  ),
  'body-too-slow': words(
    'The request did not arrive in time. Check the network, then try again.',
    '要求未能及時送達，請檢查網絡後再試。',
    '请求未能及时送达，请检查网络后再试。',
  ),
  malformed: words(
    'The request cannot be read. Check that it is complete JSON.',
    '無法讀取要求，請檢查 JSON 是否完整。',
    '无法读取请求，请检查 JSON 是否完整。',
  ),
  'key-missing': words(
    'Idempotency-Key is missing: 1 to 64 letters, digits, _ or -.',
    '缺少 Idempotency-Key：1 至 64 個英文字母、數字、_ 或 -。',
    '缺少 Idempotency-Key：1 至 64 个英文字母、数字、_ 或 -。',
  ),
  'key-reused': words(
    'This key belongs to another request. Nothing was charged; start again.',
    '此識別碼已用於另一項要求，未有收款，請重新開始。',
    '此识别码已用于另一项请求，未收款，请重新开始。',
  ),
  invalid: words(
    'Something in the request is not acceptable. Nothing was charged; correct it and try again.',
    '要求內容有誤，未有收款，請更正後再試。',
    '请求内容有误，未收款，请更正后再试。',
  ),
  'currency-not-accepted': words(
    'This shop does not take that currency. Nothing was charged.',
    '本店不接受該貨幣，未有收款。',
    '本店不接受该货币，未收款。',
  ),
  'pay-type-not-accepted': words(
    'That wallet cannot be used here for this amount. Nothing was charged; choose another.',
    '此金額不能使用該錢包，未有收款，請選擇其他錢包。',
    '此金额不能使用该钱包，未收款，请选择其他钱包。',
  ),
  'code-missing': words(
    'Choose a wallet, or scan the customer’s code.',
    '請選擇錢包，或掃描顧客的付款碼。',
    '请选择钱包，或扫描顾客的付款码。',
  ),
  'product-code': words(
    'That is a product barcode. Nothing was sent. Scan the code in the customer’s wallet.',
    '這是貨品條碼，未有送出。請掃描顧客錢包內的付款碼。',
    '这是商品条码，未发送。请扫描顾客钱包里的付款码。',
  ),
  'merchant-code': words(
    'That is a shop’s QR. Nothing was sent. Ask for the customer’s payment code.',
    '這是商戶二維碼，未有送出。請顧客出示付款碼。',
    '这是商家二维码，未发送。请顾客出示付款码。',
  ),
  'unreadable-code': words(
    'That code cannot be read. Nothing was sent. Scan again.',
    '無法讀取此碼，未有送出，請再掃描。',
    '无法读取此码，未发送，请再扫描。',
  ),
  'card-number': words(
    'That looks like a card number. Do not enter card numbers; nothing was kept.',
    '內容似為信用卡號碼，請勿輸入卡號；資料未有保存。',
    '内容疑似银行卡号，请勿输入卡号；资料未保存。',
  ),
  'amount-not-due': words(
    'That is not what this sale still owes. Nothing was charged; look at the sale again.',
    '金額與此單尚欠金額不符，未有收款，請再查看此單。',
    '金额与此单尚欠金额不符，未收款，请再查看此单。',
  ),
  'step-up-required': words(
    'The manager’s code or PIN is missing or wrong. Nothing was done; enter it again.',
    '經理的編號或 PIN 碼未有輸入或不正確，未有執行，請再輸入。',
    '经理的编号或 PIN 码未输入或不正确，未执行，请再输入。',
  ),
  'second-manager-required': words(
    'A refund this large needs a second manager’s code and PIN. Nothing was refunded.',
    '此金額的退款須由另一位經理輸入編號及 PIN 碼；未有退款。',
    '此金额的退款须由另一位经理输入编号和 PIN 码；未退款。',
  ),
  'refund-not-paid': words(
    'This payment is not paid, so there is nothing to refund.',
    '此筆收款尚未付款，沒有可退的款項。',
    '此笔收款尚未付款，没有可退的款项。',
  ),
  'refund-wallet': words(
    'QFPay cannot refund this wallet. Nothing was refunded; give the money back another way.',
    'QFPay 不能退款至此錢包，未有退款；請以其他方式退回款項。',
    'QFPay 不能退款至此钱包，未退款；请以其他方式退回款项。',
  ),
  'refund-too-old': words(
    'This payment is too old for this wallet to refund. Give the money back another way.',
    '此筆收款已超過錢包的退款期限，未有退款；請以其他方式退回款項。',
    '此笔收款已超过钱包的退款期限，未退款；请以其他方式退回款项。',
  ),
  'refund-too-large': words(
    'That is more than can still be refunded of this payment. Nothing was refunded.',
    '退款金額超出此筆收款的可退餘額，未有退款。',
    '退款金额超出此笔收款的可退余额，未退款。',
  ),
  'refund-too-many': words(
    'This payment has too many refunds already. Nothing was refunded; call the owner.',
    '此筆收款的退款次數已達上限，未有退款；請通知負責人。',
    '此笔收款的退款次数已达上限，未退款；请联系负责人。',
  ),
  'refunded-outside': words(
    'This payment was refunded outside this till. Nothing was refunded; compare with QFPay first.',
    '此筆收款已在其他地方退款，現未有退款；請先與 QFPay 核對。',
    '此笔收款已在其他地方退款，现未退款；请先与 QFPay 核对。',
  ),
  'refund-unconfirmed': words(
    'QFPay has not confirmed this payment yet. Nothing was refunded; try again in a moment.',
    'QFPay 尚未確認此筆收款，未有退款；請稍後再試。',
    'QFPay 尚未确认此笔收款，未退款；请稍后再试。',
  ),
  'refund-sent': words(
    'This refund has been sent already and cannot be taken back.',
    '此退款已送出，不能收回。',
    '此退款已发出，不能收回。',
  ),
  'nothing-to-decide': words(
    'Somebody has settled this already, or there is nothing to settle. Look at it again.',
    '此事項已由他人處理，或無須處理，請再查看。',
    '此事项已由他人处理，或无须处理，请再查看。',
  ),
  'another-matter': words(
    'Something new has happened to this payment. Nothing was settled; look at it again.',
    '此筆收款有新情況，未有處理，請再查看。',
    '此笔收款有新情况，未处理，请再查看。',
  ),
  'choice-not-open': words(
    'As this payment stands now, that choice is not possible. Nothing was settled.',
    '以此筆收款現時的狀況，不能選擇此項，未有處理。',
    '以此笔收款目前的状况，不能选择此项，未处理。',
  ),
  'override-not-open': words(
    'This payment is no longer being checked, so nothing was changed. Look at it again.',
    '此筆收款已不在查核中，未有更改；請再查看。',
    '此笔收款已不在核查中，未更改；请再查看。',
  ),
  'shift-open': words(
    'This shift is still open. Close it first; then a correction can be added.',
    '此更次尚未收更，請先收更，再加更正。',
    '此班次尚未交班，请先交班，再加更正。',
  ),
  'sale-has-live-payment': words(
    'This sale already has a payment under way. Do not charge again; finish that one first.',
    '此單已有一筆收款進行中，請勿重複收款，先完成該筆。',
    '此单已有一笔收款进行中，请勿重复收款，先完成该笔。',
  ),
  'not-live': words(
    'This payment has ended meanwhile. Look at Sales.',
    '此筆收款已結束，請查看交易紀錄。',
    '此笔收款已结束，请查看交易记录。',
  ),
  'code-used': words(
    'This payment code was scanned before. Nothing was sent; ask for a fresh code.',
    '此付款碼已掃描過，未有送出，請顧客刷新付款碼。',
    '此付款码已扫描过，未发送，请顾客刷新付款码。',
  ),
  'view-name-taken': words(
    'You already have a view of that name. Choose another name.',
    '你已有同名的檢視，請改用其他名稱。',
    '你已有同名的视图，请改用其他名称。',
  ),
  'too-many-views': words(
    'You have 50 views. Delete one before you save another.',
    '你已有50個檢視，請先刪除一個再儲存。',
    '你已有50个视图，请先删除一个再保存。',
  ),
  'too-many-notes': words(
    'This payment has 100 notes, which is all it can hold. Nothing was added.',
    '此筆交易已有100則備註，不能再加；未有新增。',
    '此笔交易已有100条备注，不能再加；未新增。',
  ),
  'receipt-not-paid': words(
    'There is no receipt: this payment is not paid, or a manager has to look at it first.',
    '未能列印收據：此筆尚未付款，或須先由經理查核。',
    '无法打印收据：此笔尚未付款，或须先由经理核查。',
  ),
  'too-many-prints': words(
    'This receipt has been printed 50 times, which is the end. Nothing was printed.',
    '此收據已列印50次，不能再列印；未有列印。',
    '此收据已打印50次，不能再打印；未打印。',
  ),
  'not-found': words('There is nothing under that number.', '找不到此編號。', '找不到此编号。'),
  'too-many-sales': words(
    'Too many sales in one minute. Wait a moment; nothing was charged.',
    '一分鐘內開單過多，請稍候；未有收款。',
    '一分钟内开单过多，请稍候；未收款。',
  ),
  'counter-without-outlet': words(
    'Counter {counter} belongs to no outlet, so nothing was charged. The owner assigns it under Outlets.',
    '櫃枱 {counter} 未編入任何分店，未有收款；請店主在「分店」頁面編配。',
    '柜台 {counter} 未编入任何分店，未收款；请店主在“分店”页面分配。',
  ),
  'counter-elsewhere': words(
    'Counter {counter} is in an outlet where you do not work, so nothing was charged. Change the counter or ask the owner.',
    '櫃枱 {counter} 屬於你不負責的分店，未有收款；請更改櫃枱或聯絡店主。',
    '柜台 {counter} 属于您不负责的分店，未收款；请更改柜台或联系店主。',
  ),
  'comparison-running': words(
    'Another day is being compared now. Wait until it is done, or stop it.',
    '正在核對另一日的帳目，請等待完成或先行停止。',
    '正在核对另一天的账目，请等待完成或先停止。',
  ),
  'difference-settled': words(
    'This difference is settled already. Look at who settled it.',
    '此差異已經處理，請查看處理人。',
    '此差异已经处理，请查看处理人。',
  ),
  'outlet-mchid-taken': words(
    'Another outlet has this mchid, or has none as well. Each outlet needs the one that QFPay assigned to it.',
    '另一間分店已使用此 mchid（或同樣沒有 mchid），每間分店須使用 QFPay 編配的 mchid。',
    '另一家分店已使用此 mchid（或同样没有 mchid），每家分店须使用 QFPay 分配的 mchid。',
  ),
  'outlet-name-taken': words(
    'Another outlet has this name. Choose another name.',
    '已有同名分店，請改用其他名稱。',
    '已有同名分店，请改用其他名称。',
  ),
  'outlet-has-payments': words(
    'Payments were taken with this mchid, so it stays. Close this outlet and add a new one.',
    '此 mchid 已有交易，不能更改；請停用此分店，再新增分店。',
    '此 mchid 已有交易，不能更改；请停用此分店，再新增分店。',
  ),
  'outlet-last': words(
    'This is the only outlet in business. Add another one first.',
    '這是唯一營業中的分店，請先新增另一間。',
    '这是唯一营业中的分店，请先新增另一家。',
  ),
  'outlet-owner': words(
    'An owner works everywhere and cannot be limited.',
    '店主可管理所有分店，不能設限。',
    '店主可管理所有分店，不能限制。',
  ),
  starting: words(
    'The server is starting. Wait a moment; nothing was charged.',
    '系統正在啟動，請稍候；未有收款。',
    '系统正在启动，请稍候；未收款。',
  ),
  'database-failed': words(
    'The database does not answer. Look at the last sales before you charge again, and call the manager.',
    '資料庫沒有回應，重新收款前請先查看最近收款紀錄，並通知經理。',
    '数据库没有响应，重新收款前请先查看最近收款记录，并联系经理。',
  ),
  fault: words(
    'Something broke. Do not charge again before you have looked at the last sales.',
    '系統發生錯誤，請先查看最近收款紀錄，切勿即時重複收款。',
    '系统发生错误，请先查看最近收款记录，切勿立即重复收款。',
  ),
};

const FAILURES: Readonly<Record<Exclude<FailureCode, 'no-answer'>, Words>> = {
  refused: words(
    'Not paid. No money was taken; try again or use another method.',
    '未能付款，未有收款；請再試或改用其他付款方式。',
    '未能付款，未收款；请再试或改用其他付款方式。',
  ),
  expired: words(
    'The QR expired without payment. Make a new one.',
    '二維碼已過期，未有收款，請重新產生。',
    '二维码已过期，未收款，请重新生成。',
  ),
  cancelled: words('Cancelled. No money was taken.', '已取消，未有收款。', '已取消，未收款。'),
  'never-sent': words(
    'Nothing was sent. Charge again.',
    '未有送出，請重新收款。',
    '未发送，请重新收款。',
  ),
  'never-arrived': words(
    'The request never reached QFPay. No money was taken; charge again.',
    '要求未有送達 QFPay，未有收款，請重新收款。',
    '请求未送达 QFPay，未收款，请重新收款。',
  ),
  'gateway-busy': words(
    'QFPay is busy. Checking; do not charge again yet.',
    'QFPay 繁忙，正在查核，請先勿重複收款。',
    'QFPay 繁忙，正在核查，请先勿重复收款。',
  ),
  'gateway-unreachable': words(
    'QFPay cannot be reached. Nothing was sent; try again or take another method.',
    '無法連接 QFPay，未有送出，請再試或改用其他付款方式。',
    '无法连接 QFPay，未发送，请再试或改用其他付款方式。',
  ),
};

export const problemText = (code: ProblemCode, language: Language): string =>
  PROBLEMS[code][language];

const REFERENCE = words(
  '{text} Reference: {reference}',
  '{text}參考編號：{reference}',
  '{text}参考编号：{reference}',
);

/** For whoever calls for help: the same word stands in the log of the server. */
export const withReference = (text: string, reference: string, language: Language): string =>
  fill(REFERENCE[language], { text, reference });

/** What a failure means when no result code of QFPay's says it better. */
export const failureText = (code: Exclude<FailureCode, 'no-answer'>, language: Language): string =>
  FAILURES[code][language];
