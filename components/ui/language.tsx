'use client';
/**
 * Hands the reader's language down to every part. The server chooses it and sends that one
 * dictionary along, so that the other two never reach the tablet.
 */
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import {
  type DisplayMessages,
  type Filling,
  fill,
  type Language,
  type MessageKey,
  type Messages,
  type TillMessages,
} from '@/lib/messages/language';

export type Say = <K extends MessageKey>(key: K, ...values: Filling<K>) => string;
export type Reading = { readonly language: Language; readonly say: Say };

const Read = createContext<Reading | null>(null);

type Handed = Messages | TillMessages | DisplayMessages;

/** A sentence that was not handed down shows its name: a fault that a test finds. */
export const sayWith =
  (messages: Handed): Say =>
  (key, ...values) =>
    fill((messages as Partial<Messages>)[key] ?? key, values[0]);

type Props = {
  readonly language: Language;
  /** The till's dictionary, the customer's, or the whole one round the desk. */
  readonly messages: Handed;
  readonly children: ReactNode;
};

export function Reader({ language, messages, children }: Props) {
  const reading = useMemo<Reading>(
    () => ({ language, say: sayWith(messages) }),
    [language, messages],
  );
  return <Read value={reading}>{children}</Read>;
}

/** Throws outside a Reader: a screen without words is a fault. */
export function useReading(): Reading {
  const reading = useContext(Read);
  if (reading === null) throw new Error('No Reader around this part');
  return reading;
}
