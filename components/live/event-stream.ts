/**
 * The server's events, and what to do while they are silent: after ten seconds without a word it
 * opens the stream anew and asks every two seconds, until somebody speaks again. A connection that
 * hangs counts as silent, whatever the browser believes of it.
 */
import type { PaymentView, RefundView } from '@/lib/contract';
import { heardServerTime } from './clock';

/** `silence`: the events have stopped, and no question has been answered yet. */
export type Source = 'events' | 'silence' | 'poll' | 'nothing';

const SILENT_AFTER_MS = 10_000;
const POLL_EVERY_MS = 2000;
const LOOK_EVERY_MS = 500;

export type Ears = {
  readonly heardFrom: (source: Source) => void;
  readonly payment: (payment: PaymentView) => void;
  readonly refund: (refund: RefundView) => void;
  /** Events may have been missed: read again what is shown. */
  readonly reopened: () => void;
  /** True when the server answered. */
  readonly poll: () => Promise<boolean>;
};

/** Listens until closed; see the head of this file. */
export function openStream(ears: Ears): { readonly close: () => void } {
  let source: EventSource | null = null;
  let lastHeard = performance.now();
  let lastOpened = lastHeard;
  let lastPoll = 0;
  let polling = false;
  let opened = false;

  const alive = () => {
    lastHeard = performance.now();
    ears.heardFrom('events');
  };
  const open = () => {
    source?.close();
    lastOpened = performance.now();
    source = new EventSource('/api/events');
    listen(source, {
      alive,
      payment: ears.payment,
      refund: ears.refund,
      opened() {
        // What happened while nobody listened is not told again.
        if (opened) ears.reopened();
        opened = true;
      },
    });
  };
  const ask = async () => {
    polling = true;
    const answered = await ears.poll();
    polling = false;
    lastPoll = performance.now();
    if (silentFor() >= SILENT_AFTER_MS) ears.heardFrom(answered ? 'poll' : 'nothing');
  };
  const silentFor = () => performance.now() - lastHeard;
  const look = () => {
    if (silentFor() < SILENT_AFTER_MS) return;
    ears.heardFrom('silence');
    if (performance.now() - lastOpened > SILENT_AFTER_MS) open();
    if (!polling && performance.now() - lastPoll >= POLL_EVERY_MS) void ask();
  };

  open();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    close() {
      clearInterval(timer);
      source?.close();
    },
  };
}

type Heard = {
  readonly alive: () => void;
  readonly opened: () => void;
  readonly payment: (payment: PaymentView) => void;
  readonly refund: (refund: RefundView) => void;
};

function listen(source: EventSource, { alive, opened, payment, refund }: Heard): void {
  source.addEventListener('open', () => {
    alive();
    opened();
  });
  source.addEventListener('heartbeat', (event) => {
    alive();
    const now = (parsed(event) as { now?: string | number } | null)?.now;
    if (now !== undefined) heardServerTime(now, true);
  });
  source.addEventListener('payment', (event) => {
    alive();
    const view = parsed(event) as PaymentView | null;
    if (view !== null) payment(view);
  });
  source.addEventListener('refund', (event) => {
    alive();
    const view = parsed(event) as RefundView | null;
    if (view !== null) refund(view);
  });
  source.addEventListener('sale', alive);
}

/** A half event (a proxy cut it) is silence, not a fault. */
function parsed(event: MessageEvent<string>): unknown {
  try {
    return JSON.parse(event.data);
  } catch {
    return null;
  }
}
