/**
 * The room that decides about money. It records before it asks, treats silence as doubt and never
 * as "no", never sends a charge twice, changes a state in one function only, and lets nothing take
 * back a `paid`. It knows no framework, no database, no network and no time but what it is handed.
 */
import type { Payment, PaymentId } from '@/lib/payment';
import type { RefundId } from '@/lib/refund';
import { type Asked, cancel, check } from './ask';
import { type ChargeRequest, charge } from './charge';
import {
  type CompareRequest,
  compareDay,
  runningComparison,
  runningComparisons,
  stopComparison,
  stopComparisons,
  today,
} from './compare-run';
import { type DecideRequest, decide } from './decide';
import type { World } from './evidence';
import { hold } from './lease';
import { hearNotice } from './notice';
import { type OverrideRequest, override } from './override';
import { askRefund, type RefundRequest, refund } from './refund';
import { type RefundAndPayment, refundMoment } from './refund-evidence';
import { type SettlementRequest, settleOtherwise } from './settlement';
import { boot, type Watch, watch } from './watch';
import { type WithdrawRequest, withdraw } from './withdraw';

export type { World } from './evidence';

export type Payments = ReturnType<typeof createPayments>;

export function createPayments(world: World) {
  let worker: Watch | null = null;
  const nudge = () => worker?.poke();
  return {
    charge: (request: ChargeRequest) => charge(world, request),
    check: (id: PaymentId): Promise<Asked | null> => check(world, id),
    cancel: async (id: PaymentId, staff: string): Promise<Payment | null> => {
      const payment = await cancel(world, id, staff);
      nudge();
      return payment;
    },
    override: async (request: OverrideRequest) => {
      const payment = await override(world, request);
      nudge();
      return payment;
    },
    refund: (request: RefundRequest) => refund(world, request),
    /** Asks QFPay about a refund now; null when nobody knows its number. */
    checkRefund: async (id: RefundId): Promise<RefundAndPayment | null> => {
      const refund = await world.store.read.refund(id);
      const payment = refund === null ? null : await world.store.read.payment(refund.paymentId);
      if (refund === null || payment === null) return null;
      return (await askRefund(world, refund)) ?? { refund, payment };
    },
    withdraw: (request: WithdrawRequest) => withdraw(world, request),
    /** QFPay's clock as well as we know it, wall ms: the hour without refunds goes by it. */
    refundNow: (): number => refundMoment(world).wall,
    settle: (request: SettlementRequest) => settleOtherwise(world, request),
    decide: (request: DecideRequest) => decide(world, request),
    notified: async (raw: Uint8Array, signature: string | null) => {
      const verdict = await hearNotice(world, raw, signature);
      nudge();
      return verdict;
    },
    comparisons: {
      start: (request: CompareRequest) => compareDay(world, request),
      stop: (id: string) => stopComparison(world, id),
      running: (id: string) => runningComparison(world, id),
      allRunning: () => runningComparisons(world),
      today: () => today(world),
    },
    /** Reads what the last process left, then watches until `stop`. */
    start: async (): Promise<void> => {
      await world.comparisons.abandon(world.server, world.clock.wall());
      const epoch = await hold(world);
      const first = epoch === null ? null : { epoch, since: await boot(world) };
      worker = watch(world, first);
    },
    stop: async (): Promise<void> => {
      worker?.stop();
      await stopComparisons(world);
      await worker?.done;
    },
  };
}
