/** A shop for sentences about shifts: sales and their ends, closes, and a clock the test moves. */
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Payment } from '@/lib/payment';
import type { Shift } from '@/lib/shift';
import { openStore } from '@/server/store';
import { aFolder, aPayment, NOON, paymentId, recordSale, update } from './support';

export type ShiftTill = Awaited<ReturnType<typeof aTill>>;

/** A shop whose clock the test moves, in ms after noon. */
export async function aTill() {
  const folder = aFolder();
  const file = join(folder, 'countertop.db');
  const clock = { ms: 0 };
  const opened = await openStore({ file, now: () => NOON + clock.ms });
  onTestFinished(() => opened.close());
  const born = new Map<number, Payment>();
  const sell = async (n: number, more: Partial<Payment> = {}) => {
    const payment = aPayment(n, { createdAt: NOON + clock.ms, state: 'awaiting', ...more });
    expect(await recordSale(opened, payment)).toBe(true);
    born.set(n, payment);
  };
  const end = async (n: number, state: 'paid' | 'failed') => {
    const payment = await opened.store.read.payment(paymentId(n));
    if (payment === null) throw new Error(`there is no payment ${n}`);
    await update(opened, { ...payment, state, paidAt: state === 'paid' ? NOON + clock.ms : null });
  };
  const isOpen = (counter: string) => async (): Promise<Shift | undefined> =>
    (await opened.shifts.page({ counter, from: null, after: null, limit: 100 })).shifts.find(
      (shift) => shift.number === null,
    );
  const openShift = async (counter = 'Front'): Promise<Shift> => {
    const found = await isOpen(counter)();
    if (found === undefined) throw new Error(`no shift is open at ${counter}`);
    return found;
  };
  let keys = 0;
  const shut = async (id: number, key = `close-${keys++}`) => {
    const at = NOON + clock.ms;
    return opened.shifts.close({ id, key, staff: '3000', at, currency: 'HKD' });
  };
  const z = async (id: number): Promise<Shift> => {
    const closed = await shut(id);
    if ('refused' in closed) throw new Error(closed.refused);
    return closed.shift;
  };
  return { ...opened, file, clock, sell, end, openShift, isOpen, shut, z };
}
