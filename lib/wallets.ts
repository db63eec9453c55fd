/**
 * QFPay's payment types as data: which wallet, how it is used, what may be given back. It says
 * what the sources say (protocol.md §8); which of them a shop has opened is the shop's setting.
 */
export type Wallet =
  | 'alipay'
  | 'wechat'
  | 'unionpay'
  | 'payme'
  | 'fps'
  | 'octopus'
  | 'card'
  | 'apple-pay';
/** The wallets of a counter: what a tile can be. */
export type CounterWallet = Exclude<Wallet, 'card' | 'apple-pay'>;

type PayTypeMode =
  | 'MPM'
  | 'CPM'
  | 'web'
  | 'wap'
  | 'app'
  | 'h5'
  | 'jsapi'
  | 'mini-program'
  | 'terminal'
  | 'online';

export type RefundRule = {
  /** 'unknown': no source says no, none says yes. 'as-wallet': as what was really used. */
  readonly allowed: 'yes' | 'no' | 'unknown' | 'as-wallet';
  /** Days after the payment; null where no source names a limit. */
  readonly days: number | null;
  readonly partial: 'yes' | 'no' | 'unknown' | 'next-day' | 'as-wallet';
};

type CancelRule = {
  readonly by: 'close' | 'reversal' | 'none';
  /** How old an order must be before we ask to stop it (money.md T20). */
  readonly minimumAgeMs: number;
};

export type PayType = {
  readonly code: string;
  readonly wallet: Wallet | 'any';
  readonly mode: PayTypeMode;
  /** Usable by a till through /trade/v1/payment. */
  readonly counter: boolean;
  readonly refund: RefundRule;
  /** The smallest amount that is not refused by rule, in minor units. See ADVISED_MINIMUM. */
  readonly minimum: number;
  /** What the answer to a payment brings. 'none': not sold through this endpoint. */
  readonly returns: 'qrcode' | 'result' | 'pay_url' | 'pay_params' | 'none';
  /** The QR really ends at `expired_time` (§7.3); the others' lifetimes are unknown. */
  readonly honoursExpiry: boolean;
  readonly cancel: CancelRule;
  readonly onlyCurrency: 'HKD' | null;
  /** Where the row comes from: sections of protocol.md and tags of its §0. */
  readonly source: string;
};

/** Below this the wallets' risk control may refuse (§7.2): advice, not a rule. Minor units. */
export const ADVISED_MINIMUM = 200;

/** "Whatever wallet the customer shows": QFPay routes by the scanned code. */
export const CPM_ANY = '800008';

const YEAR: RefundRule = { allowed: 'yes', days: 365, partial: 'yes' };
const UNTOLD: RefundRule = { allowed: 'unknown', days: null, partial: 'unknown' };
const PAYME: RefundRule = { allowed: 'yes', days: 90, partial: 'unknown' };
const AS_WALLET: RefundRule = { allowed: 'as-wallet', days: null, partial: 'as-wallet' };

type Row = Pick<PayType, 'code' | 'wallet' | 'refund' | 'source'> & Partial<PayType>;

const mpm = (row: Row): PayType => ({
  mode: 'MPM',
  counter: true,
  minimum: 1,
  returns: 'qrcode',
  honoursExpiry: false,
  cancel: { by: 'close', minimumAgeMs: 0 },
  onlyCurrency: null,
  ...row,
});

const cpm = (row: Row): PayType => ({
  mode: 'CPM',
  counter: true,
  minimum: 1,
  returns: 'result',
  honoursExpiry: false,
  // WeChat asks not to revoke a scan within 15 s of its making (§5.2).
  cancel: { by: 'reversal', minimumAgeMs: 15_000 },
  onlyCurrency: null,
  ...row,
});

const elsewhere = (row: Row & Pick<PayType, 'mode' | 'returns'>): PayType => ({
  counter: false,
  minimum: 1,
  honoursExpiry: false,
  cancel: { by: 'none', minimumAgeMs: 0 },
  onlyCurrency: null,
  ...row,
});

