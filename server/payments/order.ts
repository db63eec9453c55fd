/**
 * Turns what a tablet sent into an order that may be charged, or says why it may not. Nothing is
 * recorded here and nothing asked.
 */
import { holdsCardNumber } from '@/lib/card-number';
import type { NewPayment, ProblemCode } from '@/lib/contract';
import type { Currency } from '@/lib/money';
import type { SaleId } from '@/lib/payment';
import { readScan } from '@/lib/payment-code';
import { CPM_ANY, type PayType, payType } from '@/lib/wallets';
import type { ChargeRequest } from './charge';

/** Of a tablet that nobody has named. */
export const FIRST_COUNTER = '1';

export type OrderSetting = {
  readonly currency: Currency;
  readonly outlet: string | null;
  readonly staff: string;
  readonly key: string;
};
export type OrderRefusal = { readonly refused: ProblemCode };

export function readOrder(body: NewPayment, setting: OrderSetting): ChargeRequest | OrderRefusal {
  if ((body.currency ?? setting.currency) !== setting.currency) {
    return { refused: 'currency-not-accepted' };
  }
  if (body.note !== undefined && holdsCardNumber(body.note)) return { refused: 'card-number' };
  const code = readCode(body.authCode);
  if (code !== null && typeof code !== 'string') return code;
  const kind = readPayType(body, code !== null);
  if ('refused' in kind) return kind;
  const wrongCurrency = kind.onlyCurrency !== null && kind.onlyCurrency !== setting.currency;
  if (wrongCurrency || body.amount < kind.minimum) return { refused: 'pay-type-not-accepted' };
  const note = body.note?.trim() ?? '';
  return {
    key: setting.key,
    bodyText: canonical(body),
    amount: body.amount,
    currency: setting.currency,
    payType: kind.code,
    mode: code === null ? 'MPM' : 'CPM',
    authCode: code,
    saleId: (body.saleId as SaleId | undefined) ?? null,
    note: note === '' ? null : note,
    counter: body.counter ?? FIRST_COUNTER,
    staff: setting.staff,
    outlet: setting.outlet,
  };
}

function readCode(authCode: string | undefined): string | null | OrderRefusal {
  if (authCode === undefined) return null;
  const scan = readScan(authCode);
  switch (scan.kind) {
    case 'payment-code':
      return scan.code;
    case 'product':
      return { refused: 'product-code' };
    case 'merchant-qr':
      return { refused: 'merchant-code' };
    default:
      return { refused: 'unreadable-code' };
  }
}

function readPayType(body: NewPayment, hasCode: boolean): PayType | OrderRefusal {
  const wanted = body.payType ?? (hasCode ? CPM_ANY : null);
  if (wanted === null) return { refused: 'code-missing' };
  const kind = payType(wanted);
  const fits = kind?.counter === true && kind.mode === (hasCode ? 'CPM' : 'MPM');
  return kind !== null && fits ? kind : { refused: 'pay-type-not-accepted' };
}

/** One text for one meaning: the order in which a client wrote its fields does not matter. */
const canonical = (body: NewPayment): string =>
  JSON.stringify(Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1)));
