/** The change feed of the store as Server-Sent Events, for as long as a tablet listens. */
import type { Payment } from '@/lib/payment';
import { paymentView, refundView } from '@/lib/view';
import { type Asker, answerOf, historyStore, type Parts, readerOf } from './answers';
import type { Change } from './hub';
import { maySee } from './reports/history';
import { maySeeOutlet } from './staff/sign-in';

export type Stream = {
  readonly since: number | null;
  readonly send: (text: string) => void;
  readonly end: () => void;
};

/** First what was missed, then what comes, each in the order of its commit and once. */
export async function listen(
  parts: Parts,
  { since, send, end }: Stream,
  who: Asker,
): Promise<() => void> {
  const { opened, hub } = parts;
  let last = since ?? (await opened.reads.lastChange());
  const event = (seq: number, name: string, view: object) =>
    send(`id: ${seq}\nevent: ${name}\ndata: ${JSON.stringify(view)}\n\n`);
  const tell = (change: Change) => {
    const { seq } = change;
    if (seq <= last) return;
    last = seq;
    const reader = readerOf(parts, who);
    if ('refund' in change) {
      // A refund is a manager's; the cashier sees what it makes of the payment.
      const { refund } = change;
      const mine = maySeeOutlet(who.person, refund.outlet);
      if (mine && who.person.role !== 'cashier') event(seq, 'refund', refundView(refund, reader));
      return;
    }
    const { payment } = change;
    if (!maySee(who.person, payment)) return;
    event(seq, 'payment', paymentView(payment, reader));
    // A sale is what its payments make of it: it changes when one is born and when one is paid.
    if (payment.state === 'created' || payment.state === 'paid') tellSale(payment);
  };
  const tellSale = (payment: Payment) =>
    void answerOf(historyStore(opened), payment, readerOf(parts, who)).then(
      ({ sale }) => send(`event: sale\ndata: ${JSON.stringify(sale)}\n\n`),
      // The stream has ended meanwhile, or the database fails: then the payment's own door says so.
      () => {},
    );
  // A lone id is no event; it only tells the tablet where to take up again.
  send(`id: ${last}\n\n`);
  let missed: Change[] | null = [];
  const stop = hub.listen({
    onChange: (change) => (missed === null ? tell(change) : missed.push(change)),
    onClose: end,
  });
  for (;;) {
    const batch = await opened.reads.changes(last, 200);
    for (const change of batch) tell(change);
    if (batch.length < 200) break;
  }
  for (const change of missed) tell(change);
  missed = null;
  return stop;
}
