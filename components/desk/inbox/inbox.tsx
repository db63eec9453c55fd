'use client';
/** What a manager has to look at, newest first, and what has been settled. It appears by itself. */
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import type { Shown } from './inbox-calls';
import { merged, useSources } from './sources';

const FILTERS: readonly Shown[] = ['open', 'settled'];

export function Inbox() {
  const { say } = useReading();
  const [shown, setShown] = useState<Shown>('open');
  return (
    <main className="flex grow flex-col gap-4 p-3 tablet:p-4 wide:min-h-0 wide:overflow-y-auto">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="grow text-head font-semibold">{say('inbox.title')}</h1>
        <fieldset className="flex gap-2">
          <legend className="sr-only">{say('inbox.filter')}</legend>
          {FILTERS.map((filter) => (
            <Button
              key={filter}
              loudness={filter === shown ? 'loud' : 'quiet'}
              aria-pressed={filter === shown}
              onClick={() => setShown(filter)}
            >
              {say(`inbox.${filter}`)}
            </Button>
          ))}
        </fieldset>
      </div>
      <Cards key={shown} shown={shown} />
    </main>
  );
}

function Cards({ shown }: { readonly shown: Shown }) {
  const { say } = useReading();
  const sources = useSources(shown);
  const items = merged(sources);
  const failed = sources.filter((source) => source.failed);
  const more = sources.flatMap((source) => (source.more === null ? [] : [source.more]));
  const waits = sources.some((source) => source.waits);
  return (
    <>
      {failed.length > 0 && (
        <div role="alert" className="flex flex-col items-start gap-3">
          <p className="text-body">{say('inbox.failed')}</p>
          <Button onClick={() => failed.map((source) => source.again())}>
            {say('history.again')}
          </Button>
        </div>
      )}
      {waits && <Skeleton />}
      {!waits && failed.length === 0 && items.length === 0 && (
        <p className="text-body text-ink-soft">
          {say(shown === 'open' ? 'inbox.empty' : 'inbox.empty-settled')}
        </p>
      )}
      <ol className="flex flex-col gap-4">
        {items.map((item) => (
          <li key={item.key}>{item.card}</li>
        ))}
      </ol>
      {more.length > 0 && (
        <div className="flex justify-center p-3">
          <Button onClick={() => more.map((next) => next())}>{say('inbox.more')}</Button>
        </div>
      )}
    </>
  );
}

function Skeleton() {
  const { say } = useReading();
  return (
    <div role="status" aria-label={say('inbox.loading')} className="flex flex-col gap-4">
      {['1', '2'].map((card) => (
        <div key={card} className="h-tile rounded-large bg-raised" />
      ))}
    </div>
  );
}
