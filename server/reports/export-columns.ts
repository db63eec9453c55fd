/** What an export says of each payment, column by column, in the reader's language. */
import { WHOLE } from '@/lib/messages/dictionary';
import type { Language, PlainKey } from '@/lib/messages/language';
import { fill } from '@/lib/messages/language';
import { type Currency, decimalAmount } from '@/lib/money';
import type { Mode, PaymentState, ReviewReason } from '@/lib/payment';
import { CPM_ANY, walletOf } from '@/lib/wallets';

/** A payment as the store hands it out for an export; times wall ms UTC, amounts minor units. */
export type ExportRow = {
  readonly id: string;
  readonly sale_id: string;
  readonly created_at: number;
  readonly paid_at: number | null;
  readonly amount: number;
  readonly refunded: number;
  readonly currency: Currency;
  readonly state: PaymentState;
  readonly mode: Mode;
  readonly pay_type: string;
  readonly used_pay_type: string | null;
  readonly counter: string;
  readonly staff: string;
  readonly confirmed: 0 | 1;
  readonly late: 0 | 1;
  readonly review: ReviewReason | null;
  readonly qfpay_number: string | null;
  readonly wallet_number: string | null;
  readonly note: string | null;
  readonly notes: string | null;
};

/** `time` is ms UTC, shown by the shop's clock or by UTC; `amount` is a plain decimal number. */
export type Cell = string | null | { readonly amount: string } | { readonly time: number };
export type Column = {
  readonly title: string;
  readonly kind: 'text' | 'amount' | 'shop-time' | 'utc';
  readonly cell: (row: ExportRow) => Cell;
};

export function exportColumns(
  language: Language,
  names: ReadonlyMap<string, string>,
): readonly Column[] {
  const words = WHOLE[language];
  const text = (key: PlainKey, cell: (row: ExportRow) => string | null): Column => ({
    title: words[key],
    kind: 'text',
    cell,
  });
  const amount = (key: PlainKey, of: (row: ExportRow) => number): Column => ({
    title: words[key],
    kind: 'amount',
    cell: (row) => ({ amount: decimalAmount({ minor: of(row), currency: row.currency }) }),
  });
  const times = (key: PlainKey, of: (row: ExportRow) => number | null): readonly Column[] => {
    const cell = (row: ExportRow) => {
      const time = of(row);
      return time === null ? null : { time };
    };
    return [
      { title: words[key], kind: 'shop-time', cell },
      { title: `${words[key]} UTC`, kind: 'utc', cell },
    ];
  };
  const yes = (is: boolean) => (is ? words['export.yes'] : words['export.no']);
  const wallet = walletWords(language);
  return [
    text('detail.our-number', (row) => row.id),
    ...times('detail.created', (row) => row.created_at),
    ...times('detail.paid', (row) => row.paid_at),
    amount('history.amount', (row) => row.amount),
    text('export.currency', (row) => row.currency),
    amount('detail.refunded', (row) => row.refunded),
    text('history.state', (row) => words[`state.${row.state}`]),
    text('export.state-code', (row) => row.state),
    text('history.wallet', wallet),
    text('export.pay-type', (row) => row.used_pay_type ?? row.pay_type),
    text('detail.mode', (row) => row.mode),
    text('history.counter', (row) => row.counter),
    text('export.staff-code', (row) => row.staff),
    text('history.staff', (row) => names.get(row.staff) ?? null),
    text('export.settled', (row) => yes(row.state === 'paid' && row.confirmed === 1)),
    text('state.late', (row) => yes(row.late === 1)),
    text('state.review', (row) => (row.review === null ? null : words[`review.${row.review}`])),
    text('detail.qfpay-number', (row) => row.qfpay_number),
    text('detail.wallet-number', (row) => row.wallet_number),
    text('detail.sale', (row) => row.sale_id),
    text('detail.note', (row) => row.note),
    text('detail.notes', (row) => row.notes),
  ];
}

/** What was really used, else what was asked for; each pay type is looked up once. */
function walletWords(language: Language): (row: ExportRow) => string {
  const words = WHOLE[language];
  const known = new Map<string, string>();
  const wordOf = (payType: string): string => {
    if (payType === CPM_ANY) return words['wallet.any'];
    const wallet = walletOf(payType);
    return wallet === null
      ? fill(words['wallet.other'], { code: payType })
      : words[`wallet.${wallet}`];
  };
  return ({ used_pay_type, pay_type }) => {
    const used = used_pay_type !== null && walletOf(used_pay_type) !== null;
    const payType = used ? used_pay_type : pay_type;
    const word = known.get(payType) ?? wordOf(payType);
    known.set(payType, word);
    return word;
  };
}
