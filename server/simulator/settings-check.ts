/** Turns a patch of switches into settings, or names every fault of it. */
import type { Settings } from './settings';

type Check = (value: unknown) => boolean;

const oneOf =
  (...values: readonly (string | null)[]): Check =>
  (value) =>
    values.some((each) => each === value);
const flag: Check = (value) => typeof value === 'boolean';
const whole: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const atLeastOne: Check = (value) => whole(value) && Number(value) > 0;
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const texts: Check = (value) =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
const tableOf =
  (check: Check): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every(check);
const cancelMode = oneOf('works', '1297', '1150', '1155', 'lies');

const CHECKS: Readonly<Record<keyof Settings, Check>> = {
  shape: oneOf('flat', 'envelope'),
  unpaidStatus: oneOf('PENDING', 'SUCCESS'),
  responseSignature: oneOf('raw', 'seed', 'none', 'wrong'),
  guessAlgorithm: flag,
  acceptSignedEmpties: flag,
  mchidRefusal: oneOf('1108', '1104'),
  rateLimits: flag,
  perSecond: atLeastOne,
  perMinute: atLeastOne,
  expiredCode: oneOf('1181', '1142'),
  expiryFor: oneOf('all', 'wechat-alipay'),
  defaultMinutes: atLeastOne,
  latePayment: flag,
  autoPayMs: orNull(whole),
  passwordFrom: orNull(whole),
  pendingCode: oneOf('1143', '1145'),
  routedPayType: oneOf('wallet', 'router'),
  codeLifeMs: atLeastOne,
  monthPartition: flag,
  queryData: oneOf('array', 'object'),
  rowState: oneOf('both', 'respcd', 'txstatus'),
  shuffle: flag,
  visibilityDelayMs: whole,
  numberListChars: orNull(atLeastOne),
  refundInProgress: oneOf('1143', '1145', null),
  refundMs: orNull(whole),
  refundPolls: orNull(whole),
  seedRefunds: oneOf('accept', 'refuse'),
  fpsRefunds: oneOf('none', '29-days'),
  blackoutBy: oneOf('request', 'payment', 'off'),
  balance: oneOf('takings', 'unlimited'),
  fullOnlyPayTypes: texts,
  fullOnlyCurrencies: texts,
  refundedCode: oneOf('1125', '1262', '1264'),
  busyRefundCode: oneOf('1145', '1254'),
  refusedRefundKeepsNumber: flag,
  reversal: tableOf(cancelMode),
  close: tableOf(cancelMode),
  cancelMinAgeMs: tableOf(whole),
  lieMs: whole,
  reversalOfPaid: oneOf('refuse', 'refund'),
  notifyMpm: flag,
  notifyCpm: flag,
  notifyRefunds: flag,
  notifyUrlFirst: oneOf('request', 'registered'),
  anyPort: oneOf('loopback', 'always', 'never'),
  notifyTimeoutMs: atLeastOne,
};

const isSwitch = (name: string): name is keyof Settings => Object.hasOwn(CHECKS, name);

export type Patched =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly faults: readonly string[] };

export function patchSettings(current: Settings, patch: object): Patched {
  const faults = Object.entries(patch).flatMap(([name, value]) => {
    if (!isSwitch(name)) return [`no such switch: ${name}`];
    return CHECKS[name](value) ? [] : [`not a value of ${name}: ${JSON.stringify(value)}`];
  });
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, settings: { ...current, ...patch } };
}
