'use client';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import { MCHID } from '@/lib/contract-outlets';
import { useChange } from './reads';

/** The name and the mchid of a new outlet; empty is none. */
export function AddOutlet() {
  const { say } = useReading();
  const [name, setName] = useState('');
  const [mchid, setMchid] = useState('');
  const [tried, setTried] = useState(false);
  const { change, busy, refused } = useChange();
  const given = mchid.trim();
  const wrong = { name: name.trim() === '', mchid: given !== '' && !MCHID.test(given) };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong.name || wrong.mchid) return;
    const body = { name: name.trim(), mchid: given === '' ? null : given };
    if (!(await change('/api/outlets', body))) return;
    setName('');
    setMchid('');
    setTried(false);
  };
  return (
    <form
      onSubmit={(event) => void submit(event)}
      aria-label={say('outlets.add')}
      className="flex flex-col gap-3 rounded-large border border-line bg-panel p-4"
    >
      <h2 className="text-lead font-semibold">{say('outlets.add')}</h2>
      <div className="grid grid-cols-1 gap-3 tablet:grid-cols-2">
        <Field
          label={say('outlets.name')}
          value={name}
          onChange={setName}
          maxLength={40}
          {...(tried && wrong.name ? { wrong: say('outlets.name-missing') } : {})}
        />
        <Field
          label={say('outlets.mchid')}
          placeholder={say('outlets.mchid-hint')}
          value={mchid}
          onChange={setMchid}
          maxLength={16}
          {...(tried && wrong.mchid ? { wrong: say('outlets.mchid-wrong') } : {})}
        />
      </div>
      <p role="alert" className="text-body text-stop empty:hidden">
        {refused}
      </p>
      <div>
        <Button loudness="loud" type="submit" disabled={busy}>
          {say(busy ? 'outlets.adding' : 'outlets.add')}
        </Button>
      </div>
    </form>
  );
}
