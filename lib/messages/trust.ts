/**
 * The page that helps a tablet to trust this server. What stands between → is what the device's
 * own menus say in that language.
 */
import { fill, LANGUAGES, type Language } from './language';

const TRUST = {
  title: ['Trust this shop’s server', '信任本店的伺服器', '信任本店的服务器'],
  lead: [
    'The camera, and the till as an app, need a secure address. This server made its certificate itself, so each device is told once to trust it.',
    '鏡頭和收銀應用程式都要用安全網址。這部伺服器自行製作憑證，因此每部裝置要設定信任一次。',
    '摄像头和收银应用都需要安全网址。这台服务器自己制作了证书，因此每台设备要设置信任一次。',
  ],

  off: ['This server runs without HTTPS', '這部伺服器未使用 HTTPS', '这台服务器没有使用 HTTPS'],
  'off-says': [
    'So browsers give no camera here, except on the machine of the server itself. A hand scanner works all the same.',
    '所以除了伺服器本機外，瀏覽器都不會開放鏡頭。掃描槍不受影響，照常可用。',
    '所以除了服务器本机以外，浏览器都不会开放摄像头。扫码枪不受影响，照常可用。',
  ],
  'off-do': [
    'On that machine run npm run certificate, do what it prints, and open this page again.',
    '請在伺服器上執行 npm run certificate，按畫面指示設定後，再打開本頁。',
    '请在服务器上运行 npm run certificate，按提示设置后，再打开本页。',
  ],
  elsewhere: [
    'There is nothing to install here',
    '這裡沒有需要安裝的東西',
    '这里没有需要安装的内容',
  ],
  'elsewhere-says': [
    'The certificate of this server was made elsewhere. If a browser warns about it, ask whoever set up the server.',
    '這部伺服器的憑證並非在此製作。如瀏覽器發出警告，請聯絡設定伺服器的人。',
    '这台服务器的证书不是在这里制作的。如果浏览器发出警告，请联系设置服务器的人。',
  ],
  away: [
    'No tablet can reach this server yet: it listens to its own machine only. Set HOST=0.0.0.0 and start it again.',
    '平板電腦暫時連不到這部伺服器，因為它只接受本機連線。請設定 HOST=0.0.0.0 後重新啟動。',
    '平板电脑暂时连不上这台服务器，因为它只接受本机连接。请设置 HOST=0.0.0.0 后重新启动。',
  ],

  qr: ['This page on another device', '在其他裝置打開本頁', '在其他设备打开本页'],
  download: ['Download the authority', '下載根憑證', '下载根证书'],
  fingerprint: ['Compare the fingerprint', '核對指紋', '核对指纹'],
  'fingerprint-says': [
    'It must be what npm run certificate printed on the server. If the device shows another one, stop there.',
    '必須與伺服器上 npm run certificate 顯示的相同。如裝置顯示不同，請停止安裝。',
    '必须与服务器上 npm run certificate 显示的相同。如果设备显示的不同，请停止安装。',
  ],
  limits: [
    'The authority counts for addresses of this shop’s own network only.',
    '此根憑證只對本店網絡內的地址有效。',
    '此根证书只对本店网络内的地址有效。',
  ],
  ends: [
    'The server’s certificate is good until {day}. Renewing it needs nothing on this device.',
    '伺服器憑證有效至 {day}，更新時無需再設定裝置。',
    '服务器证书有效至 {day}，更新时无需再设置设备。',
  ],
  till: ['When that is done, open the till', '完成後打開收銀', '完成后打开收银'],

  ipad: ['iPad and iPhone', 'iPad 及 iPhone', 'iPad 和 iPhone'],
  'ipad.1': [
    'In Safari press “Download the authority” and allow it.',
    '用 Safari 按「下載根憑證」，並選「允許」。',
    '用 Safari 点“下载根证书”，并选“允许”。',
  ],
  'ipad.2': [
    'Settings → Profile Downloaded → compare the fingerprint under More Details → Install.',
    '設定 → 已下載描述檔 → 在「更多詳細資訊」核對指紋 → 安裝。',
    '设置 → 已下载描述文件 → 在“更多详细信息”核对指纹 → 安装。',
  ],
  'ipad.3': [
    'Settings → General → About → Certificate Trust Settings → switch the authority on.',
    '設定 → 一般 → 關於本機 → 憑證信任設定 → 開啟此根憑證。',
    '设置 → 通用 → 关于本机 → 证书信任设置 → 打开此根证书。',
  ],
  'ipad.4': [
    'Open the till in Safari. As an app: Share → Add to Home Screen.',
    '用 Safari 打開收銀。如要成為應用程式：分享 → 加入主畫面。',
    '用 Safari 打开收银。如要成为应用：共享 → 添加到主屏幕。',
  ],
  android: ['Android', 'Android', 'Android'],
  'android.1': [
    'In Chrome press “Download the authority”.',
    '用 Chrome 按「下載根憑證」。',
    '用 Chrome 点“下载根证书”。',
  ],
  'android.2': [
    'Settings → search “CA certificate” → Install anyway → choose countertop-authority.crt.',
    '設定 → 搜尋「CA 憑證」→ 仍要安裝 → 選 countertop-authority.crt。',
    '设置 → 搜索“CA 证书”→ 仍然安装 → 选 countertop-authority.crt。',
  ],
  'android.3': [
    'Settings → search “Trusted credentials” → User: compare the fingerprint.',
    '設定 → 搜尋「信任的憑證」→ 使用者：核對指紋。',
    '设置 → 搜索“信任的凭据”→ 用户：核对指纹。',
  ],
  'android.4': [
    'Open the till in Chrome. As an app: menu ⋮ → Add to home screen.',
    '用 Chrome 打開收銀。如要成為應用程式：選單 ⋮ → 加到主畫面。',
    '用 Chrome 打开收银。如要成为应用：菜单 ⋮ → 添加到主屏幕。',
  ],
  windows: ['Windows', 'Windows', 'Windows'],
  'windows.1': [
    'Press “Download the authority” and open the file; compare the thumbprint (SHA-1) under Details.',
    '按「下載根憑證」並打開檔案，在「詳細資料」核對指紋（SHA-1）。',
    '点“下载根证书”并打开文件，在“详细信息”核对指纹（SHA-1）。',
  ],
  'windows.2': [
    'Install Certificate → Current User → Place all certificates in the following store → Trusted Root Certification Authorities.',
    '安裝憑證 → 目前使用者 → 將所有憑證放入以下的存放區 → 受信任的根憑證授權單位。',
    '安装证书 → 当前用户 → 将所有的证书都放入下列存储 → 受信任的根证书颁发机构。',
  ],
  'windows.3': [
    'Close the browser, and open the till in Edge or Chrome. As an app: the install sign in the address bar.',
    '關閉瀏覽器，再用 Edge 或 Chrome 打開收銀。如要成為應用程式：按網址列的安裝圖示。',
    '关闭浏览器，再用 Edge 或 Chrome 打开收银。如要成为应用：点地址栏的安装图标。',
  ],
} as const satisfies Readonly<Record<string, readonly [string, string, string]>>;

export type TrustKey = keyof typeof TRUST;

export const trustWord = (
  key: TrustKey,
  language: Language,
  values: Readonly<Record<string, string>> = {},
): string => fill(TRUST[key][LANGUAGES.indexOf(language)] ?? TRUST[key][0], values);

/** All of it in one language, for the tests that look for the wrong one. */
export const trustWords = (language: Language): readonly string[] =>
  (Object.keys(TRUST) as TrustKey[]).map((key) => trustWord(key, language));
