/** The control door's verbs about the gateway itself; the table is in control.ts. */
import { type Account, makeAccount } from '../accounts';
import { FAULT_ENDPOINTS, FAULT_KINDS, type FaultKind, type FaultRule } from '../faults';
import { readStamp } from '../hong-kong';
import { accountOf, takingsKey } from '../model/records';
import { patchSettings } from '../settings-check';
import type { Act } from './control-orders';
import type { Reader } from './reader';
import { clockView } from './views';
import { done, failed, type Outcome, type Works } from './works';

export const readConfig = (body: object): object => body;
export const actConfig: Act<object> = (works, patch) => {
  const patched = patchSettings(works.model.world.settings, patch);
  if (!patched.ok) return { status: 400, value: { error: 'invalid', faults: patched.faults } };
  works.model.setSettings(patched.settings);
  return done(patched.settings);
};

export const readTakings = (from: Reader) => ({
  amount: from.whole('amount'),
  appCode: from.textOrNull('appCode'),
  mchid: from.textOrNull('mchid'),
});
const namedAccount = (works: Works, appCode: string | null): Account | null => {
  const { world } = works.model;
  return appCode === null ? (world.accounts[0] ?? null) : accountOf(world, appCode);
};
export const actTakings: Act<ReturnType<typeof readTakings>> = (works, given) => {
  const account = namedAccount(works, given.appCode);
  if (account === null) return failed(404, 'no-such-account');
  const key = takingsKey({ account, mchid: given.mchid }, works.clock.now());
  works.model.world.takings.set(key, given.amount);
  return done({ amount: given.amount });
};

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
const orNull = (value: unknown): value is string | null =>
  value === null || typeof value === 'string';

/** What may be said of an account; a member left out stays as it is. */
const ACCOUNT_FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  key: (value) => typeof value === 'string' && value !== '',
  signType: (value) => value === null || value === 'MD5' || value === 'SHA256',
  mchids: isTexts,
  payTypes: isTexts,
  currencies: isTexts,
  notifyUrl: orNull,
  notifyKey: orNull,
  shape: (value) => value === null || value === 'flat' || value === 'envelope',
};

export const readAccount = (from: Reader) => ({
  appCode: from.textOrNull('appCode'),
  fields: Object.keys(ACCOUNT_FIELDS).map((name) => [name, from.any(name)] as const),
});
export const actAccount: Act<ReturnType<typeof readAccount>> = (works, given): Outcome => {
  const said = given.fields.filter(([, value]) => value !== undefined);
  const wrong = said.find(([name, value]) => ACCOUNT_FIELDS[name]?.(value) !== true);
  if (wrong !== undefined) return failed(400, `not a value of ${wrong[0]}`);
  const { accounts } = works.model.world;
  const known = namedAccount(works, given.appCode);
  const before = known ?? makeAccount({ appCode: given.appCode ?? '' });
  const changed: Account = { ...before, ...Object.fromEntries(said) };
  works.model.setAccounts(
    known === null
      ? [...accounts, changed]
      : accounts.map((account) => (account === known ? changed : account)),
  );
  return done({ appCode: changed.appCode });
};

/** Where a fault strikes and what it says unless told. */
const usualStage = (kind: FaultKind): FaultRule['stage'] =>
  kind === 'status' || kind === 'html' ? 'before' : 'after';

export const readFault = (from: Reader) => {
  const kind = from.oneOf('kind', FAULT_KINDS);
  const number = from.textOrNull('number');
  const amount = from.wholeOrNull('amount');
  const payType = from.textOrNull('payType');
  const rule: FaultRule = {
    kind,
    endpoint: from.oneOf('endpoint', FAULT_ENDPOINTS, 'any'),
    stage: from.oneOf('stage', ['before', 'after'], usualStage(kind)),
    match: {
      ...(number === null ? {} : { number }),
      ...(amount === null ? {} : { amount: String(amount) }),
      ...(payType === null ? {} : { payType }),
    },
    ms: from.whole('ms', 0),
    status: from.whole('status', kind === 'status' ? 429 : 500),
    respcd: from.text('respcd', '9999'),
    inner: from.flag('inner', false),
    count: from.whole('count', 1),
  };
  return { rule, times: from.whole('times', 1) };
};
export const actFault: Act<ReturnType<typeof readFault>> = (works, { rule, times }) =>
  done({ fault: works.model.world.faults.add(rule, times === 0 ? null : times) });

export const readClock = (from: Reader) => ({
  now: from.any('now') ?? null,
  advance: from.wholeOrNull('advance'),
  speed: from.any('speed') ?? null,
});
export const actClock: Act<ReturnType<typeof readClock>> = (works, { now, advance, speed }) => {
  const at = typeof now === 'string' ? readStamp(now) : now;
  if (at !== null && (typeof at !== 'number' || !Number.isSafeInteger(at))) {
    return failed(400, 'now must be ms or YYYY-MM-DD hh:mm:ss, Hong Kong time');
  }
  if (typeof now === 'string' && at === null) return failed(400, 'now is not a time');
  if (speed !== null && (typeof speed !== 'number' || !(speed >= 0) || speed > 1e6)) {
    return failed(400, 'speed must be a number from 0 to 1000000');
  }
  if (at !== null) works.clock.set(at);
  if (advance !== null) works.clock.advance(advance);
  if (speed !== null) works.clock.setSpeed(speed);
  works.model.advance(works.clock.now());
  return done(clockView(works));
};
