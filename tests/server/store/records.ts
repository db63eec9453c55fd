import { NO_WITNESSES, type Payment, type PaymentId, type SaleId } from '@/lib/payment';
import { NO_REFUND_WITNESSES, type Refund, type RefundId } from '@/lib/refund';
import type { NewTimelineEntry, Sale } from '@/server/payments/ports';

export const NOON = Date.UTC(2026, 10, 22, 4, 0, 0);

export const saleId = (n: number): SaleId => `01SALE${String(n).padStart(20, '0')}` as SaleId;
export const paymentId = (n: number): PaymentId => `K7${String(n).padStart(11, '0')}` as PaymentId;
export const refundId = (n: number): RefundId => `K7R${String(n).padStart(10, '0')}` as RefundId;

export const aSale = (n: number, more: Partial<Sale> = {}): Sale => ({
  id: saleId(n),
  amount: 8_800,
  currency: 'HKD',
  note: null,
  counter: 'Front',
  staff: '3000',
  createdAt: NOON + n,
  ...more,
});

export const aPayment = (n: number, more: Partial<Payment> = {}): Payment => ({
  id: paymentId(n),
  saleId: saleId(n),
  mode: 'CPM',
  payType: '800208',
  amount: 8_800,
  currency: 'HKD',
  state: 'created',
  qrCode: null,
  qrExpiresAt: null,
  usedPayType: null,
  qfpayNumber: null,
  walletNumber: null,
  confirmed: false,
  late: false,
  review: null,
  failure: null,
  counter: 'Front',
  staff: '3000',
  outlet: null,
  createdAt: NOON + n,
  paidAt: null,
  witnesses: NO_WITNESSES,
  nextCheckAt: NOON + n + 60_000,
  abandonedBy: null,
  refunded: 0,
  reserved: 0,
  settled: 0,
  lateSeen: false,
  version: 1,
  ...more,
});

export const aNote = (n: number, more: Partial<NewTimelineEntry> = {}): NewTimelineEntry => ({
  at: NOON + n,
  paymentId: paymentId(n),
  saleId: saleId(n),
  kind: 'person',
  actor: '3000',
  state: 'created',
  detail: { did: 'charge', amount: 8_800 },
  ...more,
});

/** HK$10 of the payment of the same number, which is HK$88. */
export const aRefund = (n: number, more: Partial<Refund> = {}): Refund => ({
  id: refundId(n),
  paymentId: paymentId(n),
  origin: 'counter',
  amount: 1_000,
  currency: 'HKD',
  paymentNumber: `20261122${n}`,
  reason: 'returned',
  state: 'requested',
  qfpayNumber: null,
  respcd: null,
  confirmed: false,
  review: null,
  withdrawnBy: null,
  staff: '2000',
  approver: null,
  counter: 'Front',
  outlet: null,
  createdAt: NOON + 3_600_000 + n,
  doneAt: null,
  witnesses: NO_REFUND_WITNESSES,
  nextCheckAt: NOON + 3_600_000 + n,
  version: 1,
  ...more,
});
