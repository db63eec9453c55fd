/**
 * Payments of which our record says that nothing was sent. After a restore the record may be older
 * than the charge, so only the process that is about to send one knows; anybody else asks QFPay
 * before it is called safe.
 */
import { claim } from '@/lib/advance';
import type { Payment, PaymentId, StopEvidence } from '@/lib/payment';
import { moment, record, WITNESSES, type World } from './evidence';
import type { Gateway } from './ports';

const TURN_MS = 2_000;
/** Whoever scans it, in whatever wallet: the longest that QFPay lets a code live. */
const LONGEST_MS = 2 * 3_600_000;

const beingSent = new WeakMap<Gateway, Set<PaymentId>>();

/** Does `work`, which sends a payment that this process has just recorded for the first time. */
export async function whileMine<T>(
  { gateway }: World,
  id: PaymentId,
  work: () => Promise<T>,
): Promise<T> {
  const mine = beingSent.get(gateway) ?? new Set();
  beingSent.set(gateway, mine.add(id));
  try {
    return await work();
  } finally {
    mine.delete(id);
  }
}

/** `doubtful`: were it unsent by our record, that would not be the last word on it. */
export const stopped = (
  { gateway }: World,
  id: PaymentId,
  by: StopEvidence['by'],
): StopEvidence => ({
  source: 'stop',
  says: 'stop',
  by,
  doubtful: beingSent.get(gateway)?.has(id) !== true,
});

/**
 * True when QFPay knows of it: then it was sent, and is followed like any other from now on. Else
 * it ends, unless it is not clear yet.
 */
export async function isForgotten(
  world: World,
  { id, createdAt, outlet, currency }: Payment,
): Promise<boolean> {
  const known = await knows(world, { id, createdAt, outlet, currency });
  if (known === null) return false;
  if (!known) {
    const stop = { source: 'stop', says: 'stop', by: 'deadline', doubtful: false } as const;
    await record(world, id, { evidence: stop });
    return false;
  }
  const terms = { deadlineMs: 0, gatewayExpiryMs: LONGEST_MS };
  await world.store.transaction(async (records) => {
    const payment = await records.payment(id);
    if (payment?.state === 'created') {
      await records.update(claim(payment, terms, moment(world.clock)));
    }
  });
  return true;
}

/** Whether QFPay has this number; null when it is not clear. One "no" may be another's answer. */
async function knows(world: World, order: Parameters<Gateway['ask']>[0]): Promise<boolean | null> {
  for (let heard = 0; heard < WITNESSES; heard += 1) {
    if (!(await world.budget.take('query', TURN_MS))) return null;
    const { says } = await world.gateway.ask(order);
    if (says !== 'none') return says === 'unclear' ? null : true;
  }
  return false;
}
