/**
 * QFPay's result codes as data, and what each one proves. Where the meaning is doubtful the verdict
 * is 'unclear', never 'refused': a wrong refusal makes a customer pay twice. The table of money.md
 * §2.4 decides; what it leaves open follows the classes of protocol.md §9. It moves no state.
 */
import type { Next } from './contract';

/** What each call can be told. A query's verdict is about a row, never about the whole answer. */
export type Verdicts = {
  readonly 'charge-cpm': 'paid' | 'pending' | 'refused' | 'unclear';
  readonly 'charge-mpm': 'created' | 'pending' | 'refused' | 'unclear';
  readonly query: 'paid' | 'pending' | 'refused' | 'closed' | 'none' | 'unclear';
  readonly refund: 'done' | 'processing' | 'refused' | 'deferred' | 'unclear';
  readonly close: 'closed' | 'paid' | 'refused' | 'unclear';
};
export type Call = keyof Verdicts;

/** protocol.md §9.1 */
type ResultClass = 'OK' | 'PENDING' | 'UNKNOWN' | 'FAIL' | 'CONFLICT' | 'WAIT' | 'CONFIG' | 'BUG';

export type Result = {
  readonly respcd: string;
  /** 'seed': protocol.md §9.2. 'extra': §9.3, mostly of old documents. */
  readonly origin: 'seed' | 'extra';
  /** The class on a charge or a query row, and on a refund or cancel. */
  readonly classes: { readonly charge: ResultClass; readonly refund: ResultClass };
  readonly verdicts: Verdicts;
  /** What the cashier does after a charge was answered so. */
  readonly next: Next;
  /** After a charge. True whenever that charge is not surely unpaid. */
  readonly moneyMayHaveMoved: boolean;
  /** Repeating never helps: the shop's set-up or our request is wrong. */
  readonly alertOwner: boolean;
  /** On a query row: it was paid, and the money went back (money.md §2.4, 1125 and 1262). */
  readonly rowRefunded: boolean;
};

type Row = readonly [
  respcd: string,
  classes: ResultClass | readonly [charge: ResultClass, refund: ResultClass],
  charge: 'ok' | 'pending' | 'refused' | 'unclear',
  query: Verdicts['query'],
  refund: Verdicts['refund'],
  close: Verdicts['close'],
  next: Next,
];