const ALIPAY: readonly PayType[] = [
  mpm({
    code: '800101',
    wallet: 'alipay',
    refund: YEAR,
    honoursExpiry: true,
    source: '§8.1 SEED; expiry §7.3 DEV; refund ALI, 91APP',
  }),
  cpm({ code: '800108', wallet: 'alipay', refund: YEAR, source: '§8.1 SEED; refund ALI, 91APP' }),
  elsewhere({
    code: '801101',
    wallet: 'alipay',
    mode: 'web',
    refund: YEAR,
    minimum: 101,
    returns: 'pay_url',
    source: '§8.1 SEED: more than HKD 1; §10.14',
  }),
  elsewhere({
    code: '801107',
    wallet: 'alipay',
    mode: 'wap',
    refund: YEAR,
    returns: 'pay_url',
    source: '§8.1 SEED',
  }),
  elsewhere({
    code: '801110',
    wallet: 'alipay',
    mode: 'app',
    refund: YEAR,
    returns: 'pay_params',
    source: '§8.1 SEED',
  }),
  elsewhere({
    code: '800107',
    wallet: 'alipay',
    mode: 'h5',
    refund: UNTOLD,
    returns: 'pay_params',
    source: '§8.1 SEED; gone from DEV, §10.32',
  }),
  mpm({
    code: '801501',
    wallet: 'alipay',
    refund: YEAR,
    honoursExpiry: true,
    onlyCurrency: 'HKD',
    source: '§8.1 SEED; HKD only LIVE zh; expiry §7.3 DEV; refund ALI, 91APP',
  }),
  elsewhere({
    code: '801510',
    wallet: 'alipay',
    mode: 'app',
    refund: YEAR,
    returns: 'pay_params',
    onlyCurrency: 'HKD',
    source: '§8.1 SEED; HKD only §7.2 LIVE zh',
  }),
  elsewhere({
    code: '801512',
    wallet: 'alipay',
    mode: 'wap',
    refund: YEAR,
    returns: 'pay_url',
    onlyCurrency: 'HKD',
    source: '§8.1 SEED; HKD only §7.2 LIVE zh; refund 91APP',
  }),
  elsewhere({
    code: '801514',
    wallet: 'alipay',
    mode: 'web',
    refund: YEAR,
    returns: 'pay_url',
    onlyCurrency: 'HKD',
    source: '§8.1 SEED; HKD only §7.2 LIVE zh; refund 91APP',
  }),
];

const WECHAT: readonly PayType[] = [
  mpm({
    code: '800201',
    wallet: 'wechat',
    refund: YEAR,
    honoursExpiry: true,
    // WeChat Native refuses to close an order in its first five minutes (money.md §0.8, F52).
    cancel: { by: 'close', minimumAgeMs: 300_000 },
    source: '§8.1 SEED; expiry §7.3 DEV; refund WX, 91APP',
  }),
  cpm({ code: '800208', wallet: 'wechat', refund: YEAR, source: '§8.1 SEED; refund WX' }),
  elsewhere({
    code: '800207',
    wallet: 'wechat',
    mode: 'jsapi',
    refund: YEAR,
    returns: 'pay_params',
    source: '§8.1 SEED',
  }),
  elsewhere({
    code: '800212',
    wallet: 'wechat',
    mode: 'h5',
    refund: YEAR,
    returns: 'pay_url',
    source: '§8.1 SEED; refund 91APP',
  }),
  elsewhere({
    code: '800210',
    wallet: 'wechat',
    mode: 'app',
    refund: YEAR,
    returns: 'pay_params',
    source: '§8.1 SEED',
  }),
  elsewhere({
    code: '800213',
    wallet: 'wechat',
    mode: 'mini-program',
    refund: YEAR,
    returns: 'pay_params',
    source: '§8.1 SEED',
  }),
  cpm({
    code: '801008',
    wallet: 'wechat',
    refund: YEAR,
    source: '§8.1 SEED: only for merchants contracted with WeChat Pay HK',
  }),
  elsewhere({
    code: '801010',
    wallet: 'wechat',
    mode: 'app',
    refund: YEAR,
    returns: 'pay_params',
    source: '§8.1 SEED',
  }),
];

const PAYME_TYPES: readonly PayType[] = [
  mpm({ code: '805801', wallet: 'payme', refund: PAYME, source: '§8.1 SEED; refund 91APP' }),
  cpm({ code: '805808', wallet: 'payme', refund: PAYME, source: '§8.1 SEED; refund 91APP' }),
  elsewhere({
    code: '805814',
    wallet: 'payme',
    mode: 'web',
    refund: PAYME,
    returns: 'pay_url',
    source: '§8.1 SEED; refund 91APP',
  }),
  elsewhere({
    code: '805812',
    wallet: 'payme',
    mode: 'wap',
    refund: { ...PAYME, partial: 'yes' },
    returns: 'pay_url',
    source: '§8.1 SEED; partial refund seen by 91APP',
  }),
];

const UNIONPAY: readonly PayType[] = [
  mpm({ code: '800701', wallet: 'unionpay', refund: UNTOLD, source: '§8.1 SEED' }),
  cpm({ code: '800708', wallet: 'unionpay', refund: UNTOLD, source: '§8.1 SEED' }),
  elsewhere({
    code: '800712',
    wallet: 'unionpay',
    mode: 'wap',
    refund: UNTOLD,
    returns: 'pay_url',
    source: '§8.1 SEED',
  }),
  elsewhere({
    code: '800714',
    wallet: 'unionpay',
    mode: 'web',
    refund: UNTOLD,
    returns: 'pay_url',
    source: '§8.1 SEED',
  }),
];

