'use client';
/**
 * The hand scanner as a React hook. It listens to the whole page, so nothing needs the focus, and
 * it gives back a field's text when a scan went into it. A keypad must take its keys from `onKey`
 * alone: to a listener of its own the first key of a scan looks like any other.
 */
import { useEffect, useRef } from 'react';
import type { Symbology } from '@/lib/payment-code';
import type { Affixes } from './scan-run';
import { type Fed, feed, QUIET, type Stroke, settle, wakeAt } from './wedge';

export type WedgeOptions = {
  /** What was scanned, without affixes; the symbology where the scanner names it. */
  readonly onScan: (text: string, symbology: Symbology | null) => void;
  /**
   * A person's key while nothing was being typed into: digits, `Enter`, `Backspace`… `gap`: how
   * long before it the last key came, ms by the keyboard's own times.
   */
  readonly onKey?: ((key: string, gap: number) => void) | undefined;
  /** So many digits, points and plus signs that `onKey` was last given were the scan's own. */
  readonly onTakeBack?: ((keys: number) => void) | undefined;
  readonly enabled: boolean;
  /** What this shop's scanner is set to send around the code. */
  readonly affixes?: Affixes | undefined;
};

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Snapshot = {
  readonly at: number;
  readonly field: Field;
  readonly value: string;
  readonly caret: number | null;
};
/** More keys than any scan has. */
const REMEMBERED = 200;

export function useWedge(options: WedgeOptions): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const { enabled } = options;

  useEffect(() => {
    if (!enabled) return;
    let wedge = QUIET;
    let snapshots: Snapshot[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;

    let strokeAt = Number.NEGATIVE_INFINITY;

    const take = ({ next, out }: Fed, now: number, gap: number): void => {
      wedge = next;
      clearTimeout(timer);
      const wake = wakeAt(wedge);
      if (wake !== null) timer = setTimeout(onSilence, Math.max(0, wake - now) + 1);
      for (const one of out) {
        if (one.kind === 'key') latest.current.onKey?.(one.key, gap);
        else if (one.kind === 'take-back') latest.current.onTakeBack?.(one.keys);
        else {
          const before = snapshots.find(({ at }) => at === one.restore);
          if (before) restore(before);
          latest.current.onScan(one.text, one.symbology);
        }
      }
    };

    const onSilence = (): void => {
      const now = performance.now();
      take(settle(wedge, now, latest.current.affixes), now, Number.POSITIVE_INFINITY);
    };

    const onKeyDown = (event: KeyboardEvent): void => {
      const field = fieldOf(event.target);
      const fed = feed(wedge, strokeOf(event, field), latest.current.affixes);
      if (fed.swallow) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      // The key has not reached the field yet, so this is what it held before.
      if (field) snapshots = [...snapshots.slice(-REMEMBERED), snapshotOf(field, event.timeStamp)];
      take(fed, event.timeStamp, event.timeStamp - strokeAt);
      strokeAt = event.timeStamp;
      if (!wedge.run) snapshots = [];
    };

    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown, { capture: true });
      clearTimeout(timer);
    };
  }, [enabled]);
}

const CONTROLS = 'button, a[href], summary, [role="button"], [role="tab"], [role="menuitem"]';
/** Inputs that are pressed, not typed into. */
const PRESSED = ['button', 'submit', 'reset', 'checkbox', 'radio', 'range', 'color', 'file'];

function strokeOf(event: KeyboardEvent, field: Field | null): Stroke {
  const { target } = event;
  const inField = field !== null || (target instanceof HTMLElement && target.isContentEditable);
  return {
    key: keyOf(event),
    at: event.timeStamp,
    repeat: event.repeat,
    chord: event.ctrlKey || event.altKey || event.metaKey,
    inField,
    onControl: !inField && target instanceof Element && target.closest(CONTROLS) !== null,
  };
}

/** An input method hides the key's name; a digit is still known by its place on the keyboard. */
function keyOf(event: KeyboardEvent): string {
  if (event.key !== 'Process' && event.key !== 'Unidentified') return event.key;
  return /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ?? event.key;
}

function fieldOf(target: EventTarget | null): Field | null {
  if (target instanceof HTMLInputElement) return PRESSED.includes(target.type) ? null : target;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return target;
  return null;
}

function snapshotOf(field: Field, at: number): Snapshot {
  return { at, field, value: field.value, caret: caretOf(field) };
}

function caretOf(field: Field): number | null {
  return field instanceof HTMLSelectElement ? null : field.selectionStart;
}

/** Through the element's own setter and an event: React believes nothing else. */
function restore({ field, value, caret }: Snapshot): void {
  const owner = [HTMLInputElement, HTMLTextAreaElement, HTMLSelectElement].find(
    (kind) => field instanceof kind,
  );
  const own = owner && Object.getOwnPropertyDescriptor(owner.prototype, 'value');
  own?.set?.call(field, value);
  const told = field instanceof HTMLSelectElement ? 'change' : 'input';
  field.dispatchEvent(new Event(told, { bubbles: true }));
  if (!(field instanceof HTMLSelectElement) && caret !== null) {
    field.setSelectionRange(caret, caret);
  }
}
