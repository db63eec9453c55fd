/** Says which key of a keyboard presses a button; `data-key` on the button itself makes it so. */
type Props = { readonly keys: string };

/** It is drawn and no text: what a button says stays what it says. */
const LOOK =
  'ml-auto hidden rounded-small border border-current px-2 font-sans text-small font-normal ' +
  'before:content-[attr(data-hint)] keyboard:tablet:inline';

/** Where no keyboard has been heard of and no mouse is there, it would only be noise. */
export function KeyHint({ keys }: Props) {
  return <span aria-hidden="true" data-hint={keys} className={LOOK} />;
}

/** From now on the hints are shown: somebody types. */
export function keyboardIsThere(): void {
  document.documentElement.setAttribute('data-keyboard', '');
}

/** What a key presses now: what is asked goes before the tiles above it; null for nothing. */
export function hinted(key: string): HTMLElement | null {
  const all = [...document.querySelectorAll<HTMLElement>('[data-key]:not([inert] *)')];
  const bearers = all.filter(({ dataset }) => dataset.key?.split(' ').includes(key));
  return bearers.at(-1) ?? null;
}
