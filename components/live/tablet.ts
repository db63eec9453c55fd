'use client';
/**
 * What somebody chose for this very tablet and not for the shop: how loud it is, what it says aloud
 * and in which language, on which side its keys are and how large its text. Kept on the tablet.
 */
import { useSyncExternalStore } from 'react';
import { createWatchers } from './watchers';

export const VOLUMES = ['off', 'low', 'medium', 'high'] as const;
export type Volume = (typeof VOLUMES)[number];
export const VOICES = ['off', 'yue', 'cmn', 'en'] as const;
/** The language in which the till says amount and wallet aloud. */
type Voice = (typeof VOICES)[number];

export type TabletChoice = {
  readonly volume: Volume;
  readonly voice: Voice;
  /** A click with each key of the amount. */
  readonly clicks: 'off' | 'on';
};
const FIRST: TabletChoice = { volume: 'medium', voice: 'off', clicks: 'off' };
const ALLOWED: { readonly [K in keyof TabletChoice]: readonly TabletChoice[K][] } = {
  volume: VOLUMES,
  voice: VOICES,
  clicks: ['off', 'on'],
};

const NAME = 'countertop.tablet';
const watchers = createWatchers();
let kept: string | null = null;
let choice = FIRST;

/** As it is kept now; what is not ours, or nothing, is the first choice. */
export function tabletChoice(): TabletChoice {
  const text = read();
  if (text !== kept) {
    kept = text;
    choice = choiceIn(text);
  }
  return choice;
}

/** What lies in the storage may be anything. */
export function choiceIn(text: string | null): TabletChoice {
  const found = parsed(text);
  const one = <K extends keyof TabletChoice>(name: K): TabletChoice[K] =>
    ALLOWED[name].find((allowed) => allowed === found[name]) ?? FIRST[name];
  return { volume: one('volume'), voice: one('voice'), clicks: one('clicks') };
}

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

export function choose(change: Partial<TabletChoice>): void {
  choice = { ...tabletChoice(), ...change };
  kept = JSON.stringify(choice);
  try {
    localStorage.setItem(NAME, kept);
  } catch {
    // Then it is so until the page is loaded anew.
    kept = read();
  }
  watchers.tell();
}

export const useTablet = (): TabletChoice =>
  useSyncExternalStore(watchers.subscribe, tabletChoice, () => FIRST);
