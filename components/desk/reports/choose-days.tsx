'use client';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import { dayAfter } from '@/lib/business-day';
import type { Wanted } from './report-query';

type Props = {
  /** The shop's business day now; null until the server has said. */
  readonly today: string | null;
  readonly shown: Wanted;
  readonly onChoose: (wanted: Wanted) => void;
};

export function ChooseDays({ today, shown, onChoose }: Props) {
  const { say } = useReading();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [shownFrom, shownTo] = [shown?.from ?? '', shown?.to ?? ''];
  useEffect(() => {
    setFrom(shownFrom);
    setTo(shownTo);
  }, [shownFrom, shownTo]);
  const choose = (first: string, last: string) => {
    setFrom(first);
    setTo(last);
    if (first !== '' && last !== '') onChoose({ from: first, to: last });
  };
  const fast: readonly (readonly [word: FastWord, from: number])[] = today === null ? [] : FAST;
  return (
    <search className="flex flex-wrap items-end gap-3">
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onChoose(null)}>{say('reports.today')}</Button>
        {fast.map(([word, days]) => (
          <Button
            key={word}
            onClick={() =>
              choose(
                dayAfter(today ?? '', -days),
                dayAfter(today ?? '', word === 'reports.yesterday' ? -1 : 0),
              )
            }
          >
            {say(word)}
          </Button>
        ))}
        {today !== null && (
          <Button onClick={() => choose(`${today.slice(0, 8)}01`, today)}>
            {say('reports.month')}
          </Button>
        )}
      </div>
      <Field
        label={say('reports.from')}
        type="date"
        value={from}
        onChange={(day) => choose(day, to < day ? day : to)}
      />
      <Field
        label={say('reports.to')}
        type="date"
        value={to}
        onChange={(day) => choose(day !== '' && day < from ? day : from, day)}
      />
    </search>
  );
}

type FastWord = 'reports.yesterday' | 'reports.week';
const FAST: readonly (readonly [FastWord, number])[] = [
  ['reports.yesterday', 1],
  ['reports.week', 6],
];
