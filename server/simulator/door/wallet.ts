/**
 * The page on which somebody plays the customer: open QRs to pay, refuse or ignore, a payment code
 * to be scanned, and what the shop was told. Reachable from a phone, unlike the controls.
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import QRCode from 'qrcode';
import { CODE_SHAPES } from '../code-shapes';
import { MESSAGES } from '../messages';
import { isWaiting } from '../model/payer';
import type { Order } from '../model/state';
import { code128Svg } from '../wallet/code128';
import { answerBytes, answerJson, isForeign, readJson } from './answering';
import { actIgnore, actIssue, actPay, actRefuse, readIssue } from './control-orders';
import { makeReader } from './reader';
import { orderView } from './views';
import { failed, type Outcome, type Works } from './works';

const RECENT = 8;
const NOTICES = 20;
/** Orders that ended unpaid stay on the page for this long when they can still be paid. */
const LATE_MS = 15 * 60_000;

const file = (name: string, type: string) => ({
  type,
  bytes: readFileSync(new URL(`../wallet/${name}`, import.meta.url)),
});
const json = (value: unknown) => ({
  type: 'application/json; charset=utf-8',
  bytes: Buffer.from(JSON.stringify(value)),
});
/** English until the page has chosen its language. */
const pageInEnglish = () => {
  const words: Readonly<Record<string, string>> = MESSAGES.en;
  const { type, bytes } = file('page.html', 'text/html; charset=utf-8');
  const filled = bytes.toString('utf8').replace(/\{(\w+)\}/g, (_, name) => words[name] ?? '');
  return { type, bytes: Buffer.from(filled) };
};
const FILES: Readonly<Record<string, { readonly type: string; readonly bytes: Uint8Array }>> = {
  '/wallet': pageInEnglish(),
  '/wallet/page.css': file('page.css', 'text/css; charset=utf-8'),
  '/wallet/page.js': file('page.js', 'text/javascript; charset=utf-8'),
  '/wallet/parts.js': file('parts.js', 'text/javascript; charset=utf-8'),
  '/wallet/messages.json': json(MESSAGES),
  '/wallet/wallets.json': json(CODE_SHAPES.map((shape) => shape.id)),
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const isPayable = (works: Works, order: Order, now: number): boolean => {
  if (order.ignored || order.mode === 'CPM') return false;
  if (isWaiting(order)) return true;
  const late = order.late ?? works.model.world.settings.latePayment;
  const ended = order.state === 'expired' || order.state === 'closed';
  return ended && late && now - (order.expiresAt ?? order.sysAt) < LATE_MS;
};

function walletState(works: Works, code: string | null) {
  const now = works.clock.now();
  works.model.advance(now);
  const { orders, notices, codes } = works.model.world;
  return {
    now,
    speed: works.clock.speed(),
    prompts: orders.filter((order) => order.prompt).map(orderView),
    open: orders.filter((order) => isPayable(works, order, now)).map(orderView),
    recent: orders.slice(-RECENT).reverse().map(orderView),
    notices: notices
      .slice(-NOTICES)
      .reverse()
      .map(({ body: _body, signature: _signature, ...shown }) => shown),
    code: code === null ? null : (codes.get(code) ?? null),
  };
}

async function act(works: Works, body: Readonly<Record<string, unknown>>): Promise<Outcome> {
  const from = makeReader(body);
  const what = from.oneOf('act', ['pay', 'refuse', 'ignore']);
  const number = from.text('number');
  const code = from.text('code', '1201');
  const faults = from.faults();
  if (faults.length > 0) return { status: 400, value: { error: 'invalid', faults } };
  if (what === 'ignore') return actIgnore(works, { number });
  if (what === 'refuse') return actRefuse(works, { number, code });
  return actPay(works, { number, afterMs: null, force: false });
}

function issue(works: Works, body: Readonly<Record<string, unknown>>): Outcome | Promise<Outcome> {
  const from = makeReader(body);
  const given = readIssue(from);
  const faults = from.faults();
  if (faults.length > 0) return { status: 400, value: { error: 'invalid', faults } };
  return actIssue(works, given);
}

async function picture(url: URL): Promise<string | null> {
  if (url.pathname === '/wallet/barcode.svg') {
    const digits = url.searchParams.get('digits') ?? '';
    return /^\d{2,40}$/.test(digits) ? code128Svg(digits) : null;
  }
  const text = url.searchParams.get('text') ?? '';
  if (text === '' || text.length > 600) return null;
  return QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
}

async function answerGet(works: Works, url: URL, response: ServerResponse): Promise<void> {
  const found = FILES[url.pathname === '/wallet/' ? '/wallet' : url.pathname];
  if (found !== undefined) {
    const headers = {
      'Content-Type': found.type,
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
    };
    answerBytes(response, { status: 200, headers, body: found.bytes });
  } else if (url.pathname === '/wallet/state') {
    answerJson(response, 200, walletState(works, url.searchParams.get('code')));
  } else if (url.pathname.endsWith('.svg')) {
    const svg = await picture(url);
    if (svg === null) return answerJson(response, 400, { error: 'nothing to draw' });
    const headers = { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'max-age=3600' };
    answerBytes(response, { status: 200, headers, body: Buffer.from(svg) });
  } else {
    answerJson(response, 404, { error: 'no-such-page' });
  }
}

export async function handleWallet(
  works: Works,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://simulator');
  if (request.method === 'GET') return answerGet(works, url, response);
  if (isForeign(request)) return answerJson(response, 403, { error: 'foreign-origin' });
  const body = await readJson(request);
  if (!body.ok) return answerJson(response, 400, { error: body.why });
  const pressed =
    url.pathname === '/wallet/act'
      ? await act(works, body.value)
      : url.pathname === '/wallet/code'
        ? await issue(works, body.value)
        : failed(404, 'no-such-call');
  works.moved();
  answerJson(response, pressed.status, pressed.value);
}
