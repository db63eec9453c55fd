/** Trying a scanner: English, Traditional Chinese as Hong Kong says it, Simplified. */
export const deskScanner = {
  'scanner.title': ['Scanner', '掃描器', '扫描器'],
  'scanner.text': [
    'Read codes here as the till would. Nothing that is read is charged or sent.',
    '在此試讀付款碼，方法與收銀機相同。讀到的內容不會收款，亦不會送出。',
    '在此试读付款码，方法与收银台相同。读到的内容不会收款，也不会发出。',
  ],
  'scanner.hand': ['Hand scanner', '手持掃描槍', '手持扫码枪'],
  'scanner.hand-text': [
    'It is ready. Scan any code; no field needs to be chosen.',
    '已就緒，請掃描任何條碼或二維碼，毋須先選欄位。',
    '已就绪，请扫描任何条码或二维码，无须先选输入框。',
  ],
  'scanner.camera': ['Camera', '鏡頭', '摄像头'],
  'scanner.camera-text': [
    'Hold a customer’s code, a product or a printed QR in front of it.',
    '將付款碼、貨品條碼或印刷的二維碼對準鏡頭。',
    '将付款码、商品条码或印刷的二维码对准摄像头。',
  ],
  'scanner.open': ['Open the camera', '開啟鏡頭', '打开摄像头'],
  'scanner.close': ['Close the camera', '關閉鏡頭', '关闭摄像头'],
  'scanner.frames': ['Last frame: {ms} ms', '最近一格：{ms} 毫秒', '最近一帧：{ms} 毫秒'],
  'scanner.pictures': ['Picture files', '圖片檔案', '图片文件'],
  'scanner.pictures-text': [
    'Photos or screenshots of codes, as many as you like. They stay on this device.',
    '付款碼的相片或截圖，數量不限。圖片只留在此裝置。',
    '付款码的照片或截图，数量不限。图片只留在此设备。',
  ],
  'scanner.choose': ['Choose pictures', '選擇圖片', '选择图片'],
  'scanner.pending': ['Still to read: {count}', '尚待讀取：{count}', '尚待读取：{count}'],
  'scanner.results': ['What was read', '讀取結果', '读取结果'],
  'scanner.none': [
    'Nothing yet. Scan a code, open the camera or choose a picture.',
    '尚未有結果。請掃描、開啟鏡頭或選擇圖片。',
    '尚无结果。请扫描、打开摄像头或选择图片。',
  ],
  'scanner.tally': [
    'Payment codes in {read} of {pictures} pictures; half of them within {median} ms, 95 in 100 within {slow} ms',
    '{pictures} 張圖片中有 {read} 張讀到付款碼；半數在 {median} 毫秒內，95% 在 {slow} 毫秒內',
    '{pictures} 张图片中有 {read} 张读到付款码；半数在 {median} 毫秒内，95% 在 {slow} 毫秒内',
  ],
  'scanner.older': [
    'The newest {count} are shown; all are in the text for programs.',
    '只顯示最新 {count} 項，全部結果見供程式使用的文字。',
    '只显示最新 {count} 项，全部结果见供程序使用的文本。',
  ],
  'scanner.clear': ['Clear', '清除', '清除'],
  'scanner.json': ['For programs (JSON)', '供程式使用（JSON）', '供程序使用（JSON）'],
  'scanner.ms': ['{ms} ms', '{ms} 毫秒', '{ms} 毫秒'],

  'scanner.verdict.payment-code': ['Payment code', '付款碼', '付款码'],
  'scanner.verdict.old-code': [
    'Old payment code: it was shown minutes ago. Ask for a fresh one.',
    '舊付款碼：數分鐘前已出示，請顧客刷新。',
    '旧付款码：几分钟前已出示，请顾客刷新。',
  ],
  'scanner.verdict.product': [
    'Product barcode: the till refuses it',
    '貨品條碼：收銀機不會接受',
    '商品条码：收银台不会接受',
  ],
  'scanner.verdict.merchant-qr': [
    'A shop’s own QR: the till refuses it',
    '商戶二維碼：收銀機不會接受',
    '商户二维码：收银台不会接受',
  ],
  'scanner.verdict.too-long': [
    'Too long for a payment code: the till refuses it',
    '長度超出付款碼：收銀機不會接受',
    '长度超出付款码：收银台不会接受',
  ],
  'scanner.verdict.unreadable': [
    'No payment code can hold this: the till refuses it',
    '並非付款碼內容：收銀機不會接受',
    '并非付款码内容：收银台不会接受',
  ],
  'scanner.verdict.nothing': ['No code found', '找不到任何碼', '找不到任何码'],
  'scanner.verdict.two-codes': [
    'Two payment codes in one picture: the till takes neither',
    '同一畫面有兩個付款碼：收銀機兩個都不會接受',
    '同一画面有两个付款码：收银台两个都不会接受',
  ],
  'scanner.verdict.no-picture': [
    'This file is no picture that the browser opens',
    '瀏覽器無法開啟此檔案為圖片',
    '浏览器无法将此文件作为图片打开',
  ],
  'scanner.verdict.no-reader': ['The reader did not start', '讀碼器未能啟動', '读码器未能启动'],

  'scanner.source.hand': ['Hand scanner', '手持掃描槍', '手持扫码枪'],
  'scanner.source.camera': ['Camera', '鏡頭', '摄像头'],
  'scanner.source.file': ['Picture', '圖片', '图片'],
  'scanner.step.keys': ['typed by the scanner', '由掃描槍輸入', '由扫码枪输入'],
  'scanner.step.whole': ['whole picture', '整個畫面', '整个画面'],
  'scanner.step.strip': ['stripes set upright', '條碼拉正', '条码拉正'],
  'scanner.step.centre': ['middle enlarged', '放大中央', '放大中央'],
  'scanner.step.native': ['the browser’s own reader', '瀏覽器內置讀碼', '浏览器内置读码'],
} as const;
