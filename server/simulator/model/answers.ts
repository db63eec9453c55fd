/**
 * What the gateway answers, before anybody decides how it is spelt. Field names and order are the
 * flat ones of protocol.md §4.2 and §5.12; the envelope is made of them at the door.
 */
import type { Json } from '../body';
import { hkStamp } from '../hong-kong';
import { textOf } from '../result-texts';
import type { Entry, Order, Refund } from './state';

export type TxStatus = 'SUCCESS' | 'FAILED' | 'PENDING';
export type Fields = Readonly<Record<string, Json>>;
export type Row = Fields;

export type Answer = {
  readonly respcd: string;
  /** `resperr`. */
  readonly text: string;
  /** `respmsg`. */
  readonly note: string;
  readonly fields: Fields;
  /** The envelope's `txstatus`; null where the specification shows none. */
  readonly status: TxStatus | null;
  /** An unpaid QR order, whose `txstatus` is a matter of settings. */
  readonly unpaidQr: boolean;
  readonly rows: {
    readonly data: readonly Row[];
    readonly page: number;
    readonly pageSize: number;
  } | null;
};
/** The connection ends without an answer. */
export type Silence = { readonly silent: true };
export const SILENCE: Silence = { silent: true };

export const statusOf = (respcd: string): TxStatus => {
  if (respcd === '0000') return 'SUCCESS';
  return respcd === '1143' || respcd === '1145' ? 'PENDING' : 'FAILED';
};

/** A call that came to nothing: sparse, as QA saw it (§5.7, §5.12). */
export function refusal(
  respcd: string,
  given: { readonly note?: string; readonly text?: string; readonly fields?: Fields } = {},
): Answer {
  return {
    respcd,
    text: given.text ?? textOf(respcd),
    note: given.note ?? '',
    fields: given.fields ?? {},
    status: null,
    unpaidQr: false,
    rows: null,
  };
}

/** Where a record stands: the inner `respcd` (§5.4). */
export function codeOf(entry: Entry): string {
  if (entry.kind === 'refund') {
    if (entry.state === 'done') return '0000';
    return entry.state === 'working' ? entry.pendingCode : entry.endCode;
  }
  if (entry.paidAt !== null) return '0000';
  if (entry.state === 'open') return '1143';
  return entry.state === 'asking' ? entry.pendingCode : entry.endCode;
}

/** A QR to pay: `0000` means that the order exists, nothing else (§5.1). */
export function createdAnswer(order: Order): Answer {
  const stamp = hkStamp(order.sysAt);
  const payme = order.wallet === 'payme';
  return {
    respcd: '0000',
    text: textOf('0000'),
    note: payme ? 'PR001:Request for Payment Initiated' : '',
    fields: {
      pay_type: order.usedPayType,
      sysdtm: stamp,
      paydtm: stamp,
      txcurrcd: order.currency,
      txdtm: order.txdtm,
      txamt: String(order.amount),
      out_trade_no: order.number,
      syssn: order.syssn,
      ...(order.qrText === null ? {} : { qrcode: order.qrText }),
      ...(payme ? { pay_url: '' } : {}),
      udid: order.udid,
      cardcd: '',
      chnlsn: '',
    },
    status: 'PENDING',
    unpaidQr: true,
    rows: null,
  };
}

/** A scanned code: the answer is the result, or that there is none yet (§5.2). */
export function scannedAnswer(order: Order, respcd: string): Answer {
  const ended = respcd !== '0000' && statusOf(respcd) === 'FAILED';
  if (ended) {
    return { ...refusal(respcd, { fields: { out_trade_no: order.number } }), status: 'FAILED' };
  }
  const paid = respcd === '0000' && order.paidAt !== null;
  return {
    respcd,
    text: textOf(respcd),
    note: paid ? 'OK' : '',
    fields: {
      pay_type: order.usedPayType,
      sysdtm: hkStamp(order.sysAt),
      ...(paid ? { paydtm: hkStamp(order.paidAt ?? order.sysAt) } : {}),
      txdtm: order.txdtm,
      udid: order.udid,
      txcurrcd: order.currency,
      txamt: String(order.amount),
      out_trade_no: order.number,
      syssn: order.syssn,
      chnlsn: paid ? order.chnlsn : '',
      ...(paid ? { cardcd: order.cardcd } : {}),
    },
    status: statusOf(respcd),
    unpaidQr: false,
    rows: null,
  };
}

export function refundAnswer(refund: Refund): Answer {
  const respcd = codeOf(refund);
  if (refund.state === 'refused') {
    const fields = {
      orig_syssn: refund.original.syssn,
      out_trade_no: refund.number,
      txcurrcd: refund.currency,
    };
    return { ...refusal(respcd, { fields }), status: 'FAILED' };
  }
  return {
    respcd,
    text: respcd === '0000' ? 'success' : textOf(respcd),
    note: '',
    fields: {
      orig_syssn: refund.original.syssn,
      sysdtm: hkStamp(refund.sysAt),
      paydtm: refund.doneAt === null ? '' : hkStamp(refund.doneAt),
      txdtm: refund.txdtm,
      udid: refund.udid,
      txcurrcd: refund.currency,
      txamt: String(refund.amount),
      out_trade_no: refund.number,
      syssn: refund.syssn,
      chnlsn: refund.state === 'done' ? refund.original.chnlsn : '',
      cardcd: '',
    },
    status: statusOf(respcd),
    unpaidQr: false,
    rows: null,
  };
}

/** A record as a query shows it. */
export function rowOf(entry: Entry): Row {
  const refund = entry.kind === 'refund';
  const order = refund ? entry.original : entry;
  const doneAt = refund ? entry.doneAt : entry.paidAt;
  const respcd = codeOf(entry);
  return {
    cardtp: '5',
    cancel: refund ? '0' : entry.cancel,
    pay_type: order.usedPayType,
    order_type: entry.kind,
    clisn: String(entry.serial % 1_000_000).padStart(6, '0'),
    txdtm: entry.txdtm,
    out_trade_no: entry.number,
    syssn: entry.syssn,
    origssn: refund ? order.syssn : null,
    sysdtm: hkStamp(entry.sysAt),
    paydtm: doneAt === null ? '' : hkStamp(doneAt),
    goods_name: refund ? '' : order.goodsName,
    goods_info: '',
    txcurrcd: entry.currency,
    chnlsn: doneAt === null ? '' : order.chnlsn,
    chnlsn2: '',
    cardcd: refund || doneAt === null ? '' : order.cardcd,
    udid: entry.udid,
    userid: '1000000001',
    txamt: String(entry.amount),
    respcd,
    errmsg: textOf(respcd),
  };
}
