/**
 * The second tap of a double tap must not press what the first one brought. It counts where the
 * same things still stand, as on the keypad; where something else has come under the finger, it is
 * lost.
 */
import { pressableAt, pressables } from '@/components/ui/pressed';

/** Two taps of one hand on one place are no further apart. */
const SOON_MS = 400;
const NEAR_PX = 40;

type Tap = {
  readonly at: number;
  readonly x: number;
  readonly y: number;
  /** What could be pressed there at that moment. */
  readonly stood: ReadonlySet<Element>;
};

/** Answers how to stop. */
export function watchSecondTaps(): () => void {
  let last: Tap | null = null;
  let lost = false;
  const down = ({ timeStamp: at, clientX: x, clientY: y, target }: PointerEvent) => {
    const one = pressableAt(target);
    const again = last !== null && at - last.at < SOON_MS && isNear(last, x, y);
    lost = again && one !== null && !last?.stood.has(one);
    last = { at, x, y, stood: lost && last !== null ? last.stood : standing(x, y) };
  };
  const click = (event: MouseEvent) => {
    // A key of a keyboard presses with a count of 0.
    if (!lost || event.detail === 0) return;
    lost = false;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const CAPTURE = { capture: true };
  window.addEventListener('pointerdown', down, CAPTURE);
  window.addEventListener('click', click, CAPTURE);
  return () => {
    window.removeEventListener('pointerdown', down, CAPTURE);
    window.removeEventListener('click', click, CAPTURE);
  };
}

const isNear = (tap: Pick<Tap, 'x' | 'y'>, x: number, y: number): boolean =>
  Math.abs(tap.x - x) <= NEAR_PX && Math.abs(tap.y - y) <= NEAR_PX;

function standing(x: number, y: number): ReadonlySet<Element> {
  const reached = [...pressables()].filter((one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const across = x > left - NEAR_PX && x < right + NEAR_PX;
    return across && y > top - NEAR_PX && y < bottom + NEAR_PX;
  });
  return new Set(reached);
}
