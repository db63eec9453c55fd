/**
 * What a receipt says, line by line and before any drawing: the paper, its picture and the page on
 * the customer's phone all derive from `receiptLines`. It promises that only money which arrived
 * has a receipt, that what went back is said, and that nothing on it is about the customer.
 */
import { TILL } from './messages/dictionary';
import type { Language } from './messages/language';
import { type ReceiptWord, receiptWord } from './messages/receipts';
import { type Currency, formatMoney } from './money';
import type { Payment } from './payment';
import { hasReceipt, type ReceiptLine } from './receipt-paper';
import type { Refund } from './refund';
import type { Settings } from './settings';
import { shopTime } from './time';
import { CPM_ANY, walletOf } from './wallets';

export type ReceiptFacts = {
  readonly shop: string;
  /** Null where the shop has one outlet only. */
  readonly outlet: string | null;
  readonly timeZone: string;
  /** No money moves in this installation. */
  readonly practice: boolean;
  readonly text: Settings['receipt-text'];
  readonly payment: Payment;
  /** Oldest first. */
  readonly refunds: readonly Refund[];
};

type Telling = {
  readonly languages: readonly Language[];
  /** 1 is the receipt itself, 2 its first copy; null is no paper. */
  readonly print: number | null;
};

/** Throws when the payment has no receipt. */
export function receiptLines(facts: ReceiptFacts, telling: Telling): ReceiptLine[] {
  const { payment, text } = facts;
  if (!hasReceipt(payment)) throw new Error(`payment ${payment.id} has no receipt`);
  const both = inLanguages(telling.languages);
  const back = wentBack(payment);
  const state = back === 0 ? 'paid' : back < payment.amount ? 'partly-refunded' : 'refunded';
  return [
    ...marks(facts, telling),
    ...head(facts),
    RULE,
    line(both('title')),
    line(amountIn(payment.amount, payment.currency, telling), 'loud'),
    line(both(state), back === 0 ? 'large' : 'mark'),
    ...factPairs(facts, telling),
    ...returns(facts, telling),
    RULE,
    { kind: 'qr', text: payment.id },
    line(payment.id),
    ...each('keep', telling).map((text) => line(text, 'small')),
    ...(text.footer.length === 0 ? [] : [RULE]),
    ...text.footer.map((each) => line(each)),
  ];
}

const RULE = { kind: 'rule' } as const;
type Text = Extract<ReceiptLine, { kind: 'text' }>;
const line = (text: string, size: Text['size'] = 'plain'): Text => ({ kind: 'text', text, size });

/** A word in each language of the paper, once where they say the same. */
const inLanguages =
  (languages: readonly Language[]) =>
  (word: ReceiptWord, values: Readonly<Record<string, string | number>> = {}): string =>
    joined(languages.map((language) => receiptWord(word, language, values)));
const joined = (words: readonly string[]): string => [...new Set(words)].join(' ');

/** A sentence in each language of the paper, a line of its own. */
const each = (word: ReceiptWord, { languages }: Pick<Telling, 'languages'>): string[] =>
  languages.map((language) => receiptWord(word, language));

/** Amounts are written once: a symbol is understood in every language. */
const amountIn = (minor: number, currency: Currency, { languages }: Telling): string =>
  formatMoney({ minor, currency }, languages[0] ?? 'en');

/** The shop's own first line is its name as printed; without one its name stands there. */
function head({ shop, outlet, text }: ReceiptFacts): ReceiptLine[] {
  const [name = shop, ...rest] = text.header;
  const place = outlet === null || text.header.includes(outlet) ? [] : [outlet];
  return [line(name, 'large'), ...[...place, ...rest].map((each) => line(each))];
}

function marks({ practice }: ReceiptFacts, { languages, print }: Telling): ReceiptLine[] {
  const both = inLanguages(languages);
  const copy = print !== null && print > 1 ? [both('copy', { number: print })] : [];
  const all = practice ? [...copy, ...each('practice', { languages })] : copy;
  return all.map((text) => line(text, 'mark'));
}

const REFERENCE_DIGITS = 4;

function factPairs({ payment, timeZone }: ReceiptFacts, telling: Telling): ReceiptLine[] {
  const both = inLanguages(telling.languages);
  const at = payment.paidAt ?? payment.createdAt;
  const reference = payment.walletNumber ?? payment.qfpayNumber ?? '';
  const pairs: ReceiptLine[] = [
    pair(both('wallet'), joined(telling.languages.map((each) => walletIn(payment, each)))),
    pair(both('time'), shopTime(at, timeZone)),
    pair(both('counter'), payment.counter),
  ];
  if (reference.length < REFERENCE_DIGITS) return pairs;
  return [...pairs, pair(both('reference'), `…${reference.slice(-REFERENCE_DIGITS)}`)];
}

const pair = (name: string, value: string): Extract<ReceiptLine, { kind: 'pair' }> => ({
  kind: 'pair',
  name,
  value,
});

/** The wallet that was really used, by its name; a type that no table knows by its number. */
export function walletIn(
  { usedPayType, payType }: Pick<Payment, 'usedPayType' | 'payType'>,
  language: Language,
): string {
  const words: Readonly<Record<string, string>> = TILL[language];
  const wallet = walletOf(usedPayType ?? '') ?? walletOf(payType);
  const known = wallet === null ? undefined : words[`wallet.${wallet}`];
  // Whose code was scanned is not known before somebody has paid by it.
  return (
    known ?? wallet ?? usedPayType ?? (payType === CPM_ANY ? TILL[language]['wallet.any'] : payType)
  );
}

const wentBack = ({ refunded, settled }: Payment): number => refunded + settled;

/** What goes back or has gone, and what is left when it has; a refused refund moved nothing. */
function returns({ payment, refunds, timeZone }: ReceiptFacts, telling: Telling): ReceiptLine[] {
  const both = inLanguages(telling.languages);
  const { currency, settled } = payment;
  const money = (minor: number) => amountIn(minor, currency, telling);
  const lines = refunds
    .filter(({ state }) => state !== 'failed')
    .flatMap(({ amount, state, doneAt, createdAt }) => [
      pair(both('refund'), money(-amount)),
      pair('', state === 'done' ? shopTime(doneAt ?? createdAt, timeZone) : both('under-way')),
    ]);
  if (settled > 0) lines.push(pair(both('settled'), money(-settled)));
  if (lines.length === 0) return [];
  const left = payment.amount - wentBack(payment);
  return [RULE, ...lines, { ...pair(both('left'), money(left)), bold: true }];
}
