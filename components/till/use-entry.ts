'use client';
import { useCallback, useMemo, useState } from 'react';
import { digitsToMinor, type Key, pressKey } from '@/lib/money';

export type Entry = {
  /** Minor units. */
  readonly amount: number;
  readonly note: string;
  /** The last key would have gone past the largest amount and did nothing. */
  readonly tooLarge: boolean;
  /** `afresh`: the key is the first of a new amount. */
  readonly press: (key: Key, afresh: boolean) => void;
  readonly setNote: (note: string) => void;
  /** Puts an amount there as if it had been keyed. */
  readonly keep: (amount: number) => void;
  readonly clear: () => void;
};

type Keyed = { readonly digits: string; readonly tooLarge: boolean };
const NOTHING: Keyed = { digits: '', tooLarge: false };

/** What is keyed in and noted for the sale that has not been charged yet. */
export function useEntry(): Entry {
  const [keyed, setKeyed] = useState(NOTHING);
  const [note, setNote] = useState('');
  const press = useCallback((key: Key, afresh: boolean) => {
    setKeyed((known) => {
      const before = afresh ? '' : known.digits;
      const digits = pressKey(before, key);
      const adds = key !== 'back' && key !== 'clear';
      return { digits, tooLarge: adds && digits === before && before !== '' };
    });
  }, []);
  const keep = useCallback((amount: number) => {
    setKeyed({ digits: amount === 0 ? '' : String(amount), tooLarge: false });
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
