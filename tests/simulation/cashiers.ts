/**
 * The people behind the counters. They tap twice, try again when nothing comes, cancel, leave, and
 * above all ring again as soon as the screen says that it is safe.
 */
import type { Currency } from '@/lib/money';
import { type Mode, type PaymentId, RANK, type SaleId } from '@/lib/payment';
import type { ChargeRequest, ChargeResult } from '@/server/payments/charge';
import { magicCode } from '@/server/simulator/magic';
import { issueCode, shapeOf } from '@/server/simulator/model/codes';
import type { Bank } from './bank';
import type { Books } from './books';
import type { Reply } from './door';
import type { Loop } from './loop';
import type { Stream } from './random';
import type { Report } from './report';
import type { Shop } from './shop';
import type { Swarm } from './swarm';
import type { SeenPayment } from './witness';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export type Floor = {
  readonly loop: Loop;
  readonly bank: Bank;
  readonly books: Books;
  readonly shop: Shop;
  readonly swarm: Swarm;
  readonly draw: Stream;
  readonly report: Report;
  /** From then on no new sale is begun. */
  readonly closesAt: number;
  /** A sale has been paid: a manager may want to give it back. */
  readonly onPaid: (payment: SeenPayment) => void;
};
export type Tablet = Floor & { readonly counter: string; serial: number };

export async function workAt(tablet: Tablet): Promise<void> {
  const { loop, draw, swarm } = tablet;
  const first = swarm.rush ? draw.int(0, 5 * SECOND) : draw.int(0, 8 * SECOND);
  await loop.sleep(first);
  for (let sale = 0; sale < swarm.salesOfTablet; sale += 1) {
    if (loop.now() >= tablet.closesAt) return;
    await sell(tablet);
    await loop.sleep(draw.span(200, 20 * SECOND));
  }
}

const MPM = ['800201', '800101', '805801', '800701', '803701'] as const;

type Plan = { readonly amount: number; readonly mode: Mode; readonly payType: string };

async function sell(tablet: Tablet): Promise<void> {
  const { draw, report } = tablet;
  // Few different sums, so that another sale's answer is not betrayed by its sum.
  const amount = draw.pick([200, 200, 3_850, 1, draw.int(1, 1_000_000)]);
  let saleId: SaleId | null = null;
  const tries = draw.int(1, 3);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { rush, quiet } = tablet.swarm;
    const mode: Mode = rush || quiet || draw.chance(0.6) ? 'MPM' : 'CPM';
    const payType = mode === 'CPM' ? '800008' : draw.pick(MPM);
    const rung = await ring(tablet, { amount, mode, payType }, saleId);
    if (rung === null) return;
    saleId = rung.saleId;
    const came = await follow(tablet, rung.id);
    if (came?.state === 'paid') return tablet.onPaid(came);
    const mayAgain =
      came !== null && (RANK[came.state as 'paid'] === 3 || came.abandoned_by !== null);
    if (!mayAgain || !draw.chance(0.92)) return;
    report.sometimes('rang again when told it is safe');
    await tablet.loop.sleep(draw.span(50, 8 * SECOND));
  }
}

type Rung = { readonly id: string; readonly saleId: SaleId };

/** Posts until something comes back; always the same key for the same tap. */
async function ring(tablet: Tablet, plan: Plan, saleId: SaleId | null): Promise<Rung | null> {
  const { draw, loop, shop } = tablet;
  const request = requestOf(tablet, plan, saleId);
  if (draw.chance(0.12))
    loop.after(draw.int(2, 300), () => void post(tablet, request) as undefined);
  if (draw.chance(0.06)) reuseKey(tablet, request);
  if (saleId !== null && draw.chance(0.12)) {
    const other = requestOf(tablet, plan, saleId);
    loop.after(draw.int(0, 100), () => void post(tablet, other) as undefined);
  }
  for (let again = 0; again < 8; again += 1) {
    const reply = await post(tablet, request);
    if (reply.answered) return rungOf(reply.value);
    const known = shop.witness().targetOf(request.key);
    const row = known === null ? null : shop.witness().payment(known);
    if (row !== null && draw.chance(0.4)) return { id: row.id, saleId: row.sale_id as SaleId };
    await loop.sleep(draw.span(200, 4 * SECOND));
  }
  return null;
}

function rungOf(result: ChargeResult): Rung | null {
  if (!('refused' in result)) return { id: result.payment.id, saleId: result.sale.id };
  return null;
}

function requestOf(tablet: Tablet, plan: Plan, saleId: SaleId | null): ChargeRequest {
  tablet.serial += 1;
  const key = `${tablet.counter}-${tablet.serial}`;
  const authCode = plan.mode === 'CPM' ? scan(tablet) : null;
  const { amount, mode, payType } = plan;
  return {
    ...{ key, amount, mode, payType, authCode, saleId },
    bodyText: JSON.stringify([amount, payType, authCode, saleId]),
    currency: 'HKD' as Currency,
    note: null,
    counter: tablet.counter,
    staff: '3000',
    outlet: tablet.swarm.outlet,
  };
}

