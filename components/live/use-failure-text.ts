'use client';
import { useEffect, useState } from 'react';
import { type Reading, useReading } from '@/components/ui/language';
import type { FailureView } from '@/lib/contract';

/** The table of result codes is fetched when the first refusal is shown. */
const resultTexts = () => import('@/lib/messages/results');

const ownText = (failure: FailureView, { say }: Reading): string =>
  failure.code === 'refused' && failure.says !== '' ? failure.says : say(`failure.${failure.code}`);

/**
 * Why it was not paid and what to do, in the language on the screen: what the server said was in
 * the language of that moment. Empty when there is nothing to say.
 */
export function useFailureText(failure: FailureView | null): string {
  const reading = useReading();
  const { language, say } = reading;
  const respcd = failure?.respcd ?? null;
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    setText(null);
    if (respcd === null) return;
    resultTexts().then(
      ({ resultText }) => current && setText(resultText(respcd, language)),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [respcd, language]);
  if (failure === null) return '';
  const why =
    failure.code === 'refused' ? (text ?? ownText(failure, reading)) : ownText(failure, reading);
  // A result's text already says what to do.
  return failure.code === 'refused' ? why : `${why} ${say(`next.${failure.next}`)}`;
}
