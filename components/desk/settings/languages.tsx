'use client';
/** Three readers, three choices: staff, receipts, and the customer. */
import { useId, useState } from 'react';
import { useReading } from '@/components/ui/language';
import { OWN_NAME } from '@/components/ui/language-switch';
import { isLanguage, LANGUAGES, type Language } from '@/lib/messages/language';
import type { Settings } from '@/lib/settings';
import { Group } from './group';
import { CHOICE } from './select';

type PickProps = {
  readonly label: string;
  /** What stands there for no language; left out, there has to be one. */
  readonly none?: string;
  readonly offered: readonly Language[];
  readonly value: Language | null;
  readonly onPick: (language: Language | null) => void;
  readonly isLabelShown?: boolean;
};

/** Each language in its own words. */
function PickLanguage(props: PickProps) {
  const { label, none, offered, value, onPick, isLabelShown = false } = props;
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className={isLabelShown ? 'text-small text-ink-soft' : 'sr-only'}>
        {label}
      </label>
      <select
        id={id}
        className={CHOICE}
        value={value ?? ''}
        onChange={({ target }) => onPick(isLanguage(target.value) ? target.value : null)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {offered.map((language) => (
          <option key={language} value={language} lang={language}>
            {OWN_NAME[language]}
          </option>
        ))}
      </select>
    </div>
  );
}

type OneProps = {
  readonly name: 'staff-language' | 'customer-language';
  readonly now: Language | null;
  readonly onSaved: () => void;
};

export function OneLanguage({ name, now, onSaved }: OneProps) {
  const { say } = useReading();
  const [value, setValue] = useState(now);
  const group = { name, value, onUndo: () => setValue(now), onSaved };
  return (
    <Group isChanged={value !== now} {...group}>
      <PickLanguage
        label={say(`settings.${name}`)}
        none={say('settings.as-device')}
        offered={LANGUAGES}
        value={value}
        onPick={setValue}
      />
    </Group>
  );
}

type ReceiptProps = { readonly now: Settings['receipt-languages']; readonly onSaved: () => void };

export function ReceiptLanguages({ now, onSaved }: ReceiptProps) {
  const { say } = useReading();
  const [value, setValue] = useState<readonly Language[]>(now);
  const [first = LANGUAGES[0], second = null] = value;
  const group = { value, onUndo: () => setValue(now), onSaved };
  const put = (one: Language, other: Language | null) =>
    setValue(other === null || other === one ? [one] : [one, other]);
  return (
    <Group name="receipt-languages" isChanged={String(value) !== String(now)} {...group}>
      <PickLanguage
        label={say('settings.first-language')}
        offered={LANGUAGES}
        value={first}
        onPick={(next) => put(next ?? first, second)}
        isLabelShown
      />
      <PickLanguage
        label={say('settings.second-language')}
        none={say('settings.no-second')}
        offered={LANGUAGES.filter((language) => language !== first)}
        value={second}
        onPick={(next) => put(first, next)}
        isLabelShown
      />
    </Group>
  );
}
