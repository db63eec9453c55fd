'use client';
import { type MouseEvent, useCallback, useEffect, useRef } from 'react';

const HOLD_MS = 600;

type Parts = { readonly onPress: () => void; readonly onHold: () => void };

/**
 * The events of a button that does one thing when it is pressed and another when it is held. A
 * right click and the menu key of a keyboard hold it too.
 */
export function useHold({ onPress, onHold }: Parts) {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const held = useRef(false);
  const stop = useCallback(() => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
  }, []);
  useEffect(() => stop, [stop]);
  const hold = () => {
    stop();
    held.current = true;
    onHold();
  };
  return {
    onPointerDown() {
      stop();
      held.current = false;
      timer.current = setTimeout(hold, HOLD_MS);
    },
    onPointerUp: stop,
    onPointerLeave: stop,
    onPointerCancel: stop,
    onContextMenu(event: MouseEvent) {
      event.preventDefault();
      // A long press of a finger opens a menu as well: it has been held, or is about to be.
      if (!held.current) hold();
    },
    onClick({ detail }: MouseEvent) {
      // What was held has done its work; its release is not another press. A keyboard's is (0).
      if (!held.current || detail === 0) onPress();
      held.current = false;
    },
  };
}
