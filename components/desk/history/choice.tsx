'use client';

const LOOK = 'min-h-touch min-w-0 border bg-raised px-3 text-body text-ink';

type Option = { readonly value: string; readonly word: string };
type Props = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
  /** Said for a value that none of the options is. */
  readonly otherwise?: string;
};

/** One wish out of a few; the first option restricts nothing, and a chosen one is marked. */
export function Choice({ label, value, options, onChoose, otherwise = value }: Props) {
  const isKnown = options.some((option) => option.value === value);
  return (
    <select
      aria-label={label}
      className={`${LOOK} max-w-full grow ${value === '' ? 'border-line' : 'border-accent font-semibold'}`}
      value={value}
      onChange={(event) => onChoose(event.target.value)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.word}
        </option>
      ))}
      {!isKnown && <option value={value}>{otherwise}</option>}
    </select>
  );
}

type SwitchProps = {
  readonly label: string;
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
};

/** A wish that is there or not. */
export function Switch({ label, isOn, onSwitch }: SwitchProps) {
  return (
    <label
      className={`inline-flex min-h-touch items-center gap-2 rounded-small border bg-raised px-3 text-body ${
        isOn ? 'border-accent font-semibold' : 'border-line'
      }`}
    >
      <input
        type="checkbox"
        className="size-6 accent-accent"
        checked={isOn}
        onChange={(event) => onSwitch(event.target.checked)}
      />
      {label}
    </label>
  );
}