/** The 52 codes of protocol.md §9.2. */
const SEED: readonly Row[] = [
  ['0000', 'OK', 'ok', 'paid', 'done', 'closed', 'wait'],
  ['1100', 'WAIT', 'unclear', 'pending', 'unclear', 'refused', 'wait'],
  ['1101', 'UNKNOWN', 'unclear', 'unclear', 'unclear', 'unclear', 'wait'],
  ['1102', 'CONFLICT', 'unclear', 'unclear', 'unclear', 'refused', 'wait'],
  ['1103', 'BUG', 'refused', 'unclear', 'refused', 'refused', 'call-manager'],
  ['1104', 'BUG', 'refused', 'unclear', 'refused', 'refused', 'other-wallet'],
  ['1105', 'CONFIG', 'refused', 'unclear', 'refused', 'refused', 'call-manager'],
  ['1106', 'CONFIG', 'refused', 'unclear', 'refused', 'refused', 'call-manager'],
  ['1107', 'CONFIG', 'refused', 'unclear', 'refused', 'refused', 'call-manager'],
  ['1108', 'CONFIG', 'refused', 'unclear', 'refused', 'refused', 'call-manager'],
  ['1125', 'CONFLICT', 'unclear', 'paid', 'unclear', 'refused', 'wait'],
  ['1136', 'CONFLICT', 'unclear', 'none', 'unclear', 'refused', 'wait'],
  ['1142', ['FAIL', 'CONFLICT'], 'refused', 'closed', 'unclear', 'closed', 'try-again'],
  ['1143', 'PENDING', 'pending', 'pending', 'processing', 'unclear', 'wait'],
  ['1145', 'PENDING', 'pending', 'pending', 'processing', 'unclear', 'wait'],
  ['1147', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'try-again'],
  ['1150', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'call-manager'],
  ['1155', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'call-manager'],
  ['1181', 'FAIL', 'refused', 'closed', 'refused', 'closed', 'try-again'],
  ['1201', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'other-wallet'],
  ['1202', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'try-again'],
  ['1203', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'other-wallet'],
  ['1204', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'other-wallet'],
  ['1205', 'FAIL', 'unclear', 'pending', 'unclear', 'refused', 'wait'],
  ['1212', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'try-again'],
  ['1241', 'CONFIG', 'refused', 'unclear', 'refused', 'refused', 'call-manager'],
  ['1242', 'CONFIG', 'refused', 'unclear', 'refused', 'refused', 'call-manager'],
  ['1243', 'CONFIG', 'refused', 'unclear', 'refused', 'refused', 'call-manager'],
  ['1250', ['CONFIG', 'FAIL'], 'refused', 'refused', 'refused', 'refused', 'call-manager'],
  ['1251', ['CONFIG', 'CONFLICT'], 'refused', 'unclear', 'refused', 'refused', 'call-manager'],
  ['1252', 'UNKNOWN', 'unclear', 'pending', 'unclear', 'unclear', 'wait'],
  ['1254', 'UNKNOWN', 'unclear', 'pending', 'unclear', 'unclear', 'wait'],
  ['1260', 'CONFLICT', 'unclear', 'paid', 'unclear', 'paid', 'wait'],
  ['1261', 'CONFLICT', 'unclear', 'pending', 'refused', 'refused', 'wait'],
  ['1262', 'CONFLICT', 'unclear', 'paid', 'unclear', 'refused', 'wait'],
  ['1263', 'CONFLICT', 'refused', 'closed', 'unclear', 'closed', 'wait'],
  ['1264', 'CONFLICT', 'refused', 'closed', 'unclear', 'closed', 'wait'],
  ['1265', ['FAIL', 'WAIT'], 'refused', 'refused', 'deferred', 'refused', 'call-manager'],
  ['1266', 'CONFLICT', 'refused', 'unclear', 'refused', 'refused', 'call-manager'],
  ['1267', 'CONFLICT', 'refused', 'unclear', 'refused', 'refused', 'call-manager'],
  ['1268', 'CONFLICT', 'unclear', 'none', 'unclear', 'refused', 'wait'],
  ['1269', ['FAIL', 'WAIT'], 'refused', 'refused', 'refused', 'refused', 'call-manager'],
  ['1270', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'call-manager'],
  ['1271', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'call-manager'],
  ['1272', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'call-manager'],
  ['1294', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'other-wallet'],
  ['1295', 'UNKNOWN', 'unclear', 'pending', 'unclear', 'unclear', 'wait'],
  ['1296', 'UNKNOWN', 'unclear', 'pending', 'unclear', 'unclear', 'wait'],
  ['1297', ['UNKNOWN', 'FAIL'], 'unclear', 'pending', 'unclear', 'refused', 'wait'],
  ['1298', 'UNKNOWN', 'unclear', 'pending', 'unclear', 'unclear', 'wait'],
  ['2005', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'try-again'],
  ['2011', 'CONFLICT', 'unclear', 'unclear', 'unclear', 'refused', 'wait'],
];

const alike = (codes: readonly string[], ...rest: Tail): Row[] =>
  codes.map((respcd) => [respcd, ...rest]);
type Tail = Row extends readonly [string, ...infer Rest] ? Rest : never;

