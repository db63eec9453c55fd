/** Says which key of a keyboard presses a button; `data-key` on the button itself makes it so. */
type Props = { readonly keys: string };

/** Where no keyboard has been heard of and no mouse is there, it would only be noise. */
export function KeyHint({ keys }: Props) {
  return (
    <span
      aria-hidden="true"
      className="ml-auto hidden rounded-small border border-current px-2 font-sans text-small font-normal opacity-70 keyboard:tablet:inline"
    >
      {keys}
    </span>
  );
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
