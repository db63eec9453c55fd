'use client';
/**
 * Shown in the place of any screen while the shop's server does not answer: it says so, shows
 * nothing of money, and makes room as soon as the server is back.
 */
import { useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { call } from './server';

const ASK_EVERY_MS = 2000;
/** Its own address, where somebody looks at it while all is well. */
const OWN = '/offline';

export function Offline() {
  const { say } = useReading();
  useEffect(() => {
    if (window.location.pathname === OWN) return;
    const ask = async () => {
      const { kind } = await call('/api/health', { waitMs: ASK_EVERY_MS });
      if (kind === 'answered') window.location.reload();
    };
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <main
      data-testid="offline"
      className="mx-auto flex min-h-screen max-w-prose flex-col justify-center gap-4 p-6"
    >
      <h1 className="flex items-center gap-2 text-head font-semibold">
        <Icon name="offline" />
        {say('offline.title')}
      </h1>
      <p className="text-body text-ink-soft">{say('offline.text')}</p>
      <div>
        <Button loudness="loud" onClick={() => window.location.reload()}>
          {say('offline.again')}
        </Button>
      </div>
    </main>
  );
}
