'use client';
import { useCallback, useMemo, useState } from 'react';
import { digitsToMinor, type Key, pressKey } from '@/lib/money';
import type { Owed } from './owed';

export type Entry = {
  /** Minor units. */
  readonly amount: number;
  readonly note: string;
  /** The last key would have gone past the largest amount and did nothing. */
  readonly tooLarge: boolean;
  /** `afresh`: a digit begins a new amount; the delete key still edits the one that stands. */
  readonly press: (key: Key, afresh: boolean) => void;
  /** What stood there before is gone, as by the delete key: the whole amount came with one tap. */
  readonly put: (amount: number) => void;
  readonly setNote: (note: string) => void;
  /** The sale whose amount stands there untouched; null once a key has been pressed. */
  readonly owed: Owed | null;
  /** Puts the amount of a payment that was not paid there, for the next try of its sale. */
  readonly keep: (owed: Owed) => void;
  readonly clear: () => void;
};

type Keyed = {
  readonly digits: string;
  readonly tooLarge: boolean;
  /** The figure is left over from a payment that ended: the next digit replaces it. */
  readonly owed: Owed | null;
};
const NOTHING: Keyed = { digits: '', tooLarge: false, owed: null };

/** What is keyed in and noted for the sale that has not been charged yet. */
export function useEntry(): Entry {
  const [keyed, setKeyed] = useState(NOTHING);
  const [note, setNote] = useState('');
  const press = useCallback((key: Key, afresh: boolean) => {
    setKeyed((known) => {
      const before = (afresh || known.owed !== null) && key !== 'back' ? '' : known.digits;
      const digits = pressKey(before, key);
      const adds = key !== 'back' && key !== 'clear';
      return { digits, tooLarge: adds && digits === before && before !== '', owed: null };
    });
  }, []);
  const put = useCallback((amount: number) => {
    setKeyed({ digits: String(amount), tooLarge: false, owed: null });
  }, []);
  const keep = useCallback((owed: Owed) => {
    setKeyed(({ owed: before }) => {
      const watched = before?.saleId === owed.saleId ? before.watched : null;
      const next = { ...owed, watched: owed.watched ?? watched };
      return { digits: String(owed.amount), tooLarge: false, owed: next };
    });
  }, []);
  const clear = useCallback(() => {
    setKeyed(NOTHING);
    setNote('');
  }, []);
  const { digits, tooLarge, owed } = keyed;
  return useMemo(
    () => ({
      ...{ amount: digitsToMinor(digits), note, tooLarge, owed },
      ...{ press, put, setNote, keep, clear },
    }),
    [digits, note, tooLarge, owed, press, put, keep, clear],
  );
}
