/** Everybody who is not at a counter: managers, the portal, attackers, the operator, the clock. */
import type { PaymentId } from '@/lib/payment';
import type { Refund } from '@/lib/refund';
import type { RefundRequest } from '@/server/payments/refund';
import { hkStamp } from '@/server/simulator/hong-kong';
import { forgeNotice } from '@/server/simulator/model/notices';
import type { Notice } from './bank';
import type { Floor } from './cashiers';
import type { Stream } from './random';
import { BUSY_MS } from './swarm';
import type { SeenPayment } from './witness';

const SECOND = 1_000;

export function makeOffice(floor: Floor, streamOf: (name: string) => Stream) {
  const draw = {
    work: streamOf('managers'),
    regret: streamOf('regrets'),
    crash: streamOf('operator'),
    attack: streamOf('attacker'),
  };
  let serial = 0;
  const delivered: Notice[] = [];
  return {
    onDelivered: (notice: Notice): void => {
      delivered.push(notice);
    },
    /** A manager may give back what has just been paid, in one of several ways. */
    onPaid(payment: SeenPayment): void {
      const { loop } = floor;
      const kind = draw.work.weighted({
        none: 42,
        full: 20,
        part: 12,
        parts: 10,
        race: 8,
        portal: 8,
      });
      const give = (amount: number, after: number) => {
        serial += 1;
        giveBack(floor, draw, { payment, amount, after, key: `refund-${serial}` });
      };
      const after = () => draw.work.span(200, 40 * SECOND);
      const some = () => draw.work.int(1, payment.amount);
      loop.tell('manager', `${kind} for ${payment.id}`);
      if (kind === 'full') give(payment.amount, after());
      if (kind === 'part') give(some(), after());
      if (kind === 'parts') for (let n = 0; n < 4; n += 1) give(some(), after());
      if (kind === 'race') {
        const at = after();
        for (let n = 0; n < 3; n += 1) give(some(), at + draw.work.int(0, 50));
        give(payment.amount, at + draw.work.int(0, 50));
      }
      if (kind === 'portal') {
        portal(floor, draw.work, payment);
        if (draw.work.chance(0.5)) give(payment.amount, after());
      }
    },
    attack(): void {
      const rate = floor.swarm.notices.attacks;
      const count = Math.ceil(rate);
      for (let n = 0; n < count; n += 1) {
        const at = draw.attack.span(SECOND, BUSY_MS);
        floor.loop.after(at, () => attackOnce(floor, draw.attack, delivered) as undefined);
      }
    },
    operate: (): void => operate(floor, draw.crash),
  };
}

type Giving = {
  readonly payment: SeenPayment;
  readonly amount: number;
  readonly after: number;
  readonly key: string;
};

type GivingDraws = { readonly work: Stream; readonly regret: Stream };

function giveBack(floor: Floor, draws: GivingDraws, given: Giving): void {
  const { loop, shop } = floor;
  const { payment, amount, after, key } = given;
  const { work: draw, regret } = draws;
  const request: RefundRequest = {
    ...{ key, amount, paymentId: payment.id as PaymentId },
    bodyText: JSON.stringify([payment.id, amount]),
    reason: 'wrong drink',
    staff: '2000',
    approver: null,
  };
  const send = async (): Promise<void> => {
    for (let again = 0; again < 4; again += 1) {
      loop.tell('manager', `gives back ${amount} of ${payment.id} (${key})`);
      const delays = { there: draw.int(2, 40), back: draw.int(2, 40), patience: 40 * SECOND };
      const reply = await shop.request(draw.pick(shop.names()), delays, (payments) =>
        payments.refund(request),
      );
      if (reply.answered) {
        const told = reply.value;
        if ('refund' in told) regretIt(floor, regret, told.refund);
        return;
      }
      await loop.sleep(draw.span(SECOND, 10 * SECOND));
    }
  };
  loop.after(after, () => void send() as undefined);
  if (draw.chance(0.15)) loop.after(after + draw.int(1, 500), () => void send() as undefined);
}

/**
 * A manager thinks better of it, and sooner where the screen says that nobody knows; whether it has
 * been sent by then is for the shop to say.
 */
function regretIt(floor: Floor, draw: Stream, { id, state }: Refund): void {
  const unclear = state === 'unknown';
  if (!draw.chance(unclear ? 0.8 : 0.2)) return;
  const { loop, shop, report } = floor;
  const press = async (): Promise<void> => {
    const delays = { there: draw.int(2, 40), back: draw.int(2, 40), patience: 40 * SECOND };
    loop.tell('manager', `takes ${id} back`);
    const reply = await shop.request(draw.pick(shop.names()), delays, (payments) =>
      payments.withdraw({ id, staff: '2000' }),
    );
    if (!reply.answered || 'refused' in reply.value) return;
    report.sometimes('refund taken back');
    const { state } = reply.value.refund;
    if (state !== 'failed') report.violated('I4', id, `taken back and ${state}`);
  };
  const waits = draw.span(50, (unclear ? 4 : 90) * SECOND);
  loop.after(waits, () => void press() as undefined);
}

