/**
 * Shows a press before anything else is done with it. On a touch screen browsers wait a moment
 * until they call a button active, for it may become a scroll; a cashier taps again meanwhile.
 */
const PRESSABLE = 'button, a[href], summary, label[data-key]';
/** A tap may be shorter than a frame, and is to be seen all the same. */
const SEEN_MS = 100;

export const pressableAt = (target: EventTarget | null): Element | null =>
  target instanceof Element ? target.closest(PRESSABLE) : null;

/** Every pressable thing of the page. */
export const pressables = (): NodeListOf<Element> => document.querySelectorAll(PRESSABLE);

/** Marks the pressed thing with `data-pressed` while it is pressed; answers how to stop. */
export function watchPresses(): () => void {
  let release = () => {};
  const down = ({ target, isPrimary }: PointerEvent) => {
    if (!isPrimary) return;
    release();
    const one = pressableAt(target);
    release = one === null || one.matches(':disabled') ? () => {} : mark(one);
  };
  const up = () => release();
  const CAPTURE = { capture: true, passive: true };
  window.addEventListener('pointerdown', down, CAPTURE);
  window.addEventListener('pointerup', up, CAPTURE);
  window.addEventListener('pointercancel', up, CAPTURE);
  return () => {
    release();
    window.removeEventListener('pointerdown', down, CAPTURE);
    window.removeEventListener('pointerup', up, CAPTURE);
    window.removeEventListener('pointercancel', up, CAPTURE);
  };
}

/** As if it had been tapped: for what a key of a keyboard presses. */
export const flash = (one: Element): void => mark(one)();

function mark(one: Element): () => void {
  const since = performance.now();
  one.setAttribute('data-pressed', '');
  return () => {
    const left = SEEN_MS - (performance.now() - since);
    setTimeout(() => one.removeAttribute('data-pressed'), Math.max(0, left));
  };
}

/**
 * For `onMouseDown`: a key of the till takes the focus from nobody's keyboard. Enter would press
 * that key again, and what is typed next would go into the note that was left.
 */
export function keepsFocusOut(event: { readonly preventDefault: () => void }): void {
  event.preventDefault();
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}
