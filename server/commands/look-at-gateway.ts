/**
 * Asks QFPay about a number that nobody has used, and for the list of the last minutes. It shows
 * whether app code, key and merchant belong together, how the answer is signed, and what time it
 * is there; no money moves.
 */
import { randomInt } from 'node:crypto';
import type { PaymentId } from '@/lib/payment';
import type { Environment } from '@/server/env';
import type { CallReport } from '@/server/qfpay/call';
import { createQfpay } from '@/server/qfpay/client';
import { createHttpTransport } from '@/server/qfpay/transport';
import type { Finding } from './findings';

const WINDOW_MS = 600_000;
/** Refunds and midnights go by QFPay's clock; beyond this a person should set ours. */
const CLOSE_MS = 5_000;
const WRONG_MS = 120_000;

export async function lookAtGateway(env: Environment, now: number): Promise<Finding[]> {
  const transport = createHttpTransport({ baseUrl: env.baseUrl });
  const calls: CallReport[] = [];
  const gateway = createQfpay({
    ...{ appCode: env.appCode, key: env.key, signType: env.signType, unitOf: env.unitOf },
    clock: { wall: Date.now, steady: () => performance.now() },
    ...{ transport, notifyUrl: null, shopName: null, shopTimeZone: env.shop.timeZone },
    onCall: (report) => calls.push(report),
  });
  try {
    const id = `DOCTOR${randomInt(100_000_000, 999_999_999)}` as PaymentId;
    const { currency } = env.shop;
    const answer = await gateway.ask({ id, createdAt: now, outlet: env.mchid, currency });
    const first = calls[0];
    const why = answer.says === 'unclear' ? (answer.why ?? null) : null;
    if (answer.says !== 'none') return [refused(env, first, why)];
    const window = { from: now - WINDOW_MS, to: now, outlet: env.mchid };
    const list = await gateway.sweep({ ...window, mayAskAgain: async () => true });
    return [
      { what: 'gateway', is: 'good', says: `it takes our signature; ${manner(first)}` },
      list.complete
        ? {
            what: 'gateway',
            is: 'good',
            says: `it lists the last ten minutes: ${list.rows.length}`,
          }
        : {
            what: 'gateway',
            is: 'doubtful',
            says: 'it does not list the last minutes: open QRs are asked about one by one',
          },
      clockOf(gateway.clockOffset()),
    ];
  } finally {
    transport.close();
  }
}

const manner = (report: CallReport | undefined): string =>
  `answered in ${Math.round(report?.ms ?? 0)} ms, ` +
  (report?.signedBy === null ? 'unsigned' : `signed over ${report?.signedBy ?? 'nothing'}`);

function refused(
  { baseUrl }: Environment,
  report: CallReport | undefined,
  why: string | null,
): Finding {
  if (why === 'bad-signature') {
    const says = `${baseUrl} signs with another key than ours: compare QFPAY_KEY with QFPay’s`;
    return { what: 'gateway', is: 'wrong', says };
  }
  const respcd = report?.respcd ?? null;
  if (respcd !== null) {
    const says =
      `${baseUrl} answers ${respcd}: compare app code, key, mchid and environment with what ` +
      'QFPay issued';
    return { what: 'gateway', is: 'wrong', says };
  }
  const status = report?.status ?? null;
  const how = status === null ? (report?.silence ?? 'silence') : `HTTP ${status}, ${why}`;
  const says = `${baseUrl} does not answer as QFPay does (${how}): check address and firewall`;
  return { what: 'gateway', is: 'wrong', says };
}

function clockOf(offset: number | null): Finding {
  if (offset === null) {
    return { what: 'clock', is: 'doubtful', says: 'QFPay does not say what time it is' };
  }
  const seconds = Math.round(Math.abs(offset) / 100) / 10;
  const says = `ours is ${seconds} s ${offset > 0 ? 'behind' : 'ahead of'} QFPay’s`;
  if (Math.abs(offset) <= CLOSE_MS) return { what: 'clock', is: 'good', says };
  const advice = `${says}: set the clock of this machine (NTP)`;
  return { what: 'clock', is: Math.abs(offset) > WRONG_MS ? 'wrong' : 'doubtful', says: advice };
}
