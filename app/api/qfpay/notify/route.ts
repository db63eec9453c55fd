import type { NextRequest } from 'next/server';
import { app, log } from '@/server/runtime';
import { logFault } from '../../fault';
import { addressOf, readBytes } from '../../http';

export const dynamic = 'force-dynamic';

const MAX_NOTICE = 64 * 1024;
const text = (body: string, status: number): Response =>
  new Response(body, { status, headers: { 'Cache-Control': 'no-store' } });

/** QFPay knocks. The signature over the raw bytes is the only key to this door. */
export async function POST(request: NextRequest): Promise<Response> {
  const running = app();
  if (running === null) return text('', 503);
  const address = addressOf(request);
  const refused = (says: string): void => log.warning('notice-refused', { address, says });
  if (!running.mayNotify(address)) {
    refused('address');
    return text('', 401);
  }
  const raw = await readBytes(request, MAX_NOTICE);
  if (raw === null) {
    refused('size');
    return text('', 413);
  }
  try {
    const verdict = await running.notified(raw, request.headers.get('x-qf-sign'));
    if (verdict === 'accepted') log.info('notice', { address });
    else refused('signature');
    return verdict === 'accepted' ? text('SUCCESS', 200) : text('', 401);
  } catch (thrown) {
    // Not stored, so not accepted: QFPay tries again in two minutes.
    logFault(thrown, { request }, 'QFPay tries again, and open payments are asked about anyway');
    return text('', 500);
  }
}
