'use client';
import { useEffect, useState } from 'react';
import { heardServerTime, useServerNow } from '@/components/live/clock';
import { minutes, secondsTo } from '@/components/live/countdown';
import { call } from '@/components/live/server';
import { useReading } from '@/components/ui/language';
import type { DisplayCode } from '@/lib/contract-display';

/** What stands here while the screen belongs to no counter. */
export function Unpaired({ counter }: { readonly counter: string | null }) {
  const { say } = useReading();
  if (counter === null) return <Pairing />;
  return (
    <div className={CENTRE}>
      <h1 className="text-head font-semibold">{say('display.title')}</h1>
      <p className="text-lead" data-testid="no-till">
        {say('display.no-till')}
      </p>
    </div>
  );
}

const CENTRE = 'flex grow flex-col items-center justify-center gap-6 p-6 text-center';
const LOOK_EVERY_MS = 1000;
/** The server's last word on the old code comes first, so that a late pairing is not lost. */
const AFTER_MS = 3000;

function Pairing() {
  const { say } = useReading();
  const now = useServerNow();
  const made = useCode();
  const seconds = made === null ? 0 : secondsTo(Date.parse(made.expiresAt), now);
  return (
    <div className={CENTRE} data-testid="display-pairing">
      <h1 className="text-head font-semibold">{say('display.title')}</h1>
      {made === null || seconds === 0 ? (
        <p className="text-lead">{say('display.pair-none')}</p>
      ) : (
        <>
          <p className="max-w-prose text-lead">{say('display.pair-how')}</p>
          <p
            data-testid="display-code"
            role="img"
            aria-label={`${say('display.pair-code')}: ${made.code.split('').join(' ')}`}
            className="text-amount font-semibold tablet:text-loud"
          >
            {made.code.slice(0, 3)} {made.code.slice(3)}
          </p>
          <p className="text-lead text-ink-soft">
            {say('display.pair-new', { time: minutes(seconds) })}
          </p>
        </>
      )}
    </div>
  );
}

/** A code, and another one when it has run out; null until the server answers. */
function useCode(): DisplayCode | null {
  const [made, setMade] = useState<DisplayCode | null>(null);
  const now = useServerNow();
  const due = made === null || now > Date.parse(made.expiresAt) + AFTER_MS;
  useEffect(() => {
    if (!due) return;
    let current = true;
    const ask = async () => {
      const reply = await call<DisplayCode>('/api/display/code', { method: 'POST' });
      if (current && reply.kind === 'answered') {
        heardServerTime(reply.value.now, true);
        setMade(reply.value);
      } else if (current) again = setTimeout(() => void ask(), LOOK_EVERY_MS);
    };
    let again: ReturnType<typeof setTimeout> | undefined;
    void ask();
    return () => {
      current = false;
      clearTimeout(again);
    };
  }, [due]);
  return made;
}
