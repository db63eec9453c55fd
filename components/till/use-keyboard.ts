'use client';
/**
 * The till by a keyboard, and by a hand scanner, which is one too: all keys come through one ear.
 * A letter that begins a charge (`data-charges`) waits until it is plain that no scanner sent it.
 */
import { useEffect, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { SCANNER_GAP } from '@/components/live/scan-run';
import { useLocked } from '@/components/live/screen-lock';
import { useWedge } from '@/components/live/use-wedge';
import { hinted, keyboardIsThere } from '@/components/ui/key-hint';
import { flash } from '@/components/ui/pressed';
import type { SumKey } from '@/lib/keyed';
import type { Stands, Till } from './use-till';

/** Longer than the longest gap in a scan that is slow to start (wedge.ts STALL). */
const LETTER_WAIT_MS = 220;
const KEYS: Readonly<Record<string, SumKey>> = {
  Backspace: 'back',
  Delete: 'clear',
  '+': '+',
  // The same key as `+` on most keyboards, without Shift.
  '=': '+',
  '.': '.',
};
/** More keys than a scan can have given away before it was known as one. */
const REMEMBERED = 30;
const sumKeyOf = (key: string): SumKey | null =>
  /^\d$/.test(key) ? (key as SumKey) : (KEYS[key] ?? null);

/** Presses what bears the hint, as a finger would; false when nothing does. */
function pressHinted(key: string): boolean {
  const one = hinted(key);
  if (one === null || one.matches(':disabled')) return false;
  flash(one);
  one.click();
  return true;
}

export function useKeyboard(till: Till): void {
  const screenLocked = useLocked();
  const latest = useRef(till);
  useLayoutEffect(() => {
    latest.current = till;
  });
  const before = useRef<readonly (Stands | null)[]>([]);
  const letter = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(letter.current), []);

  const pressed = (key: string, gap: number) => {
    clearTimeout(letter.current);
    const sumKey = sumKeyOf(key);
    // What is typed into a dialog is not meant for the till behind it.
    const isElsewhere = document.querySelector('dialog[open]') !== null;
    const isTaken = sumKey !== null && !isElsewhere && !latest.current.locked;
    if (sumKey !== null) {
      const stands = isTaken ? latest.current.stands : null;
      before.current = [...before.current.slice(-REMEMBERED), stands];
    }
    if (isElsewhere) return;
    keyboardIsThere();
    if (sumKey !== null) {
      if (!isTaken) return;
      show(sumKey);
      // What follows in the same moment, a scan or a press, charges the amount that now stands.
      flushSync(() => latest.current.press(sumKey));
    } else if (key === 'Escape') stepBack(latest.current);
    else if (key === 'Enter') {
      // So soon after another key it is a machine's, of something that was no payment code.
      if (gap >= SCANNER_GAP) pressHinted('Enter');
    } else if (/^[a-z]$/i.test(key)) {
      const press = () => pressHinted(key.toUpperCase());
      if (show(key.toUpperCase())?.dataset.charges === undefined) press();
      else letter.current = setTimeout(press, LETTER_WAIT_MS);
    }
  };

  useWedge({
    // It also listens while a payment runs: else the scanner's Enter would press a button.
    enabled: !screenLocked,
    onScan(text, symbology) {
      clearTimeout(letter.current);
      latest.current.read(text, symbology);
    },
    onKey: pressed,
    onTakeBack(keys) {
      const stands = before.current.slice(-keys).find((each) => each !== null);
      if (stands) flushSync(() => latest.current.putBack(stands));
    },
  });
}

/** Shows the press at once, whatever has to be waited for; answers what bears the key's hint. */
function show(key: string): HTMLElement | null {
  const one = hinted(key);
  if (one !== null && !one.matches(':disabled')) flash(one);
  return one;
}

/** One step back: the camera, what is to be read, a pressable way out; else a figure is cleared. */
function stepBack(till: Till): void {
  if (pressHinted('Escape')) return;
  if (till.camera) till.openCamera(false);
  else if (till.locked) return;
  else if (till.doubt !== null || till.charge.at !== 'ready') till.close();
  else till.press('clear');
}
