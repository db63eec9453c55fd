'use client';
import { type HTMLInputTypeAttribute, type Ref, useId } from 'react';

const INPUT =
  'min-h-touch w-full border bg-raised px-3 text-body text-ink placeholder:text-ink-soft ' +
  'disabled:bg-panel';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: HTMLInputTypeAttribute;
  readonly inputMode?: 'numeric' | 'decimal' | 'text' | 'search';
  readonly autoComplete?: string;
  readonly maxLength?: number;
  readonly placeholder?: string;
  /** All of a placeholder that may be longer than the field. */
  readonly title?: string;
  readonly disabled?: boolean;
  readonly onFocus?: () => void;
  /** What Enter does here, instead of sending the form. */
  readonly onEnter?: () => void;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** What is tapped on a keypad goes here, wherever the focus is. */
  readonly active?: boolean;
  /** One sentence; the field is marked as wrong while it is there. */
  readonly wrong?: string;
};

export function Field(props: Props) {
  const { label, value, onChange, onEnter, wrong, inputRef, active, ...rest } = props;
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-small text-ink-soft">
        {label}
      </label>
      <input
        autoComplete="off"
        {...rest}
        id={id}
        ref={inputRef}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || onEnter === undefined) return;
          event.preventDefault();
          onEnter();
        }}
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
        className={`${INPUT} ${active === true ? 'border-accent' : 'border-line'}`}
      />
      {wrong !== undefined && (
        <p id={`${id}-wrong`} className="text-small text-stop">
          {wrong}
        </p>
      )}
    </div>
  );
}
