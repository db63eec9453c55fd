/**
 * `npm run doctor -- --live 2.00`: a payment of real money that goes back. It is made at the doors
 * of the running server by a manager, so that it is a payment like any other: recorded before it is
 * asked for, watched whatever becomes of this command, and never sent twice.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import type { PaymentDetail, PaymentView, RefundView } from '@/lib/contract';
import { formatMoney, money } from '@/lib/money';
import { isLive } from '@/lib/payment';
import type { Environment } from '@/server/env';
import type { Guest, Reply } from './door-client';
import type { Finding } from './findings';
import type { LiveWish } from './live-wish';

const EVERY_MS = 1_000;
/** How long a cancelled payment is followed, and how often what was not heard is said again. */
const END_MS = 60_000;
const REASON = 'Live test of npm run doctor';

export type LiveTest = {
  readonly guest: Guest;
  readonly wish: LiveWish;
  readonly currency: Environment['shop']['currency'];
  /** Of the manager who is signed in; a refund asks for it. */
  readonly pin: string;
  readonly say: (line: string) => void;
  readonly qr: (text: string) => Promise<string>;
  /** Somebody pressed Ctrl+C. */
  readonly isStopped: () => boolean;
};

const wrong = (says: string): Finding => ({ what: 'live', is: 'wrong', says });

export async function liveTest(test: LiveTest): Promise<Finding> {
  const key = `live-${randomUUID()}`;
  const { amount, payType, counter } = test.wish;
  const body = { amount, payType, note: REASON, ...(counter === null ? {} : { counter }) };
  const begun = await insist(test, () => test.guest.call('POST', '/api/payments', { body, key }));
  if (begun.kind === 'silent') {
    return wrong(
      `the server fell silent (${begun.why}): look under Sales for a payment of this hour`,
    );
  }
  if (begun.kind === 'refused') return wrong(`no payment was begun: ${saysOf(begun.body)}`);
  const { payment } = begun.body as { payment: PaymentView };
  test.say(`Payment ${payment.id}, ${told(test)}.`);
  if (payment.qrCode !== null)
    test.say(`${await test.qr(payment.qrCode)}\nPay it with the wallet.`);
  const paid = await untilEnded(test, payment);
  if (isLive(paid.state)) return wrong(`${open(paid)}, so do not pay it: ${WATCHED}`);
  if (paid.state !== 'paid') {
    const why = paid.failure?.says ?? paid.state;
    return wrong(`it was not paid, and QFPay agrees: no money moved (${paid.id}: ${why})`);
  }
  test.say(`Paid. QFPay's number is ${paid.qfpayNumber ?? 'not known yet'}. It goes back now.`);
  return giveBack(test, paid);
}

const WATCHED = 'the server goes on asking QFPay; look at it under Sales';
const open = ({ id, state }: PaymentView): string => `payment ${id} is still ${state}`;
const told = ({ wish, currency }: LiveTest): string =>
  `${formatMoney(money(wish.amount, currency), 'en')} by ${wish.wallet}`;

/** The customer's time, then a cancellation, and then only QFPay's word ends it. */
async function untilEnded(test: LiveTest, begun: PaymentView): Promise<PaymentView> {
  const waiting = (payment: PaymentView) => isLive(payment.state) && !test.isStopped();
  const { waitMs } = test.wish;
  const heard = await follow(test, { from: begun, forMs: waitMs, while: waiting });
  if (!isLive(heard.state)) return heard;
  test.say('Nobody has paid it: it is being cancelled. Do not pay it any more.');
  await insist(test, () => test.guest.call('POST', `/api/payments/${begun.id}/cancel`));
  return follow(test, { from: heard, forMs: END_MS, while: ({ state }) => isLive(state) });
}

type Following = {
  readonly from: PaymentView;
  readonly forMs: number;
  readonly while: (payment: PaymentView) => boolean;
};

async function follow(test: LiveTest, { from, forMs, while: goesOn }: Following) {
  const deadline = performance.now() + forMs;
  let last = from;
  while (goesOn(last) && performance.now() < deadline) {
    await pass(EVERY_MS);
    last = (await look(test, from.id))?.payment ?? last;
  }
  return last;
}

async function look(test: LiveTest, id: string): Promise<PaymentDetail | null> {
  const reply = await test.guest.call('GET', `/api/payments/${id}`);
  return reply.kind === 'answered' ? (reply.body as PaymentDetail) : null;
}

/** All of it, once: whatever is not heard is said again under the same key. */
async function giveBack(test: LiveTest, { id, amount }: PaymentView): Promise<Finding> {
  const key = `live-${randomUUID()}`;
  const body = { amount, reason: REASON, pin: test.pin };
  const still = `${told(test)} is the shop's now (${id})`;
  const sent = await insist(
    test,
    () => test.guest.call('POST', `/api/payments/${id}/refunds`, { body, key }),
    // Only a notification vouches for it so far; a question follows by itself.
    (reply) => reply.kind === 'refused' && codeOf(reply.body) === 'refund-unconfirmed',
  );
  if (sent.kind === 'silent') {
    return wrong(`${still}, and the server fell silent while it went back: look at it under Sales`);
  }
  if (sent.kind === 'refused') {
    return wrong(`${still}, and was not refunded: ${saysOf(sent.body)} Refund it under Refunds.`);
  }
  const { refund } = sent.body as { refund: RefundView };
  test.say(`Refund ${refund.id} is ${refund.state}.`);
  return endOf(test, { id, still, refund });
}

type Back = { readonly id: string; readonly still: string; readonly refund: RefundView };

async function endOf(test: LiveTest, { id, still, refund }: Back): Promise<Finding> {
  const deadline = performance.now() + test.wish.waitMs;
  let last = refund;
  while (!ENDED.includes(last.state) && performance.now() < deadline) {
    await pass(EVERY_MS);
    const found = (await look(test, id))?.refunds.find((each) => each.id === refund.id);
    last = found ?? last;
  }
  if (last.state === 'done') {
    const says = `${told(test)} was paid and has gone back (payment ${id}, refund ${last.id})`;
    return { what: 'live', is: 'good', says };
  }
  if (last.state === 'failed') {
    const why = last.failure?.says ?? '';
    return wrong(`${still}: refund ${last.id} failed. ${why} Refund it again under Refunds.`);
  }
  return wrong(`${still} until refund ${last.id}, which is ${last.state}, is done: ${WATCHED}`);
}

const ENDED: readonly RefundView['state'][] = ['done', 'failed'];

/** Says it again, under the same key, while nobody answers or `more` wants it so. */
async function insist(
  test: LiveTest,
  send: () => Promise<Reply>,
  more: (reply: Reply) => boolean = () => false,
): Promise<Reply> {
  const deadline = performance.now() + END_MS;
  for (;;) {
    const reply = await send();
    const again = reply.kind === 'silent' || more(reply);
    if (!again || performance.now() > deadline) return reply;
    test.say('…');
    await pass(EVERY_MS);
  }
}

const codeOf = (body: unknown): unknown => Reflect.get(Object(body), 'code');
const saysOf = (body: unknown): string => {
  const { says, code } = Object(body);
  return typeof says === 'string' ? `${says} [${code}]` : 'the answer was not ours';
};
