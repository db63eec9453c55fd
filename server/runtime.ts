/**
 * Introduces everybody to everybody and steps aside. There is one of it in a process, however often
 * its module is evaluated, and it is the only door from the app into the server.
 */
import 'server-only';
import type { Role } from '@/lib/contract';
import { BASE_URLS } from '@/server/qfpay/environments';
import { ConfigurationMistake, type Environment, environment, isDevelopment } from './env';
import { reachable } from './env-address';
import { lookFirst } from './first-look';
import { createHub } from './hub';
import { log } from './log';
import { openMemory, secretOf, serverName, shopClock } from './memory';
import { createMetrics } from './metrics';
import { createNotifyFrom } from './notify-from';
import { createIds, newPrefix } from './numbers';
import { openOutlets, placed } from './outlets';
import { createPaymentLog, type Named, namesOf } from './payment-log';
import { createPayments, type World } from './payments';
import type { Alert, Clock, ReadNotification } from './payments/ports';
import { createBudget, type SharedBudget } from './qfpay/budget';
import type { Alarm } from './qfpay/call';
import { createQfpay } from './qfpay/client';
import { createNotificationReader } from './qfpay/notification';
import { createHttpTransport } from './qfpay/transport';
import { createReceiptTokens } from './receipt-token';
import {
  type AuthSetting,
  authOptions,
  cookieName,
  DEVICE_COOKIE_S,
  deviceCookieName,
  displayCookieName,
  standingOfCookie,
  type Telling,
} from './staff/auth';
import { createPace } from './staff/pace';
import { keysOf } from './staff/secret';
import type { Standing } from './staff/session';
import { createSetUp, type SetUp } from './staff/setup';
import { addStaff, type Desk } from './staff/sign-in';
import { type OpenedStore, StoreRefused } from './store';
import { createVerbs, VERSION } from './verbs';

export type { Watch } from './display-verbs';
export type { Person, Standing } from './staff/session';
export { isDatabaseFault } from './store';
export { log };

export type App = Awaited<ReturnType<typeof open>>;

type Shelf = { app: App | null; starting: Promise<void> | null };
const SHELF = Symbol.for('countertop.app');
const shared = globalThis as typeof globalThis & { [SHELF]?: Shelf };
shared[SHELF] ??= { app: null, starting: null };
const shelf: Shelf = shared[SHELF];

/** Null while the server starts. */
export const app = (): App | null => shelf.app;

/** Opens everything and asks its first question. A mistake ends the process with its sentences. */
export function start(): Promise<void> {
  shelf.starting ??= open().then(
    (opened) => {
      shelf.app = opened;
    },
    (fault) => {
      refuseToStart(fault);
    },
  );
  return shelf.starting;
}

function refuseToStart(fault: unknown): never {
  if (fault instanceof StoreRefused) process.stderr.write(`${fault.told}\n`);
  else if (fault instanceof ConfigurationMistake) process.stderr.write(`${fault.message}\n`);
  else log.fault('start', fault, { operator: 'the server could not start' });
  process.exit(1);
}

