/**
 * Receipts: what the counter prints, each print counted, and what the customer reads on the phone.
 * Who holds an address reads that one payment and nothing else; an address that is wrong and one
 * whose time is over are answered alike, and whoever keeps guessing has to wait.
 */
import type {
  CustomerReceipt,
  NewPrint,
  PrintAnswer,
  ReceiptAnswer,
} from '@/lib/contract-receipts';
import type { Language } from '@/lib/messages/language';
import { receiptWord } from '@/lib/messages/receipts';
import { formatMoney } from '@/lib/money';
import type { Payment } from '@/lib/payment';
import { type ReceiptFacts, receiptLines, walletIn } from '@/lib/receipt';
import { hasReceipt, type ReceiptPaper } from '@/lib/receipt-paper';
import { settingFrom } from '@/lib/settings';
import { isoWithOffset, shopDay, shopTime } from '@/lib/time';
import { type Asker, type Parts, type Refusal, seenPayment } from './answers';
import { lookOfReceipt } from './receipt-look';
import type { ReceiptTokens } from './receipt-token';
import { countFailure, secondsBlocked } from './staff/throttle';
import type { OpenedStore } from './store';

export type ReceiptParts = {
  readonly env: Pick<Parts['env'], 'environment' | 'publicUrl' | 'shop'>;
  readonly opened: Pick<OpenedStore, 'store' | 'settings' | 'outlets' | 'receiptPrints'>;
  readonly desk: Pick<Parts['desk'], 'now' | 'store'>;
  readonly receipts: ReceiptTokens;
};

const DAY_MS = 86_400_000;

export function createReceiptVerbs(parts: ReceiptParts) {
  return {
    receipt: (id: string, who: Asker) => receipt(parts, id, who),
    printReceipt: (given: { id: string; key: string; body: NewPrint }, who: Asker) =>
      printReceipt(parts, given, who),
    customerReceipt: (token: string, visitor: Visitor) => customerReceipt(parts, token, visitor),
  };
}

/** How the counter hands this payment's receipt out, and how often it was printed. */
async function receipt(
  parts: ReceiptParts,
  id: string,
  who: Asker,
): Promise<ReceiptAnswer | Refusal> {
  const payment = await seenPayment(parts, id, who);
  if (payment === null) return { refused: 'not-found' };
  const prints = await parts.opened.receiptPrints.ofPayment(payment.id);
  const path = `/r/${parts.receipts.tokenOf(payment.id)}`;
  const { publicUrl } = parts.env;
  return {
    path,
    address: publicUrl === null ? null : publicUrl + path,
    endsAt: isoWithOffset(await endOf(parts, payment), parts.env.shop.timeZone),
    prints: prints.map(viewIn(parts)),
    paper: hasReceipt(payment) ? await paper(parts, payment, prints.length + 1) : null,
  };
}

async function printReceipt(
  parts: ReceiptParts,
  { id, key, body }: { id: string; key: string; body: NewPrint },
  who: Asker,
): Promise<PrintAnswer | Refusal> {
  const payment = await seenPayment(parts, id, who);
  if (payment === null) return { refused: 'not-found' };
  const staff = who.person.code;
  const wish = { ...body, paymentId: payment.id, key, staff, at: parts.desk.now() };
  const print = await parts.opened.receiptPrints.add(wish);
  if (print === 'key-reused') return { refused: 'key-reused' };
  if (print === 'not-paid') return { refused: 'receipt-not-paid' };
  if (print === 'too-many') return { refused: 'too-many-prints' };
  return { print: viewIn(parts)(print), paper: await paper(parts, payment, print.number) };
}

const viewIn =
  ({ env }: ReceiptParts) =>
  ({
    number,
    at,
    staff,
    way,
  }: {
    number: number;
    at: number;
    staff: string;
    way: NewPrint['way'];
  }) => ({
    ...{ number, staff, way },
    at: isoWithOffset(at, env.shop.timeZone),
  });

/** In the shop's own languages, whoever prints it. */
async function paper(parts: ReceiptParts, payment: Payment, print: number): Promise<ReceiptPaper> {
  const languages = await settingFrom(parts.opened.settings, 'receipt-languages');
  // The shop's own text is Chinese as well, even where the receipt speaks English alone.
  const face = languages.find((language) => language !== 'en') ?? 'zh-Hant';
  return { face, lines: receiptLines(await factsOf(parts, payment), { languages, print }) };
}

async function factsOf(parts: ReceiptParts, payment: Payment): Promise<ReceiptFacts> {
  const { env, opened } = parts;
  const [refunds, outlets, text] = await Promise.all([
    opened.store.read.refundsOf(payment.id),
    opened.outlets.list(),
    settingFrom(opened.settings, 'receipt-text'),
  ]);
  const outlet = outlets.find(({ mchid }) => mchid === payment.outlet)?.name ?? null;
  return {
    ...{ shop: env.shop.name, timeZone: env.shop.timeZone, practice: isPractice(env) },
    ...{ outlet: outlets.length > 1 ? outlet : null, text, payment, refunds },
  };
}

const isPractice = ({ environment }: ReceiptParts['env']): boolean =>
  environment === 'simulator' || environment === 'sandbox';

/** Wall ms from which on the customer's address leads nowhere. */
async function endOf({ opened }: ReceiptParts, payment: Payment): Promise<number> {
  const days = await settingFrom(opened.settings, 'receipt-days');
  return (payment.paidAt ?? payment.createdAt) + days * DAY_MS;
}

/** Somebody with an address in hand, and where their request comes from. */
type Visitor = { readonly language: Language; readonly address: string };

async function customerReceipt(
  parts: ReceiptParts,
  token: string,
  { language, address }: Visitor,
): Promise<CustomerReceipt | Refusal> {
  const payment = await paymentBehind(parts, token);
  // A good address is answered whatever its neighbours on the same network have tried.
  if (payment !== null) return customerView(parts, payment, language);
  const key = `receipt:${address}`;
  const seconds = await secondsBlocked(parts.desk, [key]);
  if (seconds > 0) return { refused: 'too-many-tries', extra: { seconds } };
  await countFailure(parts.desk, key);
  return { refused: 'not-found' };
}

/** Null for an address that was never given out, and for one whose time is over. */
async function paymentBehind(parts: ReceiptParts, token: string): Promise<Payment | null> {
  const id = parts.receipts.paymentOf(token);
  const payment = id === null ? null : await parts.opened.store.read.payment(id);
  if (payment === null) return null;
  return parts.desk.now() < (await endOf(parts, payment)) ? payment : null;
}

async function customerView(
  parts: ReceiptParts,
  payment: Payment,
  language: Language,
): Promise<CustomerReceipt> {
  const { env } = parts;
  const { look, title, says, againMs } = lookOfReceipt(payment);
  const telling = { languages: [language], print: null };
  const has = hasReceipt(payment);
  const { timeZone } = env.shop;
  const day = shopDay(await endOf(parts, payment), timeZone);
  const time = shopTime(parts.desk.now(), timeZone);
  return {
    ...{ look, againMs, shop: env.shop.name },
    title: receiptWord(title, language),
    says: receiptWord(says, language),
    amount: formatMoney({ minor: payment.amount, currency: payment.currency }, language),
    wallet: walletIn(payment, language),
    practice: isPractice(env) ? receiptWord('practice', language) : null,
    lines: has ? receiptLines(await factsOf(parts, payment), telling) : null,
    number: receiptWord('page.number', language),
    kept: receiptWord('page.kept', language, { day }),
    offline: receiptWord('page.offline', language, { time: time.slice(11, 16) }),
  };
}