function scan({ draw, bank, loop, swarm }: Tablet): string {
  const serial = draw.int(0, 99_999);
  const kind = draw.weighted({
    pays: 25,
    'asks-then-pays': 14,
    'asks-then-refused': 10,
    'code-wrong': 10,
    'too-little-money': 6,
    'silent-and-paid': swarm.strict ? 0 : 6,
    'silent-and-lost': swarm.strict ? 0 : 4,
    'slow-then-pays': 6,
    'processing-then-pays': 6,
    'never-decides': 5,
    'refused-yet-paid': swarm.lenient ? 3 : 0,
    prompt: 18,
  });
  if (kind !== 'prompt') return magicCode(kind, { prefix: draw.pick(['13', '28', '62']), serial });
  const shape = shapeOf(draw.pick(['wechat', 'alipay-hk', 'unionpay']));
  if (shape === null) throw new Error('no such wallet');
  return issueCode(bank.model.world, { shape, askPassword: true }, loop.now()).code;
}

const delays = (draw: Stream) => ({
  there: draw.int(2, 40),
  back: draw.int(2, 40),
  patience: draw.pick([8 * SECOND, 40 * SECOND]),
});

function post(tablet: Tablet, request: ChargeRequest): Promise<Reply<ChargeResult>> {
  const { draw, shop, loop } = tablet;
  loop.tell(`tablet ${tablet.counter}`, `taps ${request.key} ${request.mode} ${request.amount}`);
  return shop.request(draw.pick(shop.names()), delays(draw), (payments) =>
    payments.charge(request),
  );
}

/** Another amount under a key that was used before must not become a payment. */
function reuseKey(tablet: Tablet, request: ChargeRequest): void {
  const { loop, draw, report, shop } = tablet;
  loop.after(draw.int(400, 5_000), () => {
    const known = shop.witness().targetOf(request.key);
    if (known === null) return undefined;
    const other = { ...request, amount: request.amount + 1, bodyText: `${request.bodyText} other` };
    void post(tablet, other).then((reply) => {
      // A copy restored meanwhile may have forgotten the key.
      if (!reply.answered || shop.witness().targetOf(request.key) !== known) return;
      const { value } = reply;
      const refused = 'refused' in value && value.refused === 'key-reused';
      if (refused) report.sometimes('key reused with another body');
      else report.violated('T3', request.key, 'one key stood for two bodies');
    });
    return undefined;
  });
}

/** What the cashier does until the payment is decided, or he has had enough. */
async function follow(tablet: Tablet, id: string): Promise<SeenPayment | null> {
  const { draw, shop, loop } = tablet;
  const kind = draw.weighted({ waits: 25, cancels: 58, leaves: 8, checks: 9 });
  const settled = (ms: number) => until(tablet, id, ms);
  const ask = (act: 'cancel' | 'check') => {
    loop.tell(`tablet ${tablet.counter}`, `${act}s ${id}`);
    const payment = id as PaymentId;
    return shop.request<unknown>(draw.pick(shop.names()), delays(draw), (payments) =>
      act === 'cancel' ? payments.cancel(payment, '3000') : payments.check(payment),
    );
  };
  if (kind === 'leaves') return settled(draw.int(0, 5 * SECOND));
  if (kind === 'checks') {
    const came = await settled(draw.span(500, 30 * SECOND));
    if (came !== null) return came;
    await ask('check');
  }
  if (kind === 'cancels') {
    const came = await settled(draw.span(20, 25 * SECOND));
    if (came !== null) return came;
    for (let again = 0; again < 3 && !(await ask('cancel')).answered; again += 1);
  }
  const came = await settled(draw.span(5 * SECOND, 4 * MINUTE));
  if (came !== null || draw.chance(0.4)) return came;
  return overrideIt(tablet, id);
}

async function overrideIt(tablet: Tablet, id: string): Promise<SeenPayment | null> {
  const { draw, shop, loop } = tablet;
  loop.tell(`tablet ${tablet.counter}`, `overrides ${id}`);
  const request = { id: id as PaymentId, manager: '2000', staff: '3000', reason: null };
  await shop.request(draw.pick(shop.names()), delays(draw), (payments) =>
    payments.override(request),
  );
  return shop.witness().payment(id);
}

/** The payment once it is decided, as its screen shows it; null when it takes longer. */
function until(tablet: Tablet, id: string, ms: number): Promise<SeenPayment | null> {
  const { books, loop } = tablet;
  const now = books.payments.get(id);
  if (now !== undefined && now.rank >= 3) return Promise.resolve(now);
  return new Promise((resolve) => {
    const stop = books.onDecided(id, (payment) => {
      loop.after(tablet.draw.int(5, 150), () => resolve(payment) as undefined);
    });
    loop.after(ms, () => {
      stop();
      resolve(null);
      return undefined;
    });
  });
}
