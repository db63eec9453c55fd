/**
 * A tablet without a screen, as contract.md lets any program be one: it listens to a server, goes
 * to the next one when that is gone or silent, and sends what it has to send until it is answered,
 * always under the same key.
 */
import { Agent, type IncomingMessage, request } from 'node:http';
import type { PaymentView } from '@/lib/contract';
import { pause } from '../machine-clock';

/** Longer than two heartbeats: whoever says nothing for so long is gone. */
const SILENCE_MS = 9_000;
const AGAIN_MS = 400;
/** No person waits for longer for the first answer to a tap. */
const PATIENCE_MS = 90_000;
const ANSWER_MS = 20_000;

export type Answer = { readonly status: number; readonly body: Record<string, unknown> };
type Sent = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly key?: string;
  readonly body?: Readonly<Record<string, unknown>>;
};
export type Tablet = ReturnType<typeof openTablet>;

const CALLS = new Agent({ keepAlive: true, maxSockets: 400 });

type Given = {
  readonly cookie: string;
  /** The servers' addresses. */
  readonly tills: readonly string[];
  /** To which of them it goes first, and then. */
  readonly near: (tries: number) => number;
};
type Waiting = Map<string, (payment: PaymentView) => void>;

export function openTablet(given: Given) {
  const waiting: Waiting = new Map();
  const { gaps, move, close } = listenOn(given, waiting);
  return {
    /** Milliseconds without a stream, each time it was lost. */
    gaps,
    /** Lets go of its server and goes where `near` says now. */
    move,
    close,
    /** Answers with the first server that has an answer; null when none has one in time. */
    async send(sent: Sent): Promise<Answer | null> {
      const giveUpAt = performance.now() + PATIENCE_MS;
      for (let tries = 0; performance.now() < giveUpAt; tries += 1) {
        const answer = await sendOnce(addressOf(given, tries), { ...sent, cookie: given.cookie });
        // What a server cannot say now, such as one that starts or stops, another one can.
        if (answer !== null && answer.status < 500) return answer;
        await pause(AGAIN_MS);
      }
      return null;
    },
    /** When its payment is decided, by what the stream says; null after `ms`. */
    decided(id: string, ms: number): Promise<PaymentView | null> {
      return new Promise((resolve) => {
        const done = (payment: PaymentView | null) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(payment);
        };
        const timer = setTimeout(() => done(null), ms);
        waiting.set(id, done);
      });
    },
  };
}

const addressOf = ({ tills, near }: Given, tries: number): string =>
  tills[near(tries) % tills.length] ?? '';

/** Until closed: whenever its stream ends it begins another one, where the last one ended. */
function listenOn(given: Given, waiting: Waiting) {
  const gaps: number[] = [];
  let closed = false;
  let stream: IncomingMessage | null = null;
  const listening = (async () => {
    let lastId = '';
    let lostAt: number | null = null;
    for (let tries = 0; !closed; tries += 1) {
      const heard = (text: string) => {
        if (lostAt !== null) gaps.push(performance.now() - lostAt);
        lostAt = null;
        lastId = read(text, waiting) ?? lastId;
      };
      const began = (it: IncomingMessage) => {
        stream = it;
      };
      const { cookie } = given;
      await listenOnce(addressOf(given, tries), { cookie, lastId, heard, began });
      lostAt ??= performance.now();
      if (!closed) await pause(AGAIN_MS);
    }
  })();
  return {
    gaps: gaps as readonly number[],
    move: (): void => void stream?.destroy(),
    close: async (): Promise<void> => {
      closed = true;
      stream?.destroy();
      await listening;
    },
  };
}

const DECIDED = new Set(['paid', 'failed', 'closed']);

/** One event; answers its id, if it has one. */
function read(text: string, waiting: Waiting) {
  const id = /^id: ?(\d+)$/m.exec(text)?.[1] ?? null;
  if (!/^event: ?payment$/m.test(text)) return id;
  // Every tablet hears of every sale: only its own is worth reading.
  const number = /"id":"([^"]+)"/.exec(text)?.[1] ?? '';
  const told = waiting.get(number);
  if (told === undefined) return id;
  const payment = JSON.parse(/^data: ?(.*)$/m.exec(text)?.[1] ?? 'null') as PaymentView | null;
  if (payment !== null && DECIDED.has(payment.state)) told(payment);
  return id;
}

type Listening = {
  readonly cookie: string;
  readonly lastId: string;
  readonly heard: (text: string) => void;
  readonly began: (stream: IncomingMessage) => void;
};

/** Until the stream ends, breaks or falls silent. */
function listenOnce(till: string, { cookie, lastId, heard, began }: Listening): Promise<void> {
  const resume = lastId === '' ? {} : { 'last-event-id': lastId };
  const headers = { cookie, accept: 'text/event-stream', ...resume };
  return new Promise((resolve) => {
    const sent = request(`${till}/api/events`, { headers, agent: false }, (answer) => {
      began(answer);
      let rest = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        sent.setTimeout(SILENCE_MS);
        const events = (rest + part).split('\n\n');
        rest = events.pop() ?? '';
        if (answer.statusCode === 200) for (const event of events) heard(event);
      });
      answer.on('error', () => {}).on('close', resolve);
    });
    sent.setTimeout(SILENCE_MS, () => sent.destroy());
    sent
      .on('error', () => resolve())
      .on('close', resolve)
      .end();
  });
}

function sendOnce(
  till: string,
  { cookie, method, path, key, body }: Sent & { readonly cookie: string },
): Promise<Answer | null> {
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    cookie,
    origin: till,
    ...(key === undefined ? {} : { 'idempotency-key': key }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    'content-length': String(Buffer.byteLength(text)),
  };
  return new Promise((resolve) => {
    const sent = request(till + path, { method, headers, agent: CALLS }, (answer) => {
      let said = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        said += part;
      });
      answer.on('error', () => resolve(null)).on('end', () => resolve(parsed(answer, said)));
    });
    sent.setTimeout(ANSWER_MS, () => sent.destroy());
    sent.on('error', () => resolve(null)).end(text);
  });
}

function parsed({ statusCode = 0 }: IncomingMessage, text: string): Answer | null {
  try {
    return { status: statusCode, body: JSON.parse(text) as Record<string, unknown> };
  } catch {
    return null;
  }
}