/** Somebody gives money back in QFPay's own portal. */
function portal(floor: Floor, draw: Stream, payment: SeenPayment): void {
  const { loop, bank, report } = floor;
  loop.after(draw.span(SECOND, 20 * SECOND), () => {
    const order = bank.order(payment.id);
    if (order === null) return undefined;
    const params = new Map([
      ['syssn', order.syssn],
      ['out_trade_no', `PORTAL${order.serial}`],
      ['txamt', String(draw.int(1, order.amount))],
      ['txdtm', hkStamp(loop.now())],
    ]);
    const answer = bank.model.refund(
      { account: bank.account, mchid: bank.outlet, params },
      loop.now(),
    );
    loop.tell('portal', `gives back ${params.get('txamt')} of ${payment.id}: ${answer.respcd}`);
    report.sometimes('refund made elsewhere');
    bank.settle();
    return undefined;
  });
}

/** A stranger, a replay, or a gateway that errs about somebody else's money. */
function attackOnce(floor: Floor, draw: Stream, delivered: readonly Notice[]): void {
  const { books, bank, shop, loop, report } = floor;
  const unpaid = [...books.payments.values()].filter((payment) => payment.state !== 'paid');
  const kind = draw.weighted({
    wrong: 25,
    nothing: 10,
    replay: 20,
    less: 20,
    foreign: 10,
    back: 15,
  });
  const victim = unpaid.length === 0 ? null : draw.pick(unpaid);
  const send = (body: string, signature: string | null) =>
    shop.request(draw.pick(shop.names()), { there: 20, back: 5, patience: 60_000 }, (payments) =>
      payments.notified(Buffer.from(body), signature),
    );
  loop.tell('attacker', `${kind} ${victim?.id ?? ''}`);
  if (kind === 'replay') {
    const old = delivered.length === 0 ? null : draw.pick(delivered);
    if (old !== null) void send(old.body, old.signature);
    return;
  }
  if (victim === null) return;
  const signed = kind !== 'wrong' && kind !== 'nothing';
  const amount =
    kind === 'less' ? Math.max(1, victim.amount - draw.int(1, victim.amount)) : victim.amount;
  if (kind === 'less' && amount === victim.amount) return;
  const made = forgeNotice(bank.model.world, bank.account, {
    ...{ number: victim.id, amount, body: null, at: loop.now() },
    currency: kind === 'foreign' ? 'USD' : 'HKD',
    payType: '800201',
    syssn: `99${String(loop.now())}`,
    signWith: kind === 'nothing' ? 'nothing' : signed ? 'right' : 'wrong',
    url: 'http://shop.test',
  });
  // A word about a refund that bears the payment's own number and amount.
  const again = kind === 'back' ? asRefund(floor, made) : made;
  void send(again.body, again.signature).then((reply) => {
    if (!reply.answered || signed) return;
    if (reply.value === 'refused') report.sometimes('forged notification refused');
    else report.violated('I5', victim.id, 'a forged notification was accepted');
  });
}

function asRefund({ bank }: Floor, made: Notice): Notice {
  const body = made.body.replace('"notify_type": "payment"', '"notify_type": "refund"');
  const { syssn, number, url } = made;
  const like = { url, number, syssn, amount: 1, currency: 'HKD', payType: '800201', at: 0 };
  return forgeNotice(bank.model.world, bank.account, { ...like, signWith: 'right', body });
}

function operate(floor: Floor, draw: Stream): void {
  const { loop, shop, swarm, report } = floor;
  const sometime = () => draw.span(SECOND, BUSY_MS);
  const names = shop.names();
  for (let n = 0; n < swarm.restarts; n += 1) {
    loop.after(sometime(), () => shop.crash(draw.pick(names), 'any moment') as undefined);
  }
  for (let n = 0; n < swarm.pauses; n += 1) {
    loop.after(sometime(), () => {
      const holder = shop.witness().lease()?.holder ?? draw.pick(names);
      shop.freeze(draw.chance(0.8) ? holder : draw.pick(names), draw.int(30, 90) * SECOND);
      return undefined;
    });
  }
  for (let n = 0; n < swarm.clockJumps; n += 1) {
    loop.after(sometime(), () => {
      const name = draw.pick(names);
      const far =
        swarm.servers === 2 ? 2 * SECOND : draw.pick([SECOND, 90 * SECOND, 2 * 3_600_000]);
      shop.setSkew(name, draw.chance(0.4) ? 0 : draw.int(-far, far));
      loop.tell('clock', `of ${name} is now ${shop.skewOf(name)} ms off`);
      return undefined;
    });
  }
  if (!swarm.restore) return;
  const at = draw.span(SECOND, 60 * SECOND);
  loop.after(at, () => shop.takeBackup() as undefined);
  loop.after(at + draw.span(SECOND, 40 * SECOND), async () => {
    report.sometimes('restart on an older copy');
    shop.restore(draw.span(200, 10 * SECOND));
  });
}
