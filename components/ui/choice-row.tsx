'use client';

type Option<T extends string> = {
  readonly value: T;
  readonly word: string;
  /** Shown, and cannot be chosen here. */
  readonly disabled?: boolean;
};

type Props<T extends string> = {
  readonly label: string;
  readonly options: readonly Option<T>[];
  readonly chosen: T;
  readonly onChoose: (value: T) => void;
};

const OPTION =
  'flex min-h-touch grow cursor-pointer items-center justify-center gap-2 rounded-small border ' +
  'px-3 text-body has-focus-visible:outline-3 has-focus-visible:outline-offset-2 ' +
  'has-focus-visible:outline-accent';
const look = (isChosen: boolean, disabled: boolean): string => {
  if (isChosen) return 'border-accent bg-accent-wash font-semibold text-ink';
  return disabled ? 'border-line bg-panel text-ink-soft' : 'border-line bg-raised text-ink';
};

/** A few choices side by side, of which one is taken: radio buttons as large as a touch. */
export function ChoiceRow<T extends string>({ label, options, chosen, onChoose }: Props<T>) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-small text-ink-soft">{label}</legend>
      <div className={options.length === 4 ? 'grid grid-cols-2 gap-2' : 'flex flex-wrap gap-2'}>
        {options.map(({ value, word, disabled = false }) => (
          <label key={value} className={`${OPTION} ${look(value === chosen, disabled)}`}>
            <input
              type="radio"
              name={label}
              value={value}
              checked={value === chosen}
              disabled={disabled}
              onChange={() => onChoose(value)}
              className="size-4 accent-accent"
            />
            {word}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