async function open() {
  const env = environment();
  const secure = env.tls !== null || env.trustedProxy;
  lookFirst({ behindAFront: secure, dev: isDevelopment() });
  for (const warning of env.warnings) log.warning('configuration', { message: warning });
  const opened = await openMemory(env, (says) => log.info('store', { message: says }));
  const clock = shopClock(opened);
  await keepPracticeApart(opened, env);
  const keys = keysOf(secretOf(env));
  const hub = createHub({
    changes: opened.reads.changes,
    startAt: await opened.reads.lastChange(),
    onFault: (fault) => log.fault('events', fault),
    tellOthers: opened.others?.refresh ?? (async () => {}),
  });
  opened.others?.listen({ changed: hub.changed, refreshed: hub.refreshHere });
  const prefix = await opened.meta.installationPrefix(newPrefix);
  const ids = createIds(prefix, { key: keys.fingerprintKey, wall: clock.wall });
  const budget = budgetOf({ env, opened, clock, ids });
  const payments = createPayments(createWorld({ env, opened, clock, ids, hub, ...budget }));
  const { pinPepper } = keys;
  const desk = { store: opened.staff, pinPepper, now: clock.wall, settings: opened.settings };
  const setUp = createSetUp(desk);
  await hireFirstStaff(env, desk, setUp);
  const auth: AuthSetting = { desk, sessionKey: keys.sessionKey, secure };
  const first = { mchid: env.mchid, name: env.shop.name };
  const made = { newId: ids.saleId, now: clock.wall() };
  const disagrees = await openOutlets(opened, first, made);
  if (disagrees !== null) log.warning('configuration', { message: disagrees });
  await payments.start();
  const isStopping = closeWith(opened, async () => {
    hub.close();
    await payments.stop();
  });
  const mayStart = createPace(clock.wall);
  const newId = ids.saleId;
  const receipts = createReceiptTokens(keys.receiptKey);
  const rooms = { env, opened, payments, hub, desk, receipts };
  const verbs = createVerbs({ ...rooms, mayStart, setUp, newId });
  return {
    ...verbs,
    isStopping,
    metrics: createMetrics({
      ...{ env, opened, hub, clock, version: VERSION, server: serverName(env) },
      budget: { name: budget.name, isCut: budget.budget.isCut },
      onFault: (fault) => log.fault('metrics', fault, { operator: 'the database did not answer' }),
    }),
    authOptions: authOptions(auth, SIGN_INS),
    cookieName: cookieName(auth.secure),
    deviceCookie: cookieOf(deviceCookieName(auth.secure), auth),
    displayCookie: cookieOf(displayCookieName(auth.secure), auth),
    /** Who sent this and on which session; null for nobody. */
    sessionOf: async (cookie: string | undefined): Promise<Standing | null> => {
      const here = await standingOfCookie(auth, cookie);
      return here === null ? null : { ...here, person: await placed({ opened }, here.person) };
    },
    notified: payments.notified,
    mayNotify: createNotifyFrom(env.notifyFrom),
  };
}

/** Who comes and goes, for the log (security.md S68). */
const SIGN_INS: Telling = {
  fault: (code) => log.warning('sign-in', { code }),
  came: ({ says, ...who }) =>
    says === 'signed-in' ? log.info(says, who) : log.warning('sign-in-refused', { ...who, says }),
  left: (staff) => log.info('signed-out', { staff }),
};

/** A cookie that a device keeps for as long as browsers keep any. */
const cookieOf = (name: string, { secure }: AuthSetting) => ({
  ...{ name, secure, maxAge: DEVICE_COOKIE_S },
});

/** A practice shop has accounts whose PINs everybody knows: they must never move real money. */
async function keepPracticeApart({ meta }: OpenedStore, env: Environment): Promise<void> {
  const mine = env.environment === 'simulator' ? 'practice' : 'real';
  if ((await meta.once('money', () => mine)) === mine) return;
  const other = mine === 'real' ? 'was made for practice with the simulator' : 'is of a real shop';
  throw new ConfigurationMistake([
    `The database ${env.database.name} ${other}: set DATABASE_URL to another one, or QFPAY_ENV ` +
      'to what it was before.',
  ]);
}

type Parts = {
  env: Environment;
  opened: OpenedStore;
  clock: Clock;
  ids: World['ids'];
  hub: ReturnType<typeof createHub>;
  budget: SharedBudget;
};

function budgetOf({ env, opened, clock, ids }: Omit<Parts, 'hub' | 'budget'>) {
  const name = ids.fingerprint(`credential:${env.appCode}`);
  const { store } = opened;
  return { name, budget: createBudget({ clock, random: Math.random, store, name }) };
}

function createWorld({ env, opened, clock, ids, hub, budget }: Parts): World {
  const { key, appCode, signType, unitOf } = env;
  const named: NamesOf = (report) => namesOf(report, opened.store.read.refund);
  const tell = createPaymentLog(log.info);
  const gateway = createQfpay({
    ...{ appCode, key, signType, unitOf, clock, budget },
    transport: createHttpTransport({ baseUrl: env.baseUrl }),
    notifyUrl: env.notifyUrl,
    shopName: env.shop.name,
    shopTimeZone: env.shop.timeZone,
    onCall: (report) => {
      const { endpoint: kind, ms, says, respcd, status, silence } = report;
      const what = { kind, ms, says, respcd, status, code: silence };
      void named(report).then((names) => log.info('qfpay', { ...names, ...what }));
    },
    onAlarm: createAlarm(clock.steady, named),
  });
  return {
    ...{ gateway, budget, clock, ids, store: opened.store },
    readNotification: byOneOf(env.notifyKeys, unitOf),
    out: {
      changed: (payment) => {
        hub.changed();
        tell(payment);
      },
      alert: raise,
    },
    fault: () => {},
    server: serverName(env),
    outlets: opened.outlets.swept,
    comparisons: opened.comparisons,
    currency: env.shop.currency,
    fpsRefunds: env.fpsRefunds,
  };
}

