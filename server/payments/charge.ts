/**
 * Starts payments. It promises that the intent is on disk before a byte leaves, that one key makes
 * one payment and one sale has one live payment, and that a charge whose answer is unclear is
 * never sent again. The customer's code passes through and is kept nowhere.
 */
import { claim } from '@/lib/advance';
import type { Currency } from '@/lib/money';
import {
  amountDue,
  type ChargeEvidence,
  type Evidence,
  isLive,
  type Mode,
  NO_WITNESSES,
  type Payment,
  type PaymentId,
  type SaleId,
} from '@/lib/payment';
import { payType } from '@/lib/wallets';
import { ask } from './ask';
import { moment, record, recordIntent, type World } from './evidence';
import type { Records, Sale } from './ports';
import { stopped, whileMine } from './unsent';

export type ChargeRequest = {
  readonly key: string;
  /** The checked body in a fixed order of fields; only its fingerprint is kept. */
  readonly bodyText: string;
  readonly amount: number;
  readonly currency: Currency;
  readonly payType: string;
  readonly mode: Mode;
  readonly authCode: string | null;
  readonly saleId: SaleId | null;
  readonly note: string | null;
  readonly counter: string;
  readonly staff: string;
  readonly outlet: string | null;
};

type ChargeRefusal =
  | { readonly refused: 'key-reused' | 'amount-not-due' | 'not-found' }
  | { readonly refused: 'sale-has-live-payment' | 'code-used'; readonly paymentId: PaymentId };
export type ChargeResult = { readonly payment: Payment; readonly sale: Sale } | ChargeRefusal;

const MINUTE = 60_000;
/** MPM: QFPay's shortest expiry. CPM: two minutes of waiting for the customer's password. */
const SHOWN_MS = 5 * MINUTE;
const PASSWORD_MS = 2 * MINUTE;
/** Where a wallet ignores `expired_time`, QFPay's default applies (protocol.md §7.3). */
const DEFAULT_EXPIRY_MS = 30 * MINUTE;
/** How long a charge waits for its turn, or goes on trying to reach the gateway. */
const PATIENCE_MS = 10_000;
const TRY_AGAIN_MS = 500;

export async function charge(world: World, request: ChargeRequest): Promise<ChargeResult> {
  const begun = await begin(world, request);
  if ('refused' in begun) return begun;
  const { payment, sale, isNew } = begun;
  if (isNew) world.out.changed(payment);
  if (payment.state !== 'created') return { payment, sale };
  const work = () => send(world, payment, request.authCode);
  return { payment: await (isNew ? whileMine(world, payment.id, work) : work()), sale };
}

type Begun = { payment: Payment; sale: Sale; isNew: boolean } | ChargeRefusal;

function begin(world: World, request: ChargeRequest): Promise<Begun> {
  const body = world.ids.fingerprint(request.bodyText);
  const code = request.authCode === null ? null : world.ids.fingerprint(`code:${request.authCode}`);
  return world.store.transaction(async (records): Promise<Begun> => {
    const known = await records.key(request.key);
    if (known !== null) {
      const same = known.kind === 'payment' && known.bodyFingerprint === body;
      return same ? replay(records, known.targetId as PaymentId) : { refused: 'key-reused' };
    }
    const owner = code === null ? null : await records.paymentOfCode(code);
    if (owner !== null) return { refused: 'code-used', paymentId: owner };
    const sale = await saleFor(world, records, request);
    if ('refused' in sale) return sale;
    const payment = newPayment(world, request, sale);
    if (!(await records.insertPayment(payment, code))) {
      throw new Error(`payment ${payment.id} could not be recorded`);
    }
    const target = { kind: 'payment', bodyFingerprint: body, targetId: payment.id } as const;
    await records.insertKey(request.key, target);
    await records.note({
      at: payment.createdAt,
      paymentId: payment.id,
      saleId: sale.id,
      kind: 'person',
      actor: request.staff,
      state: 'created',
      detail: { did: 'charge', amount: payment.amount, payType: payment.payType },
    });
    return { payment, sale, isNew: true };
  });
}

async function replay(records: Records, id: PaymentId): Promise<Begun> {
  const payment = await records.payment(id);
  const sale = payment === null ? null : await records.sale(payment.saleId);
  if (payment === null || sale === null) throw new Error(`the key of ${id} points nowhere`);
  return { payment, sale, isNew: false };
}

async function saleFor(
  world: World,
  records: Records,
  request: ChargeRequest,
): Promise<Sale | ChargeRefusal> {
  if (request.saleId === null) {
    const { amount, currency, note, counter, staff } = request;
    const createdAt = world.clock.wall();
    const sale: Sale = {
      id: world.ids.saleId(),
      amount,
      currency,
      note,
      counter,
      staff,
      createdAt,
    };
    await records.insertSale(sale);
    return sale;
  }
  const sale = await records.sale(request.saleId);
  if (sale === null) return { refused: 'not-found' };
  const payments = await records.paymentsOfSale(sale.id);
  const live = payments.find((each) => isLive(each.state) && each.abandonedBy === null);
  if (live !== undefined) return { refused: 'sale-has-live-payment', paymentId: live.id };
  const due = amountDue(sale.amount, payments);
  return request.amount === due && due > 0 ? sale : { refused: 'amount-not-due' };
}

