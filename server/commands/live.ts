/**
 * The live test of the doctor: whether it may be made, who signs in for it, and that they know what
 * it does.
 */
import QRCode from 'qrcode';
import { formatMoney, money } from '@/lib/money';
import type { Environment } from '@/server/env';
import { createAsker } from './ask-person';
import { guestOf } from './door-client';
import type { Finding } from './findings';
import { liveTest } from './live-test';
import { type LiveWish, whyNotNow } from './live-wish';

const SERVER = 'the running server makes the payment and watches it, so start it first';

/** Signs in at the server that runs and has it charge and refund; by itself it writes nothing. */
export async function live(wish: LiveWish, env: Environment): Promise<Finding> {
  const wrong = (says: string): Finding => ({ what: 'live', is: 'wrong', says });
  const why = whyNotNow(wish, env, Date.now());
  if (why !== null) return wrong(why);
  const guest = guestOf(env);
  const health = await guest.call('GET', '/api/health');
  const runs = health.kind === 'answered' ? Object(health.body).environment : null;
  if (runs !== env.environment) return wrong(`nothing of this shop answers: ${SERVER}`);
  const sum = formatMoney(money(wish.amount, env.shop.currency), 'en');
  const real = env.environment !== 'simulator';
  console.log(
    real
      ? `\nThis moves REAL MONEY: somebody pays ${sum} with ${wish.wallet}, and it goes back.`
      : `\nThe simulator plays QFPay, so no real money moves: ${sum} with ${wish.wallet}.`,
  );
  const asker = createAsker(process.stdin, process.stdout);
  const code = await asker.ask('Staff code of a manager: ');
  const pin = code === null ? null : await asker.ask('PIN: ', true);
  asker.close();
  if (code === null || pin === null) return wrong('nobody signed in, so nothing was begun');
  const refused = await guest.signIn(code.trim(), pin.trim());
  if (refused !== null) return wrong(`nothing was begun: the server refuses (${refused})`);
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stopped = true;
    });
  }
  try {
    const { role } = Object(Object(Object(await guest.call('GET', '/api/session')).body).staff);
    if (role !== 'manager' && role !== 'owner') return wrong('only a manager may refund it');
    return await liveTest({
      ...{ guest, wish, currency: env.shop.currency, pin: pin.trim() },
      say: (line) => console.log(line),
      qr: (text) => QRCode.toString(text, { type: 'utf8', errorCorrectionLevel: 'M' }),
      isStopped: () => stopped,
    });
  } finally {
    await guest.signOut();
  }
}