type NamesOf = (about: Parameters<typeof namesOf>[0]) => Promise<Named>;
/** While QFPay changes a shop's key, what it signed before may come after. */
function byOneOf(keys: readonly string[], unitOf: Environment['unitOf']): ReadNotification {
  const readers = keys.map((key) => createNotificationReader({ key, unitOf }));
  return (raw, signature) => {
    const read = readers.map((reader) => reader(raw, signature));
    return read.find((notice) => notice !== null) ?? null;
  };
}

const OPERATOR: Readonly<Record<Alarm['kind'], string>> = {
  'set-up': 'compare app code, key, mchid and environment with what QFPay issued',
  'bad-signature':
    'somebody may stand between this server and QFPay; check the network and the key',
  contradiction: 'send this number and the time to QFPay: its answer contradicts itself',
  clock: 'set the clock of this machine (NTP): refunds, days and months go by it',
  'paid-twice': 'QFPay shows two paid orders under one number; refund one in the merchant portal',
  unsendable:
    'the request could not be said to QFPay; check the currency and its QFPAY_UNIT setting',
};
const ALARM_AGAIN_MS = 60_000;

/** A wrong key answers every question of a poll the same way: once a minute is enough. */
function createAlarm(now: () => number, named: NamesOf): (alarm: Alarm) => void {
  const last = new Map<string, number>();
  return (alarm) => {
    const { kind, respcd, detail } = alarm;
    if (now() - (last.get(kind) ?? Number.NEGATIVE_INFINITY) < ALARM_AGAIN_MS) return;
    last.set(kind, now());
    const what = { kind, respcd, message: detail, operator: OPERATOR[kind] };
    void named(alarm).then((names) => log.error('qfpay-alarm', { ...names, ...what }));
  };
}

function raise({ kind, paymentId, says }: Alert): void {
  log.warning(kind, { paymentId, message: says, operator: 'a manager must look at this payment' });
}

const DEMO: readonly { code: string; name: string; role: Role; pin: string }[] = [
  { code: '3000', name: 'Mei', role: 'cashier', pin: '300300' },
  { code: '2000', name: 'Ka Ming', role: 'manager', pin: '200200' },
  { code: '1000', name: 'Ms Chan', role: 'owner', pin: '100100' },
];

/** Demo staff exist in the simulator only; elsewhere the owner comes from SETUP_OWNER_PIN. */
async function hireFirstStaff(env: Environment, desk: Desk, setUp: SetUp): Promise<void> {
  if (env.environment === 'simulator') {
    for (const person of DEMO) await addStaff(desk, person);
    return;
  }
  if ((await desk.store.staffCount()) > 0) return;
  if (env.setupOwnerPin !== null) {
    const owner = { code: '1000', name: 'Owner', role: 'owner' } as const;
    await addStaff(desk, { ...owner, pin: env.setupOwnerPin });
    const detail = { did: 'staff-added', person: '1000', name: 'Owner', role: 'owner' };
    const act = { at: desk.now(), actor: 'server', detail };
    await desk.store.change((rights) => rights.note(act));
    return;
  }
  const own = `${env.tls === null ? 'http' : 'https'}://${reachable(env.host)}:${env.port}`;
  log.announce(
    `There is no staff yet. Open ${env.publicUrl ?? own}/setup within 15 minutes and enter the ` +
      `one-time code ${setUp.begin()}. It makes owner 1000 for ${BASE_URLS[env.environment]}.`,
  );
}

/**
 * Streams first, so that Next.js can end; the file last, because requests still need it. Answers
 * whether it has begun.
 */
function closeWith(opened: OpenedStore, stop: () => Promise<void>): () => boolean {
  let stopping = false;
  const leave = () => {
    stopping = true;
    void stop();
  };
  process.once('SIGTERM', leave);
  process.once('SIGINT', leave);
  process.once('exit', () => opened.close());
  return () => stopping;
}
