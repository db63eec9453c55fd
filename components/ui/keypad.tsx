'use client';
import type { Key } from '@/lib/money';
import { Icon } from './icon';
import { useReading } from './language';
import { keepsFocusOut } from './pressed';
import { useHold } from './use-hold';

const AMOUNT_KEYS: readonly Key[] = [
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '00',
  '0',
  'back',
];
export const PIN_KEYS: readonly Key[] = [
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  'clear',
  '0',
  'back',
];
const LOOK =
  'flex min-h-touch grow items-center justify-center border border-line bg-raised text-head ' +
  'font-medium transition-colors duration-press pressed:duration-0 pressed:bg-line ' +
  'disabled:bg-panel disabled:text-ink-faint';

type Props = {
  readonly onKey: (key: Key) => void;
  readonly disabled?: boolean;
  /** Which keys stand there: a PIN has no '00'. */
  readonly keys?: readonly Key[];
  /** On a wide screen they give way to what stands above, down to the size of a touch. */
  readonly yields?: boolean;
};

export function Keypad({ onKey, disabled = false, keys = AMOUNT_KEYS, yields = false }: Props) {
  const { say } = useReading();
  const look = `${LOOK} ${yields ? 'tablet:min-h-key wide:min-h-touch' : 'tablet:min-h-key'}`;
  return (
    <section
      aria-label={say('keypad.label')}
      data-keypad=""
      className="grid grow grid-cols-3 gap-2"
    >
      {keys.map((key) =>
        key === 'back' ? (
          <BackKey key={key} onKey={onKey} disabled={disabled} look={look} />
        ) : (
          <button
            key={key}
            type="button"
            className={look}
            disabled={disabled}
            data-key={key}
            onMouseDown={keepsFocusOut}
            onClick={() => onKey(key)}
          >
            {key === 'clear' ? <span className="text-body">{say('keypad.clear')}</span> : key}
          </button>
        ),
      )}
    </section>
  );
}

type BackProps = Required<Pick<Props, 'onKey' | 'disabled'>> & { readonly look: string };

function BackKey({ onKey, disabled, look }: BackProps) {
  const { say } = useReading();
  // Holding it clears everything.
  const hold = useHold({ onPress: () => onKey('back'), onHold: () => onKey('clear') });
  return (
    <button
      type="button"
      className={look}
      disabled={disabled}
      aria-label={say('keypad.back')}
      data-key="back clear"
      onMouseDown={keepsFocusOut}
      {...hold}
    >
      <Icon name="back" className="size-8" />
    </button>
  );
}