const FPS_AND_OCTOPUS: readonly PayType[] = [
  mpm({
    code: '802001',
    wallet: 'fps',
    refund: { allowed: 'no', days: null, partial: 'no' },
    onlyCurrency: 'HKD',
    source: '§8.1 SEED: no refunds (91APP ran some within 29 days, §10.13); HKD only LIVE zh',
  }),
  mpm({ code: '803701', wallet: 'octopus', refund: UNTOLD, source: '§8.1 SEED' }),
  elsewhere({
    code: '803712',
    wallet: 'octopus',
    mode: 'wap',
    refund: UNTOLD,
    returns: 'pay_url',
    source: '§8.1 SEED',
  }),
  elsewhere({
    code: '803714',
    wallet: 'octopus',
    mode: 'web',
    refund: UNTOLD,
    returns: 'pay_url',
    source: '§8.1 SEED',
  }),
];

/** A same-day card refund is a void: the whole amount or nothing (§7.7). */
const CARDS: readonly PayType[] = [
  elsewhere({
    code: '802801',
    wallet: 'card',
    mode: 'online',
    refund: { allowed: 'yes', days: 365, partial: 'next-day' },
    returns: 'none',
    source: '§8.1 SEED; hosted checkout DEV; refund 91APP',
  }),
  elsewhere({
    code: '802808',
    wallet: 'card',
    mode: 'terminal',
    refund: { allowed: 'yes', days: 365, partial: 'next-day' },
    returns: 'none',
    source: '§8.1 SEED; ECR terminal only §5.11',
  }),
  elsewhere({
    code: '806527',
    wallet: 'apple-pay',
    mode: 'online',
    refund: AS_WALLET,
    returns: 'none',
    source: '§8.1 SEED: as the card behind it; hosted checkout DEV',
  }),
  elsewhere({
    code: '806708',
    wallet: 'card',
    mode: 'terminal',
    refund: { allowed: 'unknown', days: null, partial: 'next-day' },
    returns: 'none',
    source: '§8.1 SEED; ECR terminal only §5.11',
  }),
  elsewhere({
    code: '806808',
    wallet: 'card',
    mode: 'terminal',
    refund: { allowed: 'unknown', days: null, partial: 'next-day' },
    returns: 'none',
    source: '§8.1 SEED; ECR terminal only §5.11',
  }),
];

/** The 36 payment types of protocol.md §8.1. */
export const PAY_TYPES: readonly PayType[] = [
  cpm({ code: CPM_ANY, wallet: 'any', refund: AS_WALLET, source: '§8.1 SEED; §10.31' }),
  ...ALIPAY,
  ...WECHAT,
  ...PAYME_TYPES,
  ...UNIONPAY,
  ...FPS_AND_OCTOPUS,
  ...CARDS,
];

/**
 * Codes that may stand in a query row or a notification although we never send them (§8.2). The
 * wallet of the legacy kinds is read from their first four digits, as no source spells it out.
 */
const TOLERATED: ReadonlyMap<string, Wallet> = new Map([
  ['805810', 'payme'],
  ['800710', 'unionpay'],
  ['803708', 'octopus'],
  ['801801', 'alipay'],
  ['801808', 'alipay'],
  ['801810', 'alipay'],
  ['801814', 'alipay'],
  ['802828', 'card'],
  ['805508', 'card'],
  ['805514', 'card'],
  ['800151', 'alipay'],
  ['800152', 'alipay'],
  ['800228', 'wechat'],
]);

const BY_CODE: ReadonlyMap<string, PayType> = new Map(PAY_TYPES.map((type) => [type.code, type]));

/** One of the 36, or null: an unknown code is shown as "other (code)", never a fault. */
export const payType = (code: string): PayType | null => BY_CODE.get(code) ?? null;

/** Null when the code routes by itself (`800008`) or is unknown. */
export const walletOf = (code: string): Wallet | null => {
  const wallet = BY_CODE.get(code)?.wallet ?? TOLERATED.get(code) ?? null;
  return wallet === 'any' ? null : wallet;
};

/** In the order of the tiles on the till. */
export const COUNTER_WALLETS: readonly CounterWallet[] = [
  'alipay',
  'wechat',
  'unionpay',
  'payme',
  'fps',
  'octopus',
];

/** The pay type that a tile sends: we show a QR (§5.1). */
const TILE: Readonly<Record<CounterWallet, string>> = {
  alipay: '801501',
  wechat: '800201',
  unionpay: '800701',
  payme: '805801',
  fps: '802001',
  octopus: '803701',
};

export const tilePayType = (wallet: CounterWallet): string => TILE[wallet];
