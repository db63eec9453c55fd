import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Payment } from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import { type OpenedFile, type OpenedStore, openStore } from '@/server/store';

export { aBackDoor, aReadingSession, onSqlite } from '@/tests/support/database';
export { aNote, aPayment, aRefund, aSale, NOON, paymentId, refundId, saleId } from './records';

/** A folder of this test alone, gone afterwards. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countertop-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type Shop = OpenedFile & { readonly file: string; readonly folder: string };

/** Opened, and closed at the end of the test at the latest. */
export async function opening(file: string): Promise<OpenedFile> {
  const opened = await openStore({ file });
  onTestFinished(() => opened.close());
  return opened;
}

export async function aShop(): Promise<Shop> {
  const folder = aFolder();
  const file = join(folder, 'countertop.db');
  return { ...(await opening(file)), file, folder };
}

/** A sale with one payment, in one transaction. */
export function recordSale(shop: OpenedStore, payment: Payment): Promise<boolean> {
  const { saleId: id, amount, currency, counter, staff, createdAt } = payment;
  return shop.store.transaction(async (records) => {
    await records.insertSale({ id, amount, currency, note: null, counter, staff, createdAt });
    return records.insertPayment(payment, null);
  });
}

export const update = (shop: OpenedStore, payment: Payment): Promise<Payment | null> =>
  shop.store.transaction((records) => records.update(payment));

export const giveBack = (shop: OpenedStore, refund: Refund): Promise<boolean> =>
  shop.store.transaction((records) => records.insertRefund(refund));

export const updateRefund = (shop: OpenedStore, refund: Refund): Promise<Refund | null> =>
  shop.store.transaction((records) => records.updateRefund(refund));
