/**
 * Counters and their customers: half show a code, half scan ours; some walk away, some are asked to
 * wait while the cashier stops the sale, and a few bring the goods back.
 */
import type { PaymentView } from '@/lib/contract';
import type { Stack } from '../../support/stack';
import { STAFF } from '../../support/till';
import { pause } from '../machine-clock';
import type { Random } from '../random';
import type { Tablet } from './tablet';

const SCANS = 0.5;
const WALKS_AWAY = 0.12;
const BRINGS_BACK = 0.03;
const THINKS_MS = [2_000, 25_000] as const;
/** A QR lives for five minutes; then it takes a while to be sure of it. */
const LONGEST_MS = 480_000;
const AMOUNTS = [500, 60_000] as const;

type Sale = {
  readonly id: string;
  readonly state: PaymentView['state'] | 'unseen';
  /** From the customer's money to the tablet, ms; null where nobody scanned our QR. */
  readonly seenMs: number | null;
};
export type Counter = {
  readonly name: string;
  readonly tablet: Tablet;
  /** A manager's, for what only a manager may. */
  readonly office: Tablet;
  readonly random: Random;
  readonly control: Stack['control'];
};
export type Ledger = { readonly sales: Sale[]; readonly wrong: string[]; refunds: number };

/** Customers come one after the other, `everyMs` apart on average, until it is `over`. */
export async function keepCounter(
  counter: Counter,
  { everyMs, over, ledger }: { everyMs: number; over: () => boolean; ledger: Ledger },
): Promise<void> {
  for (let sale = 1; ; sale += 1) {
    const comesAt = performance.now() + counter.random.gap(everyMs);
    while (performance.now() < comesAt && !over()) {
      await pause(Math.min(1_000, comesAt - performance.now()));
    }
    if (over()) return;
    await serve(counter, { sale, ledger });
  }
}

type Serving = { readonly sale: number; readonly ledger: Ledger };

async function serve(counter: Counter, { sale, ledger }: Serving): Promise<void> {
  const { random, tablet, name } = counter;
  const amount = random.whole(...AMOUNTS);
  const how = random.chance(SCANS) ? { authCode: newCode() } : { payType: '800201' };
  const tap = {
    method: 'POST',
    path: '/api/payments',
    key: `${name}-${sale}-${Date.now()}`,
    body: { amount, counter: name, ...how },
  } as const;
  const answer = await tablet.send(tap);
  if (answer?.status !== 201) {
    ledger.wrong.push(`${name}: a charge was answered ${answer?.status}: ${textOf(answer?.body)}`);
    return;
  }
  const payment = answer.body.payment as PaymentView;
  const ended = await follow(counter, payment);
  ledger.sales.push({ id: payment.id, ...ended });
  if (ended.state === 'paid' && random.chance(BRINGS_BACK)) {
    await giveBack(counter, { id: payment.id, amount, ledger });
  }
}

type Ended = Pick<Sale, 'state' | 'seenMs'>;

async function follow(counter: Counter, payment: PaymentView): Promise<Ended> {
  const { tablet, random, control } = counter;
  const { id } = payment;
  if (isOver(payment)) return { state: payment.state, seenMs: null };
  const heard = tablet.decided(id, LONGEST_MS);
  // Between the answer to the tap and the first word of the stream it may have been decided.
  const found = await tablet.send({ method: 'GET', path: `/api/payments/${id}` });
  const now = found?.body.payment as PaymentView | undefined;
  if (now !== undefined && isOver(now)) return { state: now.state, seenMs: null };
  let paidAt: number | null = null;
  if (now?.state === 'awaiting') {
    await pause(random.whole(...THINKS_MS));
    if (random.chance(WALKS_AWAY)) {
      await tablet.send({ method: 'POST', path: `/api/payments/${id}/cancel` });
    } else if (await pays(control, id)) paidAt = performance.now();
  }
  const end = await heard;
  const seenMs = paidAt === null || end?.state !== 'paid' ? null : performance.now() - paidAt;
  return { state: end?.state ?? 'unseen', seenMs };
}

const isOver = ({ state }: PaymentView): boolean =>
  state === 'paid' || state === 'failed' || state === 'closed';

/** False when the QR has ended meanwhile. */
const pays = (control: Stack['control'], number: string): Promise<boolean> =>
  control('pay', { number }).then(
    () => true,
    () => false,
  );

async function giveBack(
  { office, name, random }: Counter,
  { id, amount, ledger }: { id: string; amount: number; ledger: Ledger },
): Promise<void> {
  const answer = await office.send({
    method: 'POST',
    path: `/api/payments/${id}/refunds`,
    key: `back-${name}-${id}`,
    body: { amount: random.whole(1, amount), reason: 'Brought back', pin: STAFF.manager.pin },
  });
  if (answer?.status === 201) ledger.refunds += 1;
  // In the hour before midnight QFPay refunds nothing, and the shop says so.
  else if (answer?.status !== 409) {
    const says = textOf(answer?.body);
    ledger.wrong.push(`${name}: a refund was answered ${answer?.status}: ${says}`);
  }
}

const textOf = (body: object | undefined): string => JSON.stringify(body ?? null).slice(0, 200);

let codes = 0;
/** A customer's code, which nobody has shown before. */
function newCode(): string {
  codes += 1;
  return `13${String(Date.now()).slice(-8)}${String(codes).padStart(8, '0')}`;
}
