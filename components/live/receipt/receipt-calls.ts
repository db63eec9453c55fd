'use client';
/** What the screens read of a receipt and tell of its prints. */
import { queryOptions } from '@tanstack/react-query';
import { call, orThrow } from '@/components/live/server';
import type { NewPrint, PrintAnswer, ReceiptAnswer } from '@/lib/contract-receipts';

const pathOf = (id: string): string => `/api/payments/${encodeURIComponent(id)}/receipt`;

/** `version` of the payment: what goes back stands on the receipt. */
export const receiptQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['receipt', id, version],
    queryFn: async () => orThrow(await call<ReceiptAnswer>(pathOf(id))),
    staleTime: 0,
  });

export const countPrint = (id: string, body: NewPrint, key: string) =>
  call<PrintAnswer>(pathOf(id), { method: 'POST', body, key });

/** Where the customer reads it; without a public name the one by which this tablet knows us. */
export const addressOf = ({ address, path }: Pick<ReceiptAnswer, 'address' | 'path'>): string =>
  address ?? window.location.origin + path;
