/**
 * A gateway that answers from a script and remembers what it was sent: a stand-in for the wire,
 * so that everything from signing to translating runs as it is.
 */
import type { PaymentId } from '@/lib/payment';
import type { RefundId } from '@/lib/refund';
import type { Alarm, CallReport } from '@/server/qfpay/call';
import { createQfpay } from '@/server/qfpay/client';
import type { QfpayOptions } from '@/server/qfpay/desk';
import type { Transport, TransportOutcome, TransportRequest } from '@/server/qfpay/transport';

export const KEY = '00112233445566778899AABBCCDDEEFF';
export const APP_CODE = 'A1B2C3D4E5F60718293A4B5C6D7E8F90';
export const NUMBER = 'S01T02-20260105-000123-1' as PaymentId;
/** 2026-01-05 13:07:09 in Hong Kong. */
export const CREATED_AT = Date.UTC(2026, 0, 5, 5, 7, 9);
export const UNITS = { JPY: null, IDR: null, MMK: null } as const;

export function answer(
  body: string | object,
  extra: { readonly status?: number; readonly headers?: Record<string, string> } = {},
): TransportOutcome {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    kind: 'answer',
    status: extra.status ?? 200,
    headers: extra.headers ?? {},
    body: Buffer.from(text),
  };
}

export type Fields = Readonly<Record<string, unknown>>;
/** The two shapes of one answer (protocol.md §10.2, §10.3). */
export const SHAPES: readonly [name: string, shape: (fields: Fields) => Fields][] = [
  ['flat', (fields) => fields],
  [
    'envelope',
    ({ respcd, resperr, respmsg, syssn, ...data }) => ({
      respcd,
      respmsg: respmsg ?? resperr ?? 'success',
      data: { ...data, ...(syssn === undefined ? {} : { qf_trade_no: syssn }) },
    }),
  ],
];

export const list = (...data: readonly Fields[]): Fields => ({
  respcd: '0000',
  respmsg: '',
  data,
  page: 1,
  page_size: 100,
});

export const row = (fields: Fields = {}): Fields => ({
  syssn: '20260105180500020000000042',
  origssn: null,
  out_trade_no: NUMBER,
  order_type: 'payment',
  pay_type: '801501',
  txamt: '3850',
  txcurrcd: 'HKD',
  sysdtm: '2026-01-05 13:07:10',
  paydtm: '2026-01-05 13:07:31',
  cancel: '0',
  respcd: '0000',
  chnlsn: '2026010522001400000000000042',
  ...fields,
});

/** What the gateway reads: the decoded parameters, wherever they travelled. */
export const parametersOf = (request: TransportRequest): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(request.body ?? request.query ?? ''));

type Script = (
  request: TransportRequest,
  parameters: Readonly<Record<string, string>>,
  count: number,
) => TransportOutcome;

export function openShop(script: Script, options: Partial<QfpayOptions> = {}) {
  const sent: TransportRequest[] = [];
  const reports: CallReport[] = [];
  const alarms: Alarm[] = [];
  let steady = 0;
  const transport: Transport = {
    send: async (request) => {
      sent.push(request);
      steady += 40;
      return script(request, parametersOf(request), sent.length);
    },
  };
  const qfpay = createQfpay({
    appCode: APP_CODE,
    key: KEY,
    signType: 'SHA256',
    notifyUrl: null,
    shopName: null,
    shopTimeZone: 'Asia/Hong_Kong',
    unitOf: UNITS,
    transport,
    clock: { steady: () => steady, wall: () => CREATED_AT + steady },
    onCall: (report) => reports.push(report),
    onAlarm: (alarm) => alarms.push(alarm),
    ...options,
  });
  return { qfpay, sent, reports, alarms };
}

export const qrOrder = {
  id: NUMBER,
  payType: '801501',
  amount: 3850,
  currency: 'HKD',
  authCode: null,
  createdAt: CREATED_AT,
  counter: 'till-02',
  outlet: null,
} as const;
export const scanOrder = {
  ...qrOrder,
  payType: '800208',
  authCode: '150123456789012345',
} as const;
export const closeOrder = { ...qrOrder, mode: 'MPM', qfpayNumber: '43' } as const;
/** R09 of the published vectors. */
export const refundOrder = {
  id: 'R-S01T02-20260105-000123-1' as RefundId,
  paymentNumber: '20260105180500020000000042',
  amount: 1000,
  currency: 'HKD',
  createdAt: Date.UTC(2026, 0, 5, 7, 0, 1),
  counter: 'till-02',
  outlet: 'SIMmchA001',
} as const;
