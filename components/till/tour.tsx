'use client';
/**
 * A few words over the real till for whoever is new at it. It is offered in one line that covers
 * nothing and takes no focus, and goes as soon as somebody sells; once begun, the part that it
 * speaks of wears a ring.
 */
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import { type TourWord, tourWord } from '@/lib/messages/tour';

/** What each step speaks of: parts of the till are marked with `data-tour`. */
const STEPS = ['amount', 'wallets', 'scan', 'colours', 'help', 'sales'] as const;

type Props = { readonly onEnd: () => void };

export function Tour({ onEnd }: Props) {
  const [begun, setBegun] = useState(false);
  return begun ? <Steps onEnd={onEnd} /> : <Offer onEnd={onEnd} onBegin={() => setBegun(true)} />;
}

function Offer({ onEnd, onBegin }: Props & { readonly onBegin: () => void }) {
  const { language } = useReading();
  const say = (word: TourWord) => tourWord(word, language);
  return (
    <section
      aria-label={say('label')}
      data-testid="tour"
      data-step="offer"
      className="flex flex-wrap items-center justify-between gap-x-3 rounded-large border border-line bg-raised pl-4"
    >
      <p className="text-body">{say('offer')}</p>
      <div className="flex flex-wrap">
        <Button loudness="bare" data-key="Escape" onClick={onEnd}>
          {say('later')}
        </Button>
        <Button loudness="bare" onClick={onBegin}>
          {say('show')}
        </Button>
      </div>
    </section>
  );
}

function Steps({ onEnd }: Props) {
  const { language } = useReading();
  const [place, setPlace] = useState(0);
  const step = STEPS[place] ?? STEPS[0];
  const isLast = place === STEPS.length - 1;
  useRing(step);
  const say = (word: TourWord) => tourWord(word, language);
  return (
    <section
      aria-label={say('label')}
      data-testid="tour"
      data-step={step}
      className="fixed inset-x-3 bottom-3 z-10 flex flex-col gap-2 rounded-large border-2 border-accent bg-raised p-4 wide:static"
    >
      <div className="flex items-baseline justify-between gap-3">
        <h2 key={step} ref={readAloud} tabIndex={-1} className="text-lead font-semibold">
          {say(`${step}.title`)}
        </h2>
        <p className="shrink-0 text-small text-ink-soft">
          {tourWord('place', language, { step: place + 1, all: STEPS.length })}
        </p>
      </div>
      <p className="text-body">{say(`${step}.text`)}</p>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button loudness="bare" data-key="Escape" onClick={onEnd}>
          {say('leave')}
        </Button>
        <div className="ml-auto flex flex-wrap gap-2">
          {place > 0 && <Button onClick={() => setPlace(place - 1)}>{say('back')}</Button>}
          <Button onClick={() => (isLast ? onEnd() : setPlace(place + 1))}>
            {say(isLast ? 'end' : 'next')}
          </Button>
        </div>
      </div>
    </section>
  );
}

/** At each step; the keys of the till are heard wherever the focus is. */
const readAloud = (title: HTMLHeadingElement | null): void => title?.focus({ preventScroll: true });

/** An outline takes no room: nothing moves for it. */
function useRing(step: string): void {
  useEffect(() => {
    const part = document.querySelector<HTMLElement>(`[data-tour="${step}"]`);
    part?.setAttribute('data-toured', '');
    return () => part?.removeAttribute('data-toured');
  }, [step]);
}
