import type { ReactNode } from 'react';

const CIRCUMFERENCE = 2 * Math.PI * 45;

type Props = {
  /** What is left, 1 to 0. */
  readonly left: number;
  readonly children: ReactNode;
};

/** A countdown ring with something to read in its middle; the ring alone says nothing. */
export function Ring({ left, children }: Props) {
  const shown = Math.min(1, Math.max(0, left));
  return (
    <span className="relative inline-grid size-key place-items-center">
      <svg
        viewBox="0 0 100 100"
        className="absolute inset-0 size-full -rotate-90"
        aria-hidden="true"
      >
        <circle cx="50" cy="50" r="45" fill="none" strokeWidth="8" className="stroke-line" />
        <circle
          cx="50"
          cy="50"
          r="45"
          fill="none"
          strokeWidth="8"
          strokeLinecap="round"
          strokeDasharray={CIRCUMFERENCE}
          strokeDashoffset={CIRCUMFERENCE * (1 - shown)}
          className="stroke-waiting"
        />
      </svg>
      <span className="text-small font-semibold">{children}</span>
    </span>
  );
}
