import type { ButtonHTMLAttributes, ReactNode } from 'react';

/** `loud` is the one action of a screen; `fill` stands on a filled pane and takes its ink. */
export type Loudness = 'loud' | 'quiet' | 'bare' | 'stop' | 'fill';

const LOOK: Record<Loudness, string> = {
  loud: 'bg-accent text-accent-ink pressed:bg-accent-press disabled:bg-line disabled:text-ink-soft',
  quiet:
    'bg-raised text-ink border border-line pressed:bg-line disabled:text-ink-faint ' +
    'aria-disabled:text-ink-faint',
  bare: 'text-ink-soft pressed:bg-line disabled:text-ink-faint',
  stop: 'bg-raised text-stop border border-line pressed:bg-stop-wash disabled:text-ink-faint',
  fill: 'border border-current pressed:opacity-70 disabled:opacity-50',
};

export const buttonLook = (loudness: Loudness, wraps = false): string =>
  `inline-flex min-h-touch min-w-touch items-center justify-center gap-2 rounded-small px-4 text-body ` +
  `font-semibold transition-colors duration-press pressed:duration-0 ${LOOK[loudness]} ` +
  (wraps ? 'py-2 break-words' : 'whitespace-nowrap');

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & {
  readonly loudness?: Loudness;
  readonly wide?: boolean;
  /** It says somebody's name, which may be of any length: it takes as many lines as it needs. */
  readonly wraps?: boolean;
  /** The keys of a keyboard that press it: see key-hint.tsx. */
  readonly 'data-key'?: string;
  readonly children: ReactNode;
};

export function Button({
  loudness = 'quiet',
  wide = false,
  wraps = false,
  type,
  children,
  ...rest
}: Props) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={`${buttonLook(loudness, wraps)} ${wide ? 'w-full' : ''}`}
    >
      {children}
    </button>
  );
}
