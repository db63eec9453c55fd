/**
 * The shop as it is in production, but for the clock and the wire: the real rooms of payments,
 * QFPay and store on a real SQLite file with full sync, put together as server/runtime.ts does.
 */
import { rmSync } from 'node:fs';
import { createIds } from '@/server/numbers';
import { createPayments, type Payments, type World } from '@/server/payments';
import type { Alert, Clock } from '@/server/payments/ports';
import { createBudget, type SharedBudget } from '@/server/qfpay/budget';
import { createQfpay } from '@/server/qfpay/client';
import { createNotificationReader } from '@/server/qfpay/notification';
import type { Transport } from '@/server/qfpay/transport';
import type { Account } from '@/server/simulator/accounts';
import { type OpenedFile, openStore } from '@/server/store';
import type { Random } from '../random';
import { emptyFolder } from '../scratch';

export type Shop = {
  readonly payments: Payments;
  readonly world: World;
  readonly opened: OpenedFile;
  readonly file: string;
  readonly alerts: Alert[];
  /** The process is gone; the file stays. */
  close(): void;
  /** The same, and the file with it. */
  remove(): void;
};
export type ShopSetting = {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly account: Account;
  readonly random: Random;
  /** Where the database lies: RAM_DISK unless the disk itself is measured. */
  readonly folder?: string;
  /** Somebody else's database, such as one that a killed server left. */
  readonly file?: string;
  /** One that is open already, instead of a file. */
  readonly opened?: OpenedFile;
  /** Instead of the real allowance, where the gateway's limit must not hide the shop's own. */
  readonly budget?: SharedBudget;
  readonly onChanged?: World['out']['changed'];
};

export async function openShop(setting: ShopSetting): Promise<Shop> {
  const { clock, transport, account, random } = setting;
  const own = [setting.folder, setting.file, setting.opened].every((it) => it === undefined);
  const folder = own ? emptyFolder('shop') : setting.folder;
  const file = setting.file ?? `${folder}/countertop.db`;
  const opened = setting.opened ?? (await openStore({ file }));
  const unitOf = { JPY: null, IDR: null, MMK: null };
  const prefix = await opened.meta.installationPrefix(() => 'BNC');
  const { appCode, key } = account;
  const { store } = opened;
  const budget =
    setting.budget ?? createBudget({ clock, store, random: random.next, name: appCode });
  const alerts: Alert[] = [];
  const world: World = {
    store,
    budget,
    clock,
    gateway: createQfpay({
      ...{ appCode, key, unitOf, clock, budget, transport, signType: 'SHA256' },
      notifyUrl: null,
      shopName: 'Bench',
      shopTimeZone: 'Asia/Hong_Kong',
    }),
    ids: createIds(prefix, { key: Buffer.alloc(32, 7), wall: clock.wall }),
    readNotification: createNotificationReader({ key, unitOf }),
    out: {
      changed: (payment) => setting.onChanged?.(payment),
      alert: (alert) => alerts.push(alert),
    },
    fault: () => {},
    server: 'the-only-one',
    outlets: async () => [null],
    comparisons: opened.comparisons,
    currency: 'HKD',
    fpsRefunds: false,
  };
  const close = () => opened.close();
  const remove = () => {
    close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  return { payments: createPayments(world), world, opened, file, alerts, close, remove };
}
