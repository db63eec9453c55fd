'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { OutletName } from '@/lib/contract-compare';
import { comparisonsQuery, startComparison } from './reads';

type Props = {
  /** QFPay's day of this moment; null until the server has said it. */
  readonly today: string | null;
  /** Empty while there is only one. */
  readonly outlets: readonly OutletName[];
};

/** Which day, of which outlet: then the server compares, whether or not anybody looks on. */
export function DayForm({ today, outlets }: Props) {
  const { say } = useReading();
  const [day, setDay] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  useEffect(() => {
    if (today !== null) setDay((known) => (known === '' ? dayBefore(today) : known));
  }, [today]);
  const { start, busy, refused } = useStart();
  const outlet = chosen ?? outlets[0]?.id;
  const isWrong = today !== null && day > today;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (day !== '' && !isWrong) void start({ day, ...(outlet === undefined ? {} : { outlet }) });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-start gap-3">
      <Field
        label={say('compare.day')}
        type="date"
        value={day}
        onChange={setDay}
        {...(isWrong ? { wrong: say('compare.day-wrong') } : {})}
      />
      {outlets.length > 0 && (
        <OutletChoice outlets={outlets} value={outlet ?? ''} onChange={setChosen} />
      )}
      <div className="flex flex-col gap-1">
        <span aria-hidden="true" className="text-small">
          &nbsp;
        </span>
        <Button loudness="loud" type="submit" disabled={busy || day === ''}>
          {say(busy ? 'compare.starting' : 'compare.start')}
        </Button>
      </div>
      <p role="alert" className="w-full text-body text-stop empty:hidden">
        {refused}
      </p>
    </form>
  );
}

/** Begins a comparison and opens it; otherwise says why not. */
export function useStart() {
  const { say } = useReading();
  const router = useRouter();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const start = async (wanted: Parameters<typeof startComparison>[0]) => {
    setBusy(true);
    setRefused('');
    const reply = await startComparison(wanted);
    setBusy(false);
    void client.invalidateQueries({ queryKey: comparisonsQuery.queryKey });
    if (reply.kind === 'answered') router.push(`/reports/compare/${reply.value.comparison.id}`);
    else setRefused(reply.kind === 'refused' ? reply.problem.says : say('compare.failed-load'));
  };
  return { start, busy, refused };
}

type ChoiceProps = {
  readonly outlets: readonly OutletName[];
  readonly value: string;
  readonly onChange: (id: string) => void;
};

function OutletChoice({ outlets, value, onChange }: ChoiceProps) {
  const { say } = useReading();
  return (
    <label className="flex flex-col gap-1">
      <span className="text-small text-ink-soft">{say('compare.outlet')}</span>
      <select
        className="min-h-touch border border-line bg-raised px-3 text-body"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {outlets.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

const DAY_MS = 86_400_000;
const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
