'use client';
/**
 * Follows the one payment of a counter for the customer's screen: by the server's pictures, and by
 * asking twice a second while the line is broken, so that it is right as soon as the line is back.
 */
import { useCallback, useEffect, useState } from 'react';
import { serverNow } from '@/components/live/clock';
import { openStream, type Source } from '@/components/live/event-stream';
import { call } from '@/components/live/server';
import { onWake } from '@/components/live/wake';
import type { DisplayPicture } from '@/lib/contract-display';
import { type Followed, follow } from '@/lib/display';

export type Display = {
  /** `cut`: the server was asked and does not answer. */
  readonly line: 'connecting' | 'live' | 'cut';
  /** Whether this screen belongs to a counter; null before the first answer. */
  readonly paired: boolean | null;
  readonly picture: DisplayPicture | null;
  readonly followed: Followed | null;
};

const START: Display = { line: 'connecting', paired: null, picture: null, followed: null };
const ASK_EVERY_MS = 500;
const ASK_UNPAIRED_EVERY_MS = 1000;
/** On the shop's own network; a question that hangs longer is asked anew. */
const WAIT_MS = 1500;

/** `counter`: of the till beside this window; null where the screen was paired by a code. */
export function useDisplay(counter: string | null): Display {
  const [display, setDisplay] = useState(START);
  const search = counter === null ? '' : `?counter=${encodeURIComponent(counter)}`;
  const take = useCallback(
    (picture: DisplayPicture) => setDisplay((known) => withPicture(known, picture)),
    [],
  );
  const read = useCallback(async (): Promise<boolean> => {
    const reply = await call<DisplayPicture>(`/api/display${search}`, { waitMs: WAIT_MS });
    if (reply.kind === 'answered') take(reply.value);
    const unpaired = reply.kind === 'refused' && reply.problem.code === 'display-unpaired';
    if (unpaired) setDisplay({ ...START, line: 'live', paired: false });
    return reply.kind === 'answered' || unpaired;
  }, [search, take]);
  useAsking(display.paired !== true, read, setDisplay);
  useEffect(() => {
    if (display.paired !== true) return;
    const way = { path: `/api/display/events${search}`, pollEveryMs: ASK_EVERY_MS, hasty: true };
    const heardFrom = (source: Source) => setDisplay((known) => withSource(known, source));
    const line = openStream({ heardFrom, picture: take, poll: read }, way);
    const leave = onWake(line.again);
    return () => {
      leave();
      line.close();
    };
  }, [display.paired, search, take, read]);
  return display;
}

/** Before it belongs to a counter there is nothing to listen to. */
function useAsking(
  asks: boolean,
  read: () => Promise<boolean>,
  set: (change: (known: Display) => Display) => void,
): void {
  useEffect(() => {
    if (!asks) return;
    let current = true;
    const ask = async () => {
      const answered = await read();
      if (current) set((known) => withSource(known, answered ? 'poll' : 'nothing'));
    };
    void ask();
    const timer = setInterval(() => void ask(), ASK_UNPAIRED_EVERY_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [asks, read, set]);
}

function withPicture(known: Display, picture: DisplayPicture): Display {
  const same = known.picture?.counter === picture.counter ? known.followed : null;
  const followed = follow(same, picture.payment, serverNow());
  return { line: 'live', paired: true, picture, followed };
}

/** A silence says nothing yet: the question that follows it does. */
function withSource(known: Display, source: Source): Display {
  if (source === 'silence') return known;
  const line = source === 'nothing' ? 'cut' : 'live';
  return known.line === line ? known : { ...known, line };
}