function newPayment(world: World, request: ChargeRequest, sale: Sale): Payment {
  const { payType, mode, counter, staff, outlet } = request;
  const at = moment(world.clock);
  return {
    id: world.ids.paymentNumber(),
    saleId: sale.id,
    mode,
    payType,
    amount: request.amount,
    currency: request.currency,
    state: 'created',
    qrCode: null,
    qrExpiresAt: null,
    usedPayType: null,
    qfpayNumber: null,
    walletNumber: null,
    confirmed: false,
    late: false,
    review: null,
    failure: null,
    counter,
    staff,
    outlet,
    createdAt: at.wall,
    paidAt: null,
    witnesses: NO_WITNESSES,
    // Nobody goes on with it for a minute: then it ends, because nothing was ever sent (T11).
    nextCheckAt: at.steady + MINUTE,
    abandonedBy: null,
    refunded: 0,
    reserved: 0,
    settled: 0,
    lateSeen: false,
    version: 1,
  };
}

/** T4, T5, then the charge itself: one number, re-sent only when it provably did not leave. */
async function send(world: World, payment: Payment, authCode: string | null): Promise<Payment> {
  const giveUpAt = world.clock.steady() + PATIENCE_MS;
  if (!(await world.budget.take('charge', PATIENCE_MS))) {
    const evidence = stopped(world, payment.id, 'deadline');
    return (await record(world, payment.id, { evidence })) ?? payment;
  }
  let left = false;
  let last: ChargeEvidence | null = null;
  for (let seq = 1; ; seq += 1) {
    const intent = await intend(world, payment.id, seq);
    if (intent.callId === null) {
      // Stopped between two tries: what the last one came to is what there is to go on.
      const evidence = last === null ? unsent(world, intent.payment) : asHeard(last, left);
      return (evidence && (await record(world, payment.id, { evidence }))) ?? intent.payment;
    }
    world.fault('charge-claimed');
    const startedAt = world.clock.steady();
    const { id, payType, amount, currency, createdAt, counter, outlet } = payment;
    const order = { id, payType, amount, currency, createdAt, counter, outlet, authCode };
    const said = await world.gateway.charge(order);
    left ||= said.says === 'not-sent' && said.why === 'limited';
    world.fault('charge-answered');
    const ms = world.clock.steady() - startedAt;
    if (await mayTryAgain(world, said, { seq, giveUpAt })) {
      await answer(world, intent.callId, { evidence: said, ms });
      last = said;
      continue;
    }
    const evidence = asHeard(said, left);
    const outcome = { says: evidence.says, respcd: respcdOf(evidence), ms };
    const heard = { evidence, answered: { callId: intent.callId, outcome } };
    const after = (await record(world, payment.id, heard)) ?? payment;
    // A refusal is worth one question at once: the cashier is waiting for a word that holds.
    return evidence.says === 'refused' ? ask(world, after, 'query') : after;
  }
}

/** Stopped before its first try, which another server may have been told; null when it went on. */
const unsent = (world: World, { id, state }: Payment): Evidence | null =>
  state === 'created' ? stopped(world, id, 'deadline') : null;

/** The intent row, committed. No row (callId null) when the payment may not be sent any more. */
function intend(
  world: World,
  id: PaymentId,
  seq: number,
): Promise<{ payment: Payment; callId: number | null }> {
  const at = moment(world.clock);
  return world.store.transaction(async (records) => {
    const payment = await records.payment(id);
    if (payment === null) throw new Error(`payment ${id} vanished before it was sent`);
    const again = seq > 1 && payment.state === 'sending';
    const may = payment.state === 'created' || again;
    if (!may || payment.witnesses.stoppedBy !== null) return { payment, callId: null };
    const claimed = again ? payment : await records.update(claim(payment, termsOf(payment), at));
    if (claimed === null) throw new Error(`payment ${id} was claimed twice`);
    const callId = await recordIntent(records, claimed, { kind: 'charge', number: id, seq, at });
    return { payment: claimed, callId };
  });
}

function termsOf(payment: Payment) {
  if (payment.mode === 'CPM') return { deadlineMs: PASSWORD_MS, gatewayExpiryMs: PASSWORD_MS };
  const honours = payType(payment.payType)?.honoursExpiry === true;
  return { deadlineMs: SHOWN_MS, gatewayExpiryMs: honours ? SHOWN_MS : DEFAULT_EXPIRY_MS };
}

/** Once a try has left this machine, another that could not proves nothing about the first. */
const asHeard = (evidence: ChargeEvidence, left: boolean): ChargeEvidence =>
  left && evidence.says === 'not-sent' ? { ...evidence, why: 'limited' } : evidence;

/** Only "not one byte was looked at" earns a second try, with the same number (money.md §2.4). */
async function mayTryAgain(
  world: World,
  evidence: ChargeEvidence,
  { seq, giveUpAt }: { seq: number; giveUpAt: number },
): Promise<boolean> {
  if (evidence.says !== 'not-sent') return false;
  const left = giveUpAt - world.clock.steady();
  if (evidence.why === 'limited') return left > 0 && world.budget.take('charge', left);
  if (seq > 1) return false;
  await world.clock.sleep(TRY_AGAIN_MS);
  return world.budget.take('charge', TRY_AGAIN_MS);
}

async function answer(
  world: World,
  callId: number,
  { evidence, ms }: { evidence: ChargeEvidence; ms: number },
): Promise<void> {
  const outcome = { says: evidence.says, respcd: respcdOf(evidence), ms };
  await world.store.transaction((records) => records.answerCall(callId, outcome));
}

const respcdOf = (evidence: ChargeEvidence): string | null =>
  'respcd' in evidence ? evidence.respcd : null;