/** protocol.md §9.3: seen elsewhere, never in the specification. */
const EXTRA: readonly Row[] = [
  // A partial refund of a card sale on the same day; an older text says "invalid transaction".
  ['1124', 'WAIT', 'unclear', 'refused', 'refused', 'refused', 'call-manager'],
  ['2999', 'PENDING', 'pending', 'pending', 'processing', 'unclear', 'wait'],
  ['1170', 'WAIT', 'refused', 'unclear', 'refused', 'refused', 'other-wallet'],
  ['1144', 'FAIL', 'refused', 'refused', 'refused', 'refused', 'try-again'],
  ...alike(
    ['1111', '1112', '1127', '1128', '1131', '1146', '1154', '1161', '2009', '2010'],
    'UNKNOWN',
    'unclear',
    'unclear',
    'unclear',
    'unclear',
    'wait',
  ),
  ...alike(
    ['1109', '1110', '1126', '1129', '1132', '1141', '2008'],
    'BUG',
    'refused',
    'unclear',
    'refused',
    'refused',
    'call-manager',
  ),
  ...alike(
    [
      ...['1113', '1114', '1115', '1116', '1117', '1133', '1135', '1137', '1138', '1140', '1180'],
      ...['2001', '2002', '2003', '2012'],
    ],
    'CONFIG',
    'refused',
    'unclear',
    'refused',
    'refused',
    'call-manager',
  ),
  ...alike(
    ['1118', '1119', '1120', '1121', '1122', '1123', '1139', '2004'],
    'FAIL',
    'refused',
    'refused',
    'refused',
    'refused',
    'other-wallet',
  ),
  ...alike(
    ['1130', '1134', '1151', '1152', '1153'],
    'FAIL',
    'refused',
    'refused',
    'refused',
    'refused',
    'call-manager',
  ),
  ...alike(['2006', '2007'], 'FAIL', 'refused', 'refused', 'refused', 'refused', 'try-again'),
];

const DOUBTFUL: readonly ResultClass[] = ['OK', 'PENDING', 'UNKNOWN', 'CONFLICT'];
const SET_UP: readonly ResultClass[] = ['CONFIG', 'BUG'];
/** money.md §2.4 counts these two among our configuration although the order's data differ. */
const ALSO_SET_UP: readonly string[] = ['1266', '1267'];
const ROW_REFUNDED: readonly string[] = ['1125', '1262'];

const resultOf = (origin: Result['origin'], row: Row): Result => {
  const [respcd, both, charge, query, refund, close, next] = row;
  const [onCharge, onRefund] = typeof both === 'string' ? [both, both] : both;
  return {
    respcd,
    origin,
    classes: { charge: onCharge, refund: onRefund },
    verdicts: {
      'charge-cpm': charge === 'ok' ? 'paid' : charge,
      'charge-mpm': charge === 'ok' ? 'created' : charge,
      query,
      refund,
      close,
    },
    next,
    moneyMayHaveMoved: charge !== 'refused' || DOUBTFUL.includes(onCharge),
    alertOwner: SET_UP.includes(onCharge) || ALSO_SET_UP.includes(respcd),
    rowRefunded: ROW_REFUNDED.includes(respcd),
  };
};

/** Every code that we know, by its four digits. Read single ones with `result`. */
export const RESULTS: Readonly<Record<string, Result>> = Object.fromEntries([
  ...SEED.map((row) => [row[0], resultOf('seed', row)] as const),
  ...EXTRA.map((row) => [row[0], resultOf('extra', row)] as const),
]);

/** Null for a code that no source names. `respcd` is already four characters (§6.1). */
export const result = (respcd: string): Result | null =>
  Object.hasOwn(RESULTS, respcd) ? (RESULTS[respcd] ?? null) : null;

/**
 * What one code proves on one call; 'unclear' for every text that is not a known code. On a query
 * it takes the code of a row, and only after `isAnswered`. Amounts, currencies and numbers are
 * not looked at: 'paid' still needs them to match.
 */
export const classify = <C extends Call>(respcd: string, call: C): Verdicts[C] =>
  result(respcd)?.verdicts[call] ?? 'unclear';

/** Whether a query was answered at all: any other outer code tells nothing about a sale (§5.4). */
export const isAnswered = (outerRespcd: string): boolean => outerRespcd === '0000';
