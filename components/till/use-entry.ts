'use client';
import { useCallback, useMemo, useState } from 'react';
import { digitsToMinor, type Key, pressKey } from '@/lib/money';

export type Entry = {
  /** Minor units. */
  readonly amount: number;
  readonly note: string;
  /** The last key would have gone past the largest amount and did nothing. */
  readonly tooLarge: boolean;
  /** `afresh`: a digit begins a new amount; the delete key still edits the one that stands. */
  readonly press: (key: Key, afresh: boolean) => void;
  readonly setNote: (note: string) => void;
  /** Puts the amount of a payment that ended there, for the next try. */
  readonly keep: (amount: number) => void;
  readonly clear: () => void;
};

type Keyed = {
  readonly digits: string;
  readonly tooLarge: boolean;
  /** The figure is left over from a payment that ended: the next digit replaces it. */
  readonly kept: boolean;
};
const NOTHING: Keyed = { digits: '', tooLarge: false, kept: false };

/** What is keyed in and noted for the sale that has not been charged yet. */
export function useEntry(): Entry {
  const [keyed, setKeyed] = useState(NOTHING);
  const [note, setNote] = useState('');
  const press = useCallback((key: Key, afresh: boolean) => {
    setKeyed((known) => {
      const before = (afresh || known.kept) && key !== 'back' ? '' : known.digits;
      const digits = pressKey(before, key);
      const adds = key !== 'back' && key !== 'clear';
      return { digits, tooLarge: adds && digits === before && before !== '', kept: false };
    });
  }, []);
  const keep = useCallback((amount: number) => {
    setKeyed({ digits: amount === 0 ? '' : String(amount), tooLarge: false, kept: true });
  }, []);
  const clear = useCallback(() => {
    setKeyed(NOTHING);
    setNote('');
  }, []);
  const { digits, tooLarge } = keyed;
  return useMemo(
    () => ({ amount: digitsToMinor(digits), note, tooLarge, press, setNote, keep, clear }),
    [digits, note, tooLarge, press, keep, clear],
  );
}
