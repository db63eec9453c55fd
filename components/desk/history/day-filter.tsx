'use client';
import { useState } from 'react';
import { serverNow } from '@/components/live/clock';
import { useShop } from '@/components/live/shop';
import { useReading } from '@/components/ui/language';
import { DAY_NAMES, dayField, daysNamed, isDayName, nameOfDays } from '@/lib/history-days';
import { Choice } from './choice';
import type { Wishes } from './use-wishes';

const RANGE = 'range';

/** Days by name, or from one date to another; both in the shop's zone, wherever the tablet is. */
export function DayFilter({ wishes }: { readonly wishes: Wishes }) {
  const { say } = useReading();
  const { timeZone } = useShop().setting;
  const [isRange, setIsRange] = useState(false);
  const days = { from: wishes.get('from'), to: wishes.get('to') };
  const isAny = days.from === '' && days.to === '';
  const name = isAny ? '' : (nameOfDays(days, serverNow(), timeZone) ?? RANGE);
  const shown = isRange ? RANGE : name;
  const choose = (value: string) => {
    setIsRange(value === RANGE);
    if (isDayName(value)) wishes.set(daysNamed(value, serverNow(), timeZone));
    if (value === '') wishes.set({ from: '', to: '' });
  };
  return (
    <>
      <div className="flex min-w-0 grow tablet:grow-0">
        <Choice
          label={say('filter.days')}
          value={shown}
          options={[
            { value: '', word: say('filter.any-day') },
            ...DAY_NAMES.map((one) => ({ value: one, word: say(`filter.${one}`) })),
            { value: RANGE, word: say('filter.range') },
          ]}
          onChoose={choose}
        />
      </div>
      {shown === RANGE && (
        <>
          <DateField
            label={say('filter.from')}
            value={days.from}
            onDay={(from) => wishes.set({ from })}
          />
          <DateField label={say('filter.to')} value={days.to} onDay={(to) => wishes.set({ to })} />
        </>
      )}
    </>
  );
}

type FieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onDay: (day: string) => void;
};

function DateField({ label, value, onDay }: FieldProps) {
  return (
    <label className="flex items-center gap-2">
      <span className="text-small text-ink-soft">{label}</span>
      <input
        type="date"
        className="min-h-touch border border-line bg-raised px-3 text-body"
        value={dayField(value)}
        onChange={(event) => onDay(event.target.value)}
      />
    </label>
  );
}
