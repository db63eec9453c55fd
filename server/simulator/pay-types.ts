/** QFPay's pay types as the simulator treats them (protocol.md §5.1–5.3, §8). */
export type Wallet = 'alipay' | 'wechat' | 'unionpay' | 'payme' | 'fps' | 'octopus' | 'card';
export type PayMode = 'MPM' | 'CPM' | 'WEB' | 'TERMINAL';

export type PayType = {
  /** Null for the router, which takes the wallet of the code. */
  readonly wallet: Wallet | null;
  readonly mode: PayMode;
};

const of = (wallet: Wallet | null, mode: PayMode): PayType => ({ wallet, mode });

export const PAY_TYPES: Readonly<Record<string, PayType>> = {
  '800008': of(null, 'CPM'),
  '800101': of('alipay', 'MPM'),
  '800108': of('alipay', 'CPM'),
  '801101': of('alipay', 'WEB'),
  '801107': of('alipay', 'WEB'),
  '801501': of('alipay', 'MPM'),
  '801512': of('alipay', 'WEB'),
  '801514': of('alipay', 'WEB'),
  '800201': of('wechat', 'MPM'),
  '800208': of('wechat', 'CPM'),
  '800212': of('wechat', 'WEB'),
  '801008': of('wechat', 'CPM'),
  '805801': of('payme', 'MPM'),
  '805808': of('payme', 'CPM'),
  '805812': of('payme', 'WEB'),
  '805814': of('payme', 'WEB'),
  '800701': of('unionpay', 'MPM'),
  '800708': of('unionpay', 'CPM'),
  '800712': of('unionpay', 'WEB'),
  '800714': of('unionpay', 'WEB'),
  '802001': of('fps', 'MPM'),
  '803701': of('octopus', 'MPM'),
  '803712': of('octopus', 'WEB'),
  '803714': of('octopus', 'WEB'),
  '802801': of('card', 'TERMINAL'),
  '802808': of('card', 'TERMINAL'),
  '806527': of('card', 'TERMINAL'),
  '806708': of('card', 'TERMINAL'),
  '806808': of('card', 'TERMINAL'),
};

export const COUNTER_PAY_TYPES: readonly string[] = Object.entries(PAY_TYPES)
  .filter(([, type]) => type.mode === 'MPM' || type.mode === 'CPM')
  .map(([code]) => code);

/** What the router says that it used. Octopus has no code of its own for scanning. */
export const CPM_OF_WALLET: Readonly<Partial<Record<Wallet, string>>> = {
  alipay: '800108',
  wechat: '800208',
  unionpay: '800708',
  payme: '805808',
};
