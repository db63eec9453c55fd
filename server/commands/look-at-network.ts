/** Whether the server runs where the settings say, and is found at its public address. */
import type { Environment } from '@/server/env';
import { guestOf } from './door-client';
import type { Finding } from './findings';

const WAIT_MS = 5_000;

type Heard = { readonly status: number; readonly body: string } | { readonly why: string };

async function ask(url: string, init: RequestInit = {}): Promise<Heard> {
  try {
    const signal = AbortSignal.timeout(WAIT_MS);
    const answer = await fetch(url, { ...init, signal, redirect: 'manual' });
    return { status: answer.status, body: (await answer.text()).slice(0, 4_096) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { why: cause instanceof Error ? cause.message : String(cause) };
  }
}

/** Behind HTTPS it is known by its own certificate, which no list of this machine vouches for. */
export async function lookAtServer(
  env: Pick<Environment, 'host' | 'port' | 'tls' | 'environment'>,
): Promise<Finding[]> {
  const { address, call } = guestOf(env);
  const heard = await call('GET', '/api/health');
  if (heard.kind === 'silent') {
    const says = `none answers at ${address} (${heard.why})`;
    return [{ what: 'server', is: 'doubtful', says }];
  }
  if (heard.kind === 'answered' && Object(heard.body).environment === env.environment) {
    return [{ what: 'server', is: 'good', says: `it runs at ${address}` }];
  }
  const says =
    `what answers at ${address} is not this shop’s server, or not well (HTTP ${heard.status}): ` +
    'look at its log';
  return [{ what: 'server', is: 'wrong', says }];
}

/** QFPay comes from outside; from here only the way back to ourselves can be tried. */
export async function lookAtNotifications(env: Environment): Promise<Finding[]> {
  if (env.publicUrl === null || env.notifyUrl === null) return [];
  const heard = await ask(env.notifyUrl, { method: 'POST', body: '{}' });
  const url = env.notifyUrl;
  if ('why' in heard) {
    const says =
      `${url} is not reached from here (${heard.why}): open it to QFPay, or payments are found ` +
      'by asking';
    return [{ what: 'notices', is: 'doubtful', says }];
  }
  // A notification without a signature is nobody's: our own door says exactly that.
  if (heard.status === 401) {
    return [{ what: 'notices', is: 'good', says: `${url} is ours and refuses strangers` }];
  }
  const says =
    `${url} answers ${heard.status} and not as this server would: point PUBLIC_URL and the proxy ` +
    'at it';
  return [{ what: 'notices', is: 'wrong', says }];
}
