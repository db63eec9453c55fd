'use client';
import { useState } from 'react';
import { useReading } from '@/components/ui/language';
import { Group } from './group';

/** A week, a month, a quarter, half a year, a year. */
const DAYS = [7, 14, 30, 90, 180, 366];

type Props = { readonly now: number; readonly onSaved: () => void };

export function ReceiptDays({ now, onSaved }: Props) {
  const { say } = useReading();
  const [value, setValue] = useState(now);
  const choices = DAYS.includes(now) ? DAYS : [now, ...DAYS];
  const group = { value, onUndo: () => setValue(now), onSaved };
  return (
    <Group name="receipt-days" isChanged={value !== now} {...group}>
      <select
        aria-label={say('settings.receipt-days')}
        className="min-h-touch border border-line bg-raised px-3 text-body"
        value={value}
        onChange={(event) => setValue(Number(event.target.value))}
      >
        {choices.map((count) => (
          <option key={count} value={count}>
            {say('settings.days', { count })}
          </option>
        ))}
      </select>
    </Group>
  );
}
