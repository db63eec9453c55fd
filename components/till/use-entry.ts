'use client';
import { useCallback, useMemo, useState } from 'react';
import { useShop } from '@/components/live/shop';
import { NOTHING_KEYED, pressSum, putFigure, type SumKey, sumOf } from '@/lib/keyed';
import { EXPONENT } from '@/lib/money';
import type { Owed } from './owed';

export type Entry = {
  /** Minor units: the sum where `+` was pressed. */
  readonly amount: number;
  /** The figures that were added with `+`, and the one being keyed, in minor units. */
  readonly parts: readonly number[];
  readonly note: string;
  /** The last key would have gone past the largest amount and did nothing. */
  readonly tooLarge: boolean;
  /** `afresh`: a digit begins a new amount; the delete key still edits the one that stands. */
  readonly press: (key: SumKey, afresh: boolean) => void;
  /** The whole amount comes with one tap: what stood there is gone, or `+` adds it. */
  readonly put: (amount: number) => void;
  readonly setNote: (note: string) => void;
  /** The sale whose amount stands there untouched; null once a key has been pressed. */
  readonly owed: Owed | null;
  /** Puts the amount of a payment that was not paid there, for the next try of its sale. */
  readonly keep: (owed: Owed) => void;
  readonly clear: () => void;
  /** What stands there, for whoever has to put it back. */
  readonly standing: Standing;
  readonly restore: (standing: Standing) => void;
};

export type Standing = {
  readonly keyed: typeof NOTHING_KEYED;
  readonly tooLarge: boolean;
  /** The figure is left over from a payment that ended: the next digit replaces it. */
  readonly owed: Owed | null;
};
const NOTHING: Standing = { keyed: NOTHING_KEYED, tooLarge: false, owed: null };
/** These go on from what stands there; a digit or a point begins anew. */
const GOES_ON: readonly SumKey[] = ['back', 'clear', '+'];

/** What is keyed in and noted for the sale that has not been charged yet. */
export function useEntry(): Entry {
  const places = EXPONENT[useShop().setting.currency];
  const [standing, setStanding] = useState(NOTHING);
  const [note, setNote] = useState('');
  const press = useCallback(
    (key: SumKey, afresh: boolean) => {
      setStanding((known) => {
        const anew = (afresh || known.owed !== null) && !GOES_ON.includes(key);
        const before = anew ? NOTHING_KEYED : known.keyed;
        const next = pressSum(before, key, places);
        return { keyed: next ?? before, tooLarge: next === null, owed: null };
      });
    },
    [places],
  );
  const put = useCallback((amount: number) => {
    setStanding(({ keyed, owed }) => {
      const next = putFigure(owed === null ? keyed : NOTHING_KEYED, amount);
      return { keyed: next ?? keyed, tooLarge: next === null, owed: null };
    });
  }, []);
  const keep = useCallback((owed: Owed) => {
    setStanding(({ owed: before }) => {
      const watched = before?.saleId === owed.saleId ? before.watched : null;
      const next = { ...owed, watched: owed.watched ?? watched };
      const keyed = { parts: [], figure: String(owed.amount) };
      return { keyed, tooLarge: false, owed: next };
    });
  }, []);
  const clear = useCallback(() => {
    setStanding(NOTHING);
    setNote('');
  }, []);
  const { keyed, tooLarge, owed } = standing;
  return useMemo(
    () => ({
      amount: sumOf(keyed, places),
      parts: keyed.parts,
      ...{ note, tooLarge, owed, press, put, setNote, keep, clear, standing },
      restore: setStanding,
    }),
    [keyed, places, note, tooLarge, owed, press, put, keep, clear, standing],
  );
}
