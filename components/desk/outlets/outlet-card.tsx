'use client';
import { type FormEvent, useState } from 'react';
import { isCounterName } from '@/components/live/counter';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { MCHID, type OutletView } from '@/lib/contract-outlets';
import { useChange } from './reads';

type Props = {
  readonly outlet: OutletView;
  /** Counters belong to one only where there is more than one. */
  readonly several: boolean;
};

export function OutletCard({ outlet, several }: Props) {
  const { say } = useReading();
  return (
    <article
      data-testid="outlet"
      aria-label={outlet.name}
      className="flex h-full flex-col gap-4 rounded-large border border-line bg-panel p-4"
    >
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="min-w-0 text-lead font-semibold break-words">{outlet.name}</h2>
        <Chip
          tone={outlet.active ? 'paid' : 'plain'}
          icon={outlet.active ? 'check' : 'closed'}
          word={say(outlet.active ? 'outlets.active' : 'outlets.inactive')}
        />
      </header>
      <Identity outlet={outlet} several={several} />
      {several && <Counters outlet={outlet} />}
    </article>
  );
}

function Identity({ outlet, several }: Props) {
  const { say } = useReading();
  const [name, setName] = useState(outlet.name);
  const [mchid, setMchid] = useState(outlet.mchid ?? '');
  const { change, busy, refused } = useChange();
  const path = `/api/outlets/${outlet.id}`;
  const given = mchid.trim() === '' ? null : mchid.trim();
  const wrong = { name: name.trim() === '', mchid: given !== null && !MCHID.test(given) };
  const changed = name.trim() !== outlet.name || given !== outlet.mchid;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (wrong.name || wrong.mchid) return;
    const moved = given === outlet.mchid ? {} : { mchid: given };
    void change(path, { name: name.trim(), ...moved });
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-3">
      <Field
        label={say('outlets.name')}
        value={name}
        onChange={setName}
        maxLength={40}
        {...(wrong.name ? { wrong: say('outlets.name-missing') } : {})}
      />
      <Field
        label={say('outlets.mchid')}
        value={mchid}
        onChange={setMchid}
        maxLength={16}
        disabled={outlet.used}
        placeholder={say('outlets.no-mchid')}
        {...(wrong.mchid ? { wrong: say('outlets.mchid-wrong') } : {})}
      />
      {outlet.used && <p className="text-small text-ink-soft">{say('outlets.mchid-fixed')}</p>}
      <p role="alert" className="text-body text-stop empty:hidden">
        {refused}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" disabled={busy || !changed}>
          {say(busy ? 'outlets.saving' : 'outlets.save')}
        </Button>
        {several && (
          <Button
            loudness={outlet.active ? 'stop' : 'quiet'}
            disabled={busy}
            onClick={() => void change(path, { active: !outlet.active })}
          >
            {say(outlet.active ? 'outlets.close' : 'outlets.reopen')}
          </Button>
        )}
      </div>
    </form>
  );
}

function Counters({ outlet }: { readonly outlet: OutletView }) {
  const { say } = useReading();
  const [counter, setCounter] = useState('');
  const [wrong, setWrong] = useState(false);
  const { change, busy, refused } = useChange();
  const place = (name: string, where: string | null) =>
    change('/api/outlets/counters', { counter: name, outlet: where });
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const name = counter.trim();
    setWrong(!isCounterName(name));
    if (isCounterName(name) && (await place(name, outlet.id))) setCounter('');
  };
  return (
    <section className="flex flex-col gap-3">
      <h3 className="text-body font-semibold">{say('outlets.counters')}</h3>
      {outlet.counters.length === 0 && (
        <p className="text-small text-unknown">{say('outlets.counters-none')}</p>
      )}
      <ul className="flex flex-wrap gap-2">
        {outlet.counters.map((name) => (
          <li
            key={name}
            className="flex items-center rounded-small border border-line bg-raised pl-3"
          >
            <span className="text-body">{name}</span>
            <Button
              loudness="bare"
              disabled={busy}
              aria-label={say('outlets.counter-remove', { counter: name })}
              onClick={() => void place(name, null)}
            >
              <Icon name="close" />
            </Button>
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => void add(event)} className="flex flex-wrap items-end gap-2">
        <div className="min-w-0 grow">
          <Field
            label={say('outlets.counter')}
            value={counter}
            onChange={setCounter}
            maxLength={24}
            {...(wrong ? { wrong: say('outlets.counter-wrong') } : {})}
          />
        </div>
        <Button type="submit" disabled={busy || counter.trim() === ''}>
          {say('outlets.counter-add')}
        </Button>
      </form>
      <p role="alert" className="text-body text-stop empty:hidden">
        {refused}
      </p>
    </section>
  );
}
