/**
 * Every switch of the simulator, with the default that protocol.md §10 column "S:" asks for. A
 * patch that names an unknown switch or a value outside its kind is refused whole.
 */
import type { Shape } from './accounts';

export type CancelMode = 'works' | '1297' | '1150' | '1155' | 'lies';

export type Settings = {
  /** Answers: flat (as production is seen) or the specification's envelope (§10.2). */
  readonly shape: Shape;
  /** Envelope: `txstatus` of an unpaid QR order (§12.3). */
  readonly unpaidStatus: 'PENDING' | 'SUCCESS';
  /** X-QF-SIGN on answers (§10.7). */
  readonly responseSignature: 'raw' | 'seed' | 'none' | 'wrong';
  /** No X-QF-SIGNTYPE: tell MD5 from SHA256 by the digest's length (§10.1). */
  readonly guessAlgorithm: boolean;
  /** Accept signatures that kept empty values (§10.8). */
  readonly acceptSignedEmpties: boolean;
  /** Code for a missing, foreign or unasked `mchid` (§12.1). */
  readonly mchidRefusal: '1108' | '1104';
  readonly rateLimits: boolean;
  readonly perSecond: number;
  readonly perMinute: number;

  /** State of an expired QR order (§12.4). */
  readonly expiredCode: '1181' | '1142';
  /** Whose `expired_time` is honoured; the others live `defaultMinutes` (§10.23). */
  readonly expiryFor: 'all' | 'wechat-alipay';
  readonly defaultMinutes: number;
  /** The payer can still pay after expiry or close. */
  readonly latePayment: boolean;
  /** Pays every new QR order by itself after so many ms; null leaves it to the payer. */
  readonly autoPayMs: number | null;
  /** Payment codes ask for a password from this amount on; null never. */
  readonly passwordFrom: number | null;
  /** State while the payer types it. */
  readonly pendingCode: '1143' | '1145';
  /** What the router 800008 says that it used (§10.31). */
  readonly routedPayType: 'wallet' | 'router';
  /** How long a payment code of the wallet page lives. */
  readonly codeLifeMs: number;

  /** Look-ups by number obey the calendar month too (§10.17). */
  readonly monthPartition: boolean;
  /** `object` answers a single found record as an object (§10.4). */
  readonly queryData: 'array' | 'object';
  /** Where a record's state stands in the envelope (§6.1). */
  readonly rowState: 'both' | 'respcd' | 'txstatus';
  readonly shuffle: boolean;
  /** A new record is not found by query for so long. */
  readonly visibilityDelayMs: number;
  /** Longest list of numbers, in characters; null for no limit (§7.9). */
  readonly numberListChars: number | null;

  /** Refunds start in progress with this code; null finishes them at once. */
  readonly refundInProgress: '1143' | '1145' | null;
  /** An unfinished refund is done after so long, or after so many queries, whichever is first. */
  readonly refundMs: number | null;
  readonly refundPolls: number | null;
  /** A refund that names only a sale's own number (§10.9). */
  readonly seedRefunds: 'accept' | 'refuse';
  /** §10.13. */
  readonly fpsRefunds: 'none' | '29-days';
  /** What the 23:30 to 00:30 rule looks at (§10.27). */
  readonly blackoutBy: 'request' | 'payment' | 'off';
  /** `takings`: refunds come out of today's unsettled takings (§7.7). */
  readonly balance: 'takings' | 'unlimited';
  readonly fullOnlyPayTypes: readonly string[];
  readonly fullOnlyCurrencies: readonly string[];
  /** Refunding what is already wholly refunded. */
  readonly refundedCode: '1125' | '1262' | '1264';
  /** Another refund of the same sale is running (§11.19). */
  readonly busyRefundCode: '1145' | '1254';
  /** A refused refund uses its number up (§11.30). */
  readonly refusedRefundKeepsNumber: boolean;

  /** By pay type; `*` for all others (§12.8). */
  readonly reversal: Readonly<Record<string, CancelMode>>;
  readonly close: Readonly<Record<string, CancelMode>>;
  /** Youngest age, in ms, at which an order can be cancelled, by pay type. */
  readonly cancelMinAgeMs: Readonly<Record<string, number>>;
  /** `lies` answers 0000 and the payer pays so long after. */
  readonly lieMs: number;
  /** Reversing a paid order: refused, or the money goes back (§10.40). */
  readonly reversalOfPaid: 'refuse' | 'refund';

  readonly notifyMpm: boolean;
  readonly notifyCpm: boolean;
  readonly notifyRefunds: boolean;
  /** Which URL wins when there are two (§10.19). */
  readonly notifyUrlFirst: 'request' | 'registered';
  /** Ports but 80 and 443: only to this machine itself, everywhere, nowhere (§5.9). */
  readonly anyPort: 'loopback' | 'always' | 'never';
  /** A receiver that has not answered by then has failed; real ms. */
  readonly notifyTimeoutMs: number;
};

export const DEFAULT_SETTINGS: Settings = {
  shape: 'flat',
  unpaidStatus: 'PENDING',
  responseSignature: 'raw',
  guessAlgorithm: false,
  acceptSignedEmpties: false,
  mchidRefusal: '1108',
  rateLimits: true,
  perSecond: 100,
  perMinute: 400,
  expiredCode: '1181',
  expiryFor: 'all',
  defaultMinutes: 30,
  latePayment: false,
  autoPayMs: null,
  passwordFrom: null,
  pendingCode: '1143',
  routedPayType: 'wallet',
  codeLifeMs: 60_000,
  monthPartition: true,
  queryData: 'array',
  rowState: 'both',
  shuffle: true,
  visibilityDelayMs: 0,
  numberListChars: 128,
  refundInProgress: null,
  refundMs: 10_000,
  refundPolls: null,
  seedRefunds: 'accept',
  fpsRefunds: 'none',
  blackoutBy: 'request',
  balance: 'takings',
  fullOnlyPayTypes: [],
  fullOnlyCurrencies: [],
  refundedCode: '1125',
  busyRefundCode: '1145',
  refusedRefundKeepsNumber: true,
  reversal: {},
  close: {},
  cancelMinAgeMs: {},
  lieMs: 1000,
  reversalOfPaid: 'refuse',
  notifyMpm: true,
  notifyCpm: true,
  notifyRefunds: true,
  notifyUrlFirst: 'request',
  anyPort: 'loopback',
  notifyTimeoutMs: 10_000,
};
