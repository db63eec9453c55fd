'use client';
import { useState } from 'react';
import { useShop } from '@/components/live/shop';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import { parseAmount, plainAmount } from '@/lib/money';
import { PIN_MODES, type Settings } from '@/lib/settings';
import { Group, Option } from './group';

type Props<N extends keyof Settings> = {
  readonly now: Settings[N];
  readonly onSaved: () => void;
};

export function RefundLimit({ now, onSaved }: Props<'refund-limit'>) {
  const { say } = useReading();
  const { currency } = useShop().setting;
  const written = now === null ? '' : plainAmount({ minor: now, currency });
  const [limited, setLimited] = useState(now !== null);
  const [text, setText] = useState(written);
  const typed = text.trim() === '' ? null : parseAmount(text.replaceAll(',', ''), currency);
  const value = limited ? (typed ?? undefined) : null;
  const wrong = limited && text.trim() !== '' && typed === null ? say('settings.amount-wrong') : '';
  const undo = () => {
    setLimited(now !== null);
    setText(written);
  };
  const group = { value, wrong, onUndo: undo, onSaved };
  return (
    <Group name="refund-limit" isChanged={value !== now} {...group}>
      <Option
        type="radio"
        name="refund-limit"
        word={say('settings.no-limit')}
        isOn={!limited}
        onPick={() => setLimited(false)}
      />
      <Option
        type="radio"
        name="refund-limit"
        word={say('settings.with-limit')}
        isOn={limited}
        onPick={() => setLimited(true)}
      />
      {limited && (
        <Field
          label={currency}
          value={text}
          onChange={setText}
          inputMode="numeric"
          maxLength={14}
        />
      )}
    </Group>
  );
}

const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
const QUARTERS = Array.from({ length: 49 }, (_each, place) => place * 15);

export function DayEnds({ now, onSaved }: Props<'day-ends-at'>) {
  const { say } = useReading();
  const [value, setValue] = useState(now);
  const times = QUARTERS.includes(now) ? QUARTERS : [now, ...QUARTERS];
  const group = { value, onUndo: () => setValue(now), onSaved };
  return (
    <Group name="day-ends-at" isChanged={value !== now} {...group}>
      <select
        aria-label={say('settings.day-ends-at')}
        className="min-h-touch border border-line bg-raised px-3 text-body tabular-nums"
        value={value}
        onChange={(event) => setValue(Number(event.target.value))}
      >
        {times.map((minutes) => (
          <option key={minutes} value={minutes}>
            {clock(minutes)}
          </option>
        ))}
      </select>
    </Group>
  );
}

export function PinMode({ now, onSaved }: Props<'pin-mode'>) {
  const { say } = useReading();
  const [value, setValue] = useState(now);
  const group = { value, onUndo: () => setValue(now), onSaved };
  return (
    <Group name="pin-mode" isChanged={value !== now} {...group}>
      {PIN_MODES.map((mode) => (
        <Option
          key={mode}
          type="radio"
          name="pin-mode"
          word={say(`settings.pin-mode.${mode}`)}
          isOn={mode === value}
          onPick={() => setValue(mode)}
        />
      ))}
    </Group>
  );
}

const IDLE = [1, 2, 3, 5, 10, 15, 0];

export function IdleLock({ now, onSaved }: Props<'idle-lock-minutes'>) {
  const { say } = useReading();
  const [value, setValue] = useState(now);
  const choices = IDLE.includes(now) ? IDLE : [now, ...IDLE];
  const group = { value, onUndo: () => setValue(now), onSaved };
  return (
    <Group name="idle-lock-minutes" isChanged={value !== now} {...group}>
      <select
        aria-label={say('settings.idle-lock-minutes')}
        className="min-h-touch border border-line bg-raised px-3 text-body"
        value={value}
        onChange={(event) => setValue(Number(event.target.value))}
      >
        {choices.map((minutes) => (
          <option key={minutes} value={minutes}>
            {minutes === 0 ? say('settings.idle-never') : say('settings.idle-minutes', { minutes })}
          </option>
        ))}
      </select>
    </Group>
  );
}

export function PairedOnly({ now, onSaved }: Props<'paired-devices-only'>) {
  const { say } = useReading();
  const [value, setValue] = useState(now);
  const group = { value, onUndo: () => setValue(now), onSaved };
  return (
    <Group name="paired-devices-only" isChanged={value !== now} {...group}>
      {[false, true].map((on) => (
        <Option
          key={String(on)}
          type="radio"
          name="paired-devices-only"
          word={say(on ? 'settings.on' : 'settings.off')}
          isOn={on === value}
          onPick={() => setValue(on)}
        />
      ))}
    </Group>
  );
}
