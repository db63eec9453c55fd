import { NO_WITNESSES, type Payment, type PaymentId, type SaleId } from '@/lib/payment';
import type { NewTimelineEntry, Sale } from '@/server/payments/ports';

export const NOON = Date.UTC(2026, 10, 22, 4, 0, 0);

export const saleId = (n: number): SaleId => `01SALE${String(n).padStart(20, '0')}` as SaleId;
export const paymentId = (n: number): PaymentId => `K7${String(n).padStart(11, '0')}` as PaymentId;

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
