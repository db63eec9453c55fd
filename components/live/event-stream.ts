/**
 * The server's events, and what to do while they are silent: after ten seconds without a word it
 * opens the stream anew and asks every two seconds, until somebody speaks again. A connection that
 * hangs counts as silent, whatever the browser believes of it.
 */
import type { PaymentView, RefundView } from '@/lib/contract';
import type { DisplayPicture } from '@/lib/contract-display';
import { heardBuild } from './build';
import { heardServerTime } from './clock';

/** `silence`: the events have stopped, and no question has been answered yet. */
export type Source = 'events' | 'silence' | 'poll' | 'nothing';

const SILENT_AFTER_MS = 10_000;
const LOOK_EVERY_MS = 500;
/** A line that has just come back may refuse the first question: it is asked at each look. */
const HURRY_MS = 5_000;
/** Between two looks so much passes only while the machine sleeps. */
const SLEPT_AFTER_MS = 5_000;

export type Way = {
  readonly path: string;
  /** How often it asks while the events are silent. */
  readonly pollEveryMs: number;
  /** A stream that breaks is asked about at once, not after ten seconds. */
  readonly hasty: boolean;
};
const TILL: Way = { path: '/api/events', pollEveryMs: 2000, hasty: false };

type Told = {
  readonly payment: (payment: PaymentView) => void;
  readonly refund: (refund: RefundView) => void;
  readonly picture: (picture: DisplayPicture) => void;
};
export type Ears = Partial<Told> & {
  readonly heardFrom: (source: Source) => void;
  /** Events may have been missed: read again what is shown. */
  readonly reopened?: () => void;
  /** True when the server answered. */
  readonly poll: () => Promise<boolean>;
};

export type EventLine = {
  /** The line is back, or may be: listens and asks anew, without waiting. */
  readonly again: () => void;
  readonly close: () => void;
};

/** Listens until closed; see the head of this file. */
export function openStream(ears: Ears, way = TILL): EventLine {
  const source = createSource(way.path);
  const pace = createPace(way.pollEveryMs);
  let opened = false;
  const silence = createSilence();
  const hasSlept = createSleepWatch();

  const open = () =>
    source.open({
      ...ears,
      alive() {
        silence.end();
        ears.heardFrom('events');
      },
      // What happened while nobody listened is not told again.
      opened() {
        if (opened) ears.reopened?.();
        opened = true;
      },
      broke() {
        if (!way.hasty) return;
        silence.begin();
        look();
      },
    });
  const ask = async () => {
    pace.begin();
    const answered = await ears.poll();
    pace.end();
    if (!silence.lasts()) return;
    ears.heardFrom(answered ? 'poll' : 'nothing');
    if (answered && way.hasty && source.age() > way.pollEveryMs) open();
  };
  const again = () => {
    pace.hurry();
    silence.begin();
    open();
    void ask();
  };
  const look = () => {
    if (hasSlept() && way.hasty) {
      // What stood here before is of yesterday until somebody answers.
      ears.heardFrom('nothing');
      again();
    }
    if (!silence.lasts()) return;
    ears.heardFrom('silence');
    if (source.age() > SILENT_AFTER_MS) open();
    if (pace.isDue()) void ask();
  };

  open();
  const timer = setInterval(look, LOOK_EVERY_MS);
  const close = () => {
    clearInterval(timer);
    source.close();
  };
  return { again, close };
}

/** One EventSource at a time, and how long it has been there. */
function createSource(path: string) {
  let source: EventSource | null = null;
  let since = performance.now();
  return {
    open(heard: Heard) {
      source?.close();
      since = performance.now();
      source = new EventSource(path);
      listen(source, heard);
    },
    close: () => source?.close(),
    age: (): number => performance.now() - since,
  };
}

/** When to ask next: never while a question is under way. */
function createPace(everyMs: number) {
  let last = Number.NEGATIVE_INFINITY;
  let hurryUntil = Number.NEGATIVE_INFINITY;
  return {
    begin() {
      last = Number.POSITIVE_INFINITY;
    },
    end() {
      last = performance.now();
    },
    hurry() {
      hurryUntil = performance.now() + HURRY_MS;
    },
    isDue(): boolean {
      const now = performance.now();
      return now - last >= (now < hurryUntil ? 0 : everyMs);
    },
  };
}

/** Nothing was heard for too long, or the line is known to be broken. */
function createSilence() {
  let lastHeard = performance.now();
  let broken = false;
  return {
    begin() {
      broken = true;
    },
    end() {
      lastHeard = performance.now();
      broken = false;
    },
    lasts: (): boolean => broken || performance.now() - lastHeard >= SILENT_AFTER_MS,
  };
}

/** True once after each sleep. `performance` may stand still meanwhile; the calendar does not. */
function createSleepWatch(): () => boolean {
  let last = Date.now();
  return () => {
    const slept = Date.now() - last > SLEPT_AFTER_MS;
    last = Date.now();
    return slept;
  };
}

type Heard = Partial<Told> & {
  readonly alive: () => void;
  readonly opened: () => void;
  readonly broke: () => void;
};

function listen(source: EventSource, { alive, opened, broke, ...told }: Heard): void {
  source.addEventListener('open', () => {
    alive();
    opened();
  });
  source.addEventListener('heartbeat', (event) => {
    alive();
    const now = (parsed(event) as { now?: string | number } | null)?.now;
    if (now !== undefined) heardServerTime(now, true);
  });
  source.addEventListener('error', broke);
  for (const name of NAMES) {
    source.addEventListener(name, (event) => {
      alive();
      const said = parsed(event);
      if (said !== null) told[name]?.(said as never);
    });
  }
  source.addEventListener('sale', alive);
  source.addEventListener('build', (event) => {
    heardBuild((parsed(event) as { build?: string } | null)?.build);
  });
}
const NAMES = ['payment', 'refund', 'picture'] as const;

/** A half event (a proxy cut it) is silence, not a fault. */
function parsed(event: MessageEvent<string>): unknown {
  try {
    return JSON.parse(event.data);
  } catch {
    return null;
  }
}
