'use client';
/**
 * Says amount and wallet aloud, where this browser has a voice for the language. Voices belong to
 * the device and come late, so whoever shows a choice watches them.
 */
import { useSyncExternalStore } from 'react';
import { type Spoken, VOICE_TAGS } from '@/lib/spoken';
import type { Volume } from './tablet';

const speaker = (): SpeechSynthesis | null =>
  'speechSynthesis' in globalThis ? globalThis.speechSynthesis : null;

const tagOf = ({ lang }: SpeechSynthesisVoice): string => lang.toLowerCase().replaceAll('_', '-');

/** The first of the device's voices for a language; one that needs no network before others. */
function voiceFor(language: Spoken): SpeechSynthesisVoice | null {
  const voices = speaker()?.getVoices() ?? [];
  const local = [...voices].sort((a, b) => Number(b.localService) - Number(a.localService));
  for (const tag of VOICE_TAGS[language]) {
    const found = local.find((voice) => tagOf(voice) === tag || tagOf(voice).startsWith(`${tag}-`));
    if (found !== undefined) return found;
  }
  return null;
}

function subscribe(watcher: () => void): () => void {
  const from = speaker();
  from?.addEventListener('voiceschanged', watcher);
  return () => from?.removeEventListener('voiceschanged', watcher);
}

/** Whether this device can speak a language. */
export const useVoice = (language: Spoken): boolean =>
  useSyncExternalStore(
    subscribe,
    () => voiceFor(language) !== null,
    () => false,
  );

const LOUDNESS: Readonly<Record<Volume, number>> = { off: 0, low: 0.4, medium: 0.8, high: 1 };
/** After the two tones, so that they do not drown the first word. */
const AFTER_MS = 450;

/** The last sentence wins; nothing is said where there is no voice, or somebody chose silence. */
export function speak(text: string, language: Spoken, volume: Volume): void {
  const from = speaker();
  const voice = voiceFor(language);
  if (from === null || voice === null || LOUDNESS[volume] === 0) return;
  const sentence = Object.assign(new SpeechSynthesisUtterance(text), {
    ...{ voice, lang: voice.lang, volume: LOUDNESS[volume] },
  });
  from.cancel();
  setTimeout(() => from.speak(sentence), AFTER_MS);
}
