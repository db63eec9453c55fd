/**
 * Any tablet of an outlet goes on with any payment that a customer may still pay there: its own
 * tablet may be broken, or its cashier at lunch. It shows and lends; it decides nothing.
 */
import type { PaymentAnswer } from '@/lib/contract';
import type { LivePayments } from '@/lib/contract-live';
import { isLive, type PaymentId } from '@/lib/payment';
import { paymentView } from '@/lib/view';
import { type Asker, answerOf, historyStore, type Parts, type Refusal, readerOf } from './answers';
import { carryOn } from './staff/session';
import { maySeeOutlet } from './staff/sign-in';

/** More are never open at once in one shop that still serves anybody. */
const MOST_LIVE = 100;

/** What of the whole is needed here. */
type PickUpParts = {
  readonly env: Pick<Parts['env'], 'shop' | 'fpsRefunds'>;
  readonly opened: Parts['opened'];
  readonly desk: Parts['desk'];
};

export function createPickUpVerbs(parts: PickUpParts) {
  const { opened, desk } = parts;
  return {
    livePayments: async (who: Asker): Promise<LivePayments> => {
      const open = await opened.store.read.open(MOST_LIVE);
      const here = open.filter(({ outlet }) => maySeeOutlet(who.person, outlet));
      const reader = readerOf(parts, who);
      return { payments: here.map((payment) => paymentView(payment, reader)) };
    },
    pickUp: async (id: string, who: Asker): Promise<PaymentAnswer | Refusal> => {
      const payment = await opened.store.read.payment(id as PaymentId);
      const { session } = who;
      if (payment === null || session === undefined) return { refused: 'not-found' };
      if (!maySeeOutlet(who.person, payment.outlet)) return { refused: 'not-found' };
      // What has ended meanwhile is its own cashier's, and in the list of sales.
      if (!isLive(payment.state)) return { refused: 'not-live' };
      await carryOn(desk, { session, payment, by: who.person });
      return answerOf(historyStore(opened), payment, readerOf(parts, who));
    },
  };
}
