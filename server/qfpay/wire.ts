/**
 * QFPay's spelling (protocol.md §4, §5): every parameter that a call may carry, and every field of
 * an answer that we read. Fields that we do not know are passed over; those that decide about
 * money must be text or a number, or the record counts as unreadable. No other room sees a word
 * of this file.
 */
import { z } from 'zod';

/** protocol.md §7.1: a comma would make a list of it. */
const tradeNumber = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/);
const time = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
/** Int(11): protocol.md §7.2 keeps below 2^31. */
const txamt = z
  .string()
  .regex(/^[1-9]\d{0,9}$/)
  .refine((text) => BigInt(text) < 2n ** 31n);
const payType = z.string().regex(/^\d{6}$/);
const short = (length: number) => z.string().min(1).max(length);
/** QFPay says String(16); one that is longer is theirs to refuse. */
const mchid = short(64);
const udid = short(40);

/** §4.1. The last group is for other kinds of payment (§5.3); a counter sends none of it. */
export const paymentRequest = z.strictObject({
  txamt,
  txcurrcd: z.string().regex(/^[A-Z]{3}$/),
  pay_type: payType,
  out_trade_no: tradeNumber,
  txdtm: time,
  auth_code: short(128).optional(),
  expired_time: z
    .string()
    .regex(/^\d{1,3}$/)
    .optional(),
  goods_name: short(64).optional(),
  mchid: mchid.optional(),
  udid: udid.optional(),
  notify_url: short(256).optional(),
  return_url: short(512).optional(),
  pay_tag: z.enum(['ALIPAYHK', 'ALIPAYCN']).optional(),
  limit_pay: z.literal('no_credit').optional(),
  extend_info: z.string().optional(),
  openid: z.string().optional(),
  sub_openid: z.string().optional(),
  seller_id: z.string().optional(),
});

/** §5.4. `txdtm` stands in the seed's sample only and is left out (§10.10). */
export const queryRequest = z.strictObject({
  mchid: mchid.optional(),
  syssn: short(128).optional(),
  out_trade_no: z
    .string()
    .regex(/^[A-Za-z0-9_,-]{1,128}$/)
    .optional(),
  pay_type: z.string().optional(),
  respcd: z.string().length(4).optional(),
  start_time: time.optional(),
  end_time: time.optional(),
  page: z.int().min(1).optional(),
  page_size: z.int().min(1).max(100).optional(),
  txdtm: time.optional(),
});

/** §5.5: `syssn` is the payment's, `out_trade_no` the refund's own; `qf_trade_no` is the seed's. */
export const refundRequest = z.strictObject({
  syssn: short(128),
  out_trade_no: tradeNumber,
  txamt,
  txdtm: time,
  mchid: mchid.optional(),
  udid: udid.optional(),
  qf_trade_no: short(128).optional(),
});

/** §5.6 and §5.7 share it: the order's own number, QFPay's or ours. */
export const stopRequest = z.strictObject({
  syssn: short(40).optional(),
  out_trade_no: tradeNumber.optional(),
  txamt,
  txdtm: time,
  mchid: mchid.optional(),
  udid: udid.optional(),
  txcurrcd: z.string().length(3).optional(),
});

/** Every name that any of the calls knows. */
export const PARAMETER_NAMES: ReadonlySet<string> = new Set(
  [paymentRequest, queryRequest, refundRequest, stopRequest].flatMap((request) =>
    Object.keys(request.shape),
  ),
);

const decisive = z
  .string()
  .nullish()
  .transform((text) => (text === '' ? null : (text ?? null)));
const noted = decisive.catch(null);
/** Four digits, however it was written (§6.1): `0`, `0000` and `"0000"` are one code. */
const code = decisive.transform((text) =>
  text !== null && /^\d{1,4}$/.test(text) ? text.padStart(4, '0') : text,
);

/** One order, refund or answer in either shape, with the aliases of §6.1. */
export const wireRecord = z
  .object({
    respcd: code,
    txstatus: decisive,
    syssn: decisive,
    qf_trade_no: decisive,
    orig_syssn: noted,
    origssn: noted,
    out_trade_no: decisive,
    txamt: decisive,
    txcurrcd: decisive,
    pay_type: noted,
    sysdtm: noted,
    paydtm: noted,
    chnlsn: noted,
    mchid: noted,
    order_type: decisive,
    notify_type: decisive,
    status: decisive,
    cancel: decisive,
    qrcode: noted,
    pay_url: noted,
    page_size: noted,
    resperr: noted,
    errmsg: noted,
    respmsg: noted,
  })
  .transform(({ qf_trade_no, orig_syssn, origssn, resperr, errmsg, respmsg, ...rest }) => ({
    ...rest,
    syssn: rest.syssn ?? qf_trade_no,
    orig: orig_syssn ?? origssn,
    text: [resperr, errmsg, respmsg].filter((part) => part !== null).join('\n'),
  }));
export type WireRecord = z.infer<typeof wireRecord>;
