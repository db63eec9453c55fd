'use client';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '@/components/live/server';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import type { SettingName } from '@/lib/settings';
import { PinDialog } from '../pin-dialog';
import { usePinned } from '../use-pinned';

type Props = {
  readonly name: SettingName;
  /** What would be saved; undefined while it is nothing that could be. */
  readonly value: unknown;
  /** Whether `value` differs from what is kept. */
  readonly isChanged: boolean;
  readonly wrong?: string;
  readonly onUndo: () => void;
  readonly onSaved: () => void;
  readonly children: ReactNode;
};

/** One choice: what it means, what it is, and its own button. */
export function Group({ name, value, isChanged, wrong = '', onUndo, onSaved, children }: Props) {
  const { say } = useReading();
  const [saved, setSaved] = useState(false);
  const { asked, ask, close } = usePinned();
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (value === undefined || !isChanged) return;
    setSaved(false);
    ask({
      title: `${say('settings.save')}: ${say(`settings.${name}`)}`,
      send: (pin) => call('/api/settings', { method: 'PUT', body: { [name]: value, pin } }),
      onDone: () => {
        setSaved(true);
        onSaved();
      },
    });
  };
  return (
    <>
      <form
        onSubmit={save}
        data-testid={`setting-${name}`}
        className="flex flex-col gap-3 rounded-large border border-line bg-panel p-4"
      >
        <h2 className="text-lead font-semibold">{say(`settings.${name}`)}</h2>
        <p className="text-body text-ink-soft">{say(`settings.${name}-text`)}</p>
        {children}
        <p role="alert" className="text-body text-stop empty:hidden">
          {wrong}
        </p>
        <div className="flex flex-wrap items-center justify-end gap-2">
          {saved && !isChanged && (
            <p role="status" className="text-body text-paid">
              {say('settings.saved')}
            </p>
          )}
          {isChanged && (
            <Button loudness="bare" onClick={onUndo}>
              {say('settings.undo')}
            </Button>
          )}
          <Button type="submit" disabled={!isChanged || value === undefined}>
            {say('settings.save')}
          </Button>
        </div>
      </form>
      <PinDialog asked={asked} onClose={close} />
    </>
  );
}

type OptionProps = {
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly word: string;
  readonly isOn: boolean;
  readonly onPick: () => void;
};

export function Option({ type, name, word, isOn, onPick }: OptionProps) {
  return (
    <label
      className={`flex min-h-touch items-center gap-3 rounded-small border px-3 py-1 text-body ${
        isOn ? 'border-accent bg-accent-wash' : 'border-line bg-raised'
      }`}
    >
      <input
        type={type}
        name={name}
        checked={isOn}
        onChange={onPick}
        className="size-6 shrink-0 accent-accent"
      />
      {word}
    </label>
  );
}
