/**
 * A counter without a network: the real payment room on a real SQLite file, a gateway that answers
 * what the test says next, and a clock that only moves when told.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ChargeEvidence,
  CloseEvidence,
  Payment,
  PaymentId,
  QueryEvidence,
} from '@/lib/payment';
import type { RefundAnswer, RefundQueryAnswer } from '@/lib/refund';
import { createIds } from '@/server/numbers';
import { createPayments, type World } from '@/server/payments';
import type { ChargeRequest } from '@/server/payments/charge';
import type { Alert, Gateway, SweepAnswer, VerifiedNotice } from '@/server/payments/ports';
import { tick } from '@/server/payments/sweep';
import { type OpenedStore, openStore } from '@/server/store';
import { facts, NOON } from './payments';

type Answer<E> = E | ((number: string) => E | Promise<E>);

/** Answers what is next in `script`, else what a silent gateway would; writes down who asked. */
function scriptedGateway() {
  const script = {
    charge: [] as Answer<ChargeEvidence>[],
    ask: [] as Answer<QueryEvidence>[],
    close: [] as Answer<CloseEvidence>[],
    sweep: [] as SweepAnswer[],
    refund: [] as Answer<RefundAnswer>[],
    askRefund: [] as Answer<RefundQueryAnswer>[],
    /** False: this gateway takes no lists. */
    takesLists: true,
    clockOffset: null as number | null,
  };
  const sent: string[] = [];
  const play = async <E>(
    kind: 'charge' | 'ask' | 'close' | 'refund' | 'askRefund',
    number: string,
    otherwise: E,
  ) => {
    sent.push(`${kind} ${number}`);
    const next = script[kind].shift() as Answer<E> | undefined;
    if (next === undefined) return otherwise;
    return next instanceof Function ? next(number) : next;
  };
  const gateway: Gateway = {
    charge: ({ id }) =>
      play('charge', id, { source: 'charge', says: 'unclear', respcd: null, why: 'timeout' }),
    ask: ({ id }) => play('ask', id, queryNone),
    close: ({ id }) =>
      play('close', id, { source: 'close', says: 'refused', respcd: '1297' } as const),
    sweep: async () => {
      sent.push('sweep');
      return script.sweep.shift() ?? { complete: true, rows: [], refunds: [] };
    },
    askMany: async (orders) => {
      sent.push(`list ${orders.map(({ id }) => id).join(',')}`);
      if (!script.takesLists) return null;
      const answers = orders.map(async ({ id }) => {
        const next = script.ask.shift() ?? queryNone;
        return [id, next instanceof Function ? await next(id) : next] as const;
      });
      return new Map(await Promise.all(answers));
    },
    refund: ({ id }) =>
      play('refund', id, { source: 'refund', says: 'unclear', respcd: null, why: 'timeout' }),
    clockOffset: () => script.clockOffset,
    askRefund: ({ id }) => play('askRefund', id, { source: 'refund-query', says: 'none' } as const),
  };
  return { script, sent, gateway };
}

export type Counter = Awaited<ReturnType<typeof openCounter>>;

export async function openCounter(folder = mkdtempSync(join(tmpdir(), 'countertop-'))) {
  let now = NOON;
  const opened: OpenedStore = await openStore({ file: join(folder, 'till.db'), now: () => now });
  const { script, sent, gateway } = scriptedGateway();
  const alerts: Alert[] = [];
  const changed: Payment[] = [];
  const crash = { at: '' };
  const world: World = {
    store: opened.store,
    gateway,
    readNotification: (raw, signature) =>
      signature === 'right' ? (JSON.parse(new TextDecoder().decode(raw)) as VerifiedNotice) : null,
    budget: { take: async () => true, wantsProbe: () => false, limited: () => {} },
    // A turn of the loop, so that a database at the end of a line gets a word in.
    clock: { wall: () => now, steady: () => now, sleep: () => new Promise(setImmediate) },
    ids: createIds('TST', { key: Buffer.alloc(32, 7), wall: () => now }),
    out: {
      changed: (payment) => changed.push(payment),
      alert: (alert) => alerts.push(alert),
    },
    fault: (point) => {
      if (point === crash.at) throw new Error(`crash at ${point}`);
    },
    server: 'test',
    outlets: async () => [null],
    comparisons: opened.comparisons,
    currency: 'HKD',
    fpsRefunds: false,
  };
  const payments = createPayments(world);
  let taps = 0;
  const charge = (change: Partial<ChargeRequest> = {}) => {
    taps += 1;
    return payments.charge({ ...plainCharge(`tap-${now}-${taps}`), ...change });
  };
  return {
    ...{ world, script, sent, alerts, changed, crash, folder, payments, opened, charge },
    later: (seconds: number) => {
      now += seconds * 1_000;
    },
    tick: () => tick(world),
    payment: (id: PaymentId): Promise<Payment> => known(opened, id),
    /** A charge that must be accepted. */
    take: async (change: Partial<ChargeRequest> = {}): Promise<Payment> => {
      const result = await charge(change);
      if ('refused' in result) throw new Error(`refused: ${result.refused}`);
      return result.payment;
    },
    /** Ends the counter and its folder. */
    end: () => {
      opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function known(opened: OpenedStore, id: PaymentId): Promise<Payment> {
  const payment = await opened.store.read.payment(id);
  if (payment === null) throw new Error(`no payment ${id}`);
  return payment;
}

export const plainCharge = (key: string): ChargeRequest => ({
  key,
  bodyText: 'the same body',
  amount: 4850,
  currency: 'HKD',
  payType: '800201',
  mode: 'MPM',
  authCode: null,
  saleId: null,
  note: null,
  counter: '1',
  staff: '3000',
  outlet: null,
});

export const CPM = { mode: 'CPM', payType: '800008', authCode: '130123456789012345' } as const;

export const created = (number: string): ChargeEvidence => ({
  source: 'charge',
  says: 'created',
  respcd: '0000',
  facts: facts({ number }),
  qrCode: `weixin://wxpay/bizpayurl?pr=${number}`,
});
export const chargePaid = (number: string): ChargeEvidence => ({
  source: 'charge',
  says: 'paid',
  respcd: '0000',
  facts: facts({ number }),
});
export const chargeRefused =
  (respcd: string) =>
  (number: string): ChargeEvidence => ({
    source: 'charge',
    says: 'refused',
    respcd,
    facts: facts({ number }),
  });
export const query =
  (says: 'paid' | 'pending' | 'refused' | 'closed', respcd: string) =>
  (number: string): QueryEvidence => ({ source: 'query', says, respcd, facts: facts({ number }) });
export const queryPaid = query('paid', '0000');
export const queryPending = query('pending', '1143');
export const queryNone: QueryEvidence = { source: 'query', says: 'none', by: 'number' };
export const unreachable: ChargeEvidence = {
  source: 'charge',
  says: 'not-sent',
  why: 'unreachable',
};
export const limited: ChargeEvidence = { source: 'charge', says: 'not-sent', why: 'limited' };

/** The body and signature of a notification that holds, about a payment. */
export const notice = (payment: Payment, change: object = {}): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({
      kind: 'payment',
      respcd: '0000',
      facts: facts({ number: payment.id, amount: payment.amount, ...change }),
      payment: null,
    }),
  );

/** A window that was answered in full and shows nothing, but for what is said. */
export const swept = (change: Partial<SweepAnswer>): SweepAnswer => ({
  complete: true,
  rows: [],
  refunds: [],
  ...change,
});
