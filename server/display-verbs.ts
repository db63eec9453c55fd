/**
 * The customers' screens: how one is paired with a counter, and the one payment of its counter as
 * a customer may see it. It reads and tells; nothing here charges, stops or decides.
 */
import type {
  DisplayCode,
  DisplayPayment,
  DisplayPicture,
  Keyed,
  KeyedAmount,
  NewDisplay,
} from '@/lib/contract-display';
import type { Payment } from '@/lib/payment';
import { hasReceipt, isDoubted } from '@/lib/receipt-paper';
import { settingFrom, walletsOf } from '@/lib/settings';
import { isoWithOffset } from '@/lib/time';
import { paymentView } from '@/lib/view';
import { type Asker, type Parts, type Refusal, readerOf } from './answers';
import type { Environment } from './env';
import { createMirror, type Mirror } from './mirror';
import { outletOfCounter } from './outlets';
import type { ReceiptTokens } from './receipt-token';
import { settingsNow } from './staff/choices';
import { beginDisplay, displayOf, pairDisplay, revokeDisplay } from './staff/displays';
import { createPace } from './staff/pace';
import { maySeeOutlet, type Person } from './staff/sign-in';
import { withPin } from './staff-verbs';
import type { OpenedStore } from './store';

/** What it takes of all the parts. */
type DisplayParts = {
  readonly env: Pick<Environment, 'environment' | 'shop' | 'fpsRefunds' | 'publicUrl'>;
  readonly opened: Pick<OpenedStore, 'reads' | 'outlets' | 'settings'>;
  readonly hub: Pick<Parts['hub'], 'listen' | 'refresh'>;
  readonly desk: Parts['desk'];
  readonly receipts: Pick<ReceiptTokens, 'tokenOf'>;
};
type Mirroring = DisplayParts & { readonly mirror: Mirror };

/** Whose payments a screen shows; `person` where it stands beside the till of somebody. */
export type Watch = { readonly counter: string; readonly person: Person | null };
export type DisplayStream = {
  readonly send: (picture: DisplayPicture) => void;
  readonly end: () => void;
};

/** Screens that ask for a code, of the whole shop. */
const CODES_PER_MINUTE = 60;
/** What is older than this is nobody's business at the counter any more. */
const LOOK_BACK_MS = 15 * 60_000;

export function createDisplayVerbs(given: DisplayParts) {
  const { desk, hub, env, opened } = given;
  const parts: Mirroring = { ...given, mirror: createMirror(desk.now) };
  const asked = withPin(parts);
  const mayBegin = createPace(desk.now, CODES_PER_MINUTE);
  return {
    beginDisplay: async (
      before: string | undefined,
    ): Promise<(DisplayCode & { readonly secret: string }) | Refusal> => {
      if (!mayBegin('code')) return { refused: 'too-many-tries', extra: { seconds: 60 } };
      const { code, secret, expiresAt } = await beginDisplay(desk, before);
      const iso = (ms: number) => isoWithOffset(ms, env.shop.timeZone);
      return { code, secret, expiresAt: iso(expiresAt), now: iso(desk.now()) };
    },
    pairDisplay: async ({ pin, code, counter }: NewDisplay, who: Asker) => {
      const place = await outletOfCounter(parts, counter, who.person);
      if ('refused' in place) return place;
      return asked(pin, who, (by) => pairDisplay(desk, { code, counter }, by));
    },
    revokeDisplay: async (id: string, pin: string, who: Asker) => {
      const done = await asked(pin, who, (by) => revokeDisplay(desk, id, by));
      // Every stream comes back at once and is asked anew whose it is.
      if (!('refused' in done)) hub.refresh();
      return done;
    },
    /** What customers are spoken to in until one chooses; null: the browser's wish. */
    customerLanguage: () => settingFrom(opened.settings, 'customer-language'),
    /** What the cookie of a paired screen opens; null for any other. */
    displayWatch: async (secret: string | undefined): Promise<Watch | null> => {
      const display = await displayOf(desk, secret);
      return display === null ? null : { counter: display.counter, person: null };
    },
    displayPicture: async (watch: Watch): Promise<DisplayPicture> => {
      const payment = await newestOf(parts, watch);
      const keyed = keyedAt(parts, watch);
      return { ...(await around(parts, watch)), payment: shown(parts, payment), keyed };
    },
    /** The till of this counter says what is being keyed; another outlet's counter is refused. */
    mirrorAmount: async (keyed: KeyedAmount, who: Asker): Promise<{ ok: true } | Refusal> => {
      const place = await outletOfCounter(parts, keyed.counter, who.person);
      if ('refused' in place) return place;
      parts.mirror.put(keyed);
      return { ok: true };
    },
    watchDisplay: (watch: Watch, stream: DisplayStream) => watchDisplay(parts, watch, stream),
  };
}

