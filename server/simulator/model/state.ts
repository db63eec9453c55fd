/** What the gateway remembers. All times are ms UTC on the simulator's clock. */
import type { Account } from '../accounts';
import type { FaultBook } from '../faults';
import type { PayMode, Wallet } from '../pay-types';
import type { Settings } from '../settings';
import type { Random } from './random';

type OrderState = 'open' | 'asking' | 'paid' | 'refused' | 'expired' | 'closed' | 'reversed';

/** What a payer will do by himself: at a time, or once the order was asked about often enough. */
export type Plan = {
  readonly act: { readonly kind: 'pay' } | { readonly kind: 'refuse'; readonly code: string };
  readonly at: number | null;
  readonly polls: number | null;
  /** Happens whatever the order has become meanwhile, as wallets sometimes manage. */
  readonly force: boolean;
};

type Common = {
  readonly account: Account;
  readonly mchid: string | null;
  readonly syssn: string;
  readonly number: string;
  readonly serial: number;
  readonly amount: number;
  readonly currency: string;
  /** Echoed, never interpreted (protocol.md §2.7). */
  readonly txdtm: string;
  readonly sysAt: number;
  readonly udid: string;
};

export type Order = Common & {
  readonly kind: 'payment';
  readonly payType: string;
  readonly usedPayType: string;
  readonly wallet: Wallet | null;
  readonly mode: PayMode;
  readonly goodsName: string;
  readonly notifyUrl: string | null;
  readonly qrText: string | null;
  readonly expiresAt: number | null;
  state: OrderState;
  /** Inner `respcd` while it is neither paid nor waiting. */
  endCode: string;
  pendingCode: '1143' | '1145';
  cancel: '0' | '1' | '2' | '3' | '5';
  paidAt: number | null;
  chnlsn: string;
  cardcd: string;
  plan: Plan | null;
  /** Overrides the setting for this order. */
  late: boolean | null;
  /** The payer put it out of sight. */
  ignored: boolean;
  /** Somebody has to confirm on the wallet page. */
  prompt: boolean;
  readonly refunds: Refund[];
};

type RefundState = 'working' | 'done' | 'refused';
export type Refund = Common & {
  readonly kind: 'refund';
  readonly original: Order;
  state: RefundState;
  endCode: string;
  pendingCode: '1143' | '1145';
  doneAt: number | null;
  dueAt: number | null;
  pollsLeft: number | null;
};
export type Entry = Order | Refund;

export type Movement = {
  readonly at: number;
  readonly appCode: string;
  readonly mchid: string | null;
  readonly kind: 'payment' | 'refund' | 'reversal';
  readonly number: string;
  readonly syssn: string;
  /** Minor units, positive towards the shop. */
  readonly amount: number;
  readonly currency: string;
};

export type IssuedCode = {
  readonly code: string;
  readonly wallet: Wallet;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly askPassword: boolean;
  usedBy: string | null;
};

export type NoticeAttempt = {
  readonly at: number;
  readonly status: number | null;
  readonly answer: string;
  readonly accepted: boolean;
};
type NoticeState = 'waiting' | 'sending' | 'delivered' | 'given-up' | 'withheld';
export type Notice = {
  readonly id: number;
  readonly kind: 'payment' | 'refund' | 'forged';
  readonly number: string;
  readonly syssn: string;
  readonly url: string;
  readonly body: string;
  readonly signature: string | null;
  /** What was done to it on purpose. */
  readonly faults: readonly string[];
  /** Goes out before the answer of the call that caused it. */
  readonly beforeAnswer: boolean;
  readonly attempts: NoticeAttempt[];
  state: NoticeState;
  dueAt: number | null;
};

export type World = {
  accounts: readonly Account[];
  settings: Settings;
  readonly faults: FaultBook;
  readonly random: Random;
  serial: number;
  readonly orders: Order[];
  readonly refunds: Refund[];
  readonly bySyssn: Map<string, Entry>;
  /** By account and number; a number may carry several. */
  readonly byNumber: Map<string, Entry[]>;
  /** By month of `sysdtm`. */
  readonly byMonth: Map<string, Entry[]>;
  readonly live: Set<Order>;
  readonly working: Set<Refund>;
  readonly ledger: Movement[];
  /** Unsettled takings in minor units, by account, outlet and Hong Kong day. */
  readonly takings: Map<string, number>;
  readonly codes: Map<string, IssuedCode>;
  readonly notices: Notice[];
  /** Those of them that wait for their time. */
  readonly waiting: Set<Notice>;
};
