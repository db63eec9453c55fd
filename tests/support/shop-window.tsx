/** Draws a part of the till as the server would, for a reader of one language. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { ShopProvider } from '@/components/live/shop';
import { Reader } from '@/components/ui/language';
import type { PaymentView, Role, TillSetting } from '@/lib/contract';
import { WHOLE } from '@/lib/messages/dictionary';
import type { Language } from '@/lib/messages/language';
import { COUNTER_WALLETS } from '@/lib/wallets';

const SETTING: TillSetting = {
  shop: 'Countertop',
  environment: 'simulator',
  currency: 'HKD',
  timeZone: 'Asia/Hong_Kong',
  staff: { code: '3000', name: 'Mei', role: 'cashier' },
  walletPage: null,
  locked: false,
  pinMode: 'never',
  wallets: [...COUNTER_WALLETS],
  counterWallets: {},
  quickAmounts: [],
};

/** `who`: the role of whoever looks, or whatever else the shop is. */
export function drawn(
  part: ReactNode,
  language: Language = 'en',
  who: Role | Partial<TillSetting> = 'cashier',
): string {
  const facts = typeof who === 'string' ? { staff: { ...SETTING.staff, role: who } } : { ...who };
  return renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <Reader language={language} messages={WHOLE[language]}>
        <ShopProvider setting={{ ...SETTING, ...facts }}>{part}</ShopProvider>
      </Reader>
    </QueryClientProvider>,
  );
}

/** HK$48.50 by AlipayHK at counter 1, waiting for the customer, at 14:02:07 in the shop. */
export const paymentWith = (facts: Partial<PaymentView> = {}): PaymentView => ({
  id: 'H80KF930KTZYPK',
  saleId: '01JD2X9K7M4QX9RW4H0V8T6B2C',
  state: 'awaiting',
  mode: 'MPM',
  payType: '801501',
  wallet: 'alipay',
  amount: 4850,
  currency: 'HKD',
  qrCode: 'https://qr.alipay.com/bax001',
  qrExpiresAt: '2026-01-05T14:07:07+08:00',
  qfpayNumber: null,
  walletNumber: null,
  confirmed: false,
  late: false,
  lateSeen: false,
  review: null,
  refundedAmount: 0,
  settledAmount: 0,
  refundableAmount: 0,
  refundBlockedBy: 'not-paid',
  proposedRefund: null,
  failure: null,
  counter: '1',
  staff: '3000',
  createdAt: '2026-01-05T14:02:07+08:00',
  paidAt: null,
  nextCheckAt: null,
  abandoned: false,
  version: 3,
  ...facts,
});