/** The whole picture at once, and again with every change: who was away has missed nothing. */
async function watchDisplay(
  parts: Mirroring,
  watch: Watch,
  { send, end }: DisplayStream,
): Promise<() => void> {
  let known: Payment | null = null;
  let frame: Frame | null = null;
  const tell = () => {
    if (frame === null) return;
    send({ ...frame, payment: shown(parts, known), keyed: keyedAt(parts, watch) });
  };
  const take = (payment: Payment) => {
    if (!isSeen(payment, watch) || (known !== null && !isLater(payment, known))) return;
    known = payment;
    tell();
  };
  const deaf = parts.mirror.listen((counter) => counter === watch.counter && tell());
  const leave = parts.hub.listen({
    onChange: (change) => 'payment' in change && take(change.payment),
    onClose: end,
  });
  const stop = () => {
    deaf();
    leave();
  };
  try {
    const newest = await newestOf(parts, watch);
    const standing = await around(parts, watch);
    if (newest !== null) take(newest);
    frame = standing;
    tell();
  } catch (fault) {
    stop();
    throw fault;
  }
  return stop;
}

/** What changes with neither a payment nor a key. */
type Frame = Omit<DisplayPicture, 'payment' | 'keyed'>;

function keyedAt({ mirror, env }: Mirroring, { counter }: Watch): Keyed | null {
  const keyed = mirror.of(counter);
  if (keyed === null || keyed.amount === 0) return null;
  const { timeZone, currency } = env.shop;
  return { amount: keyed.amount, currency, at: isoWithOffset(keyed.at, timeZone) };
}

const isSeen = ({ counter, outlet }: Payment, watch: Watch): boolean =>
  counter === watch.counter && (watch.person === null || maySeeOutlet(watch.person, outlet));

/** The newest sale stands in front, and its newest version. */
function isLater(one: Payment, known: Payment): boolean {
  if (one.id === known.id) return one.version > known.version;
  return (
    one.createdAt > known.createdAt || (one.createdAt === known.createdAt && one.id > known.id)
  );
}

async function newestOf({ opened, desk }: DisplayParts, watch: Watch): Promise<Payment | null> {
  const { counter, person } = watch;
  const { payments } = await opened.reads.page({
    ...{ counter, from: desk.now() - LOOK_BACK_MS, limit: 1 },
    outlets: person?.outlets,
  });
  return payments[0] ?? null;
}

async function around({ env, opened, desk }: DisplayParts, { counter }: Watch): Promise<Frame> {
  const [outlets, place, settings] = await Promise.all([
    opened.outlets.list(),
    opened.outlets.ofCounter(counter),
    settingsNow(desk),
  ]);
  const here = outlets.find(({ id }) => id === place);
  const several = outlets.filter(({ active }) => active).length > 1;
  return {
    shop: env.shop.name,
    outlet: several ? (here?.name ?? null) : null,
    ...{ counter, environment: env.environment },
    wallets: walletsOf(settings, several ? place : null),
  };
}

function shown(parts: DisplayParts, payment: Payment | null): DisplayPayment | null {
  if (payment === null) return null;
  // The screen has the customer's words itself; of the view only what has no words goes out.
  const view = paymentView(payment, readerOf(parts, { language: 'en' }));
  const { id, state, mode, payType, wallet, amount, currency, qrCode, qrExpiresAt } = view;
  const { confirmed, createdAt, paidAt, version } = view;
  return {
    ...{ id, state, mode, payType, wallet, amount, currency, qrCode, qrExpiresAt },
    ...{ confirmed, createdAt, paidAt, version },
    next: view.failure?.next ?? null,
    doubted: isDoubted(payment),
    receiptUrl: hasReceipt(payment) ? receiptOf(parts, payment) : null,
  };
}

/** By the public name where there is one; else the screen knows by which name it knows us. */
const receiptOf = ({ env, receipts }: DisplayParts, { id }: Payment): string =>
  `${env.publicUrl ?? ''}/r/${receipts.tokenOf(id)}`;
