import type { ReactNode } from 'react';

type Props = {
  /** What it holds, for those who hear it. */
  readonly label: string;
  readonly children: ReactNode;
};

/** Nothing in it may take the focus, so it does: whoever has no mouse scrolls it by keys. */
const FOCUSABLE = { tabIndex: 0 };

/** A pane of text that scrolls within a wide screen, and with the page on a narrow one. */
export function Scroller({ label, children }: Props) {
  return (
    <section
      {...FOCUSABLE}
      aria-label={label}
      className="grow rounded-large border border-line bg-panel wide:min-h-0 wide:overflow-y-auto"
    >
      {children}
    </section>
  );
}
