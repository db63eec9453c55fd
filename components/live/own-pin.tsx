'use client';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import { replyText } from './problem-words';
import { call } from './server';

const FIELDS = [
  ['old', 'person.old-pin'],
  ['fresh', 'person.new-pin'],
  ['again', 'person.pin-again'],
] as const;
const NOTHING = { old: '', fresh: '', again: '' };

/** One's own PIN, against the old one. Other screens on which one is signed in are signed out. */
export function OwnPin({ onClose }: { readonly onClose: () => void }) {
  const { say } = useReading();
  const [given, setGiven] = useState(NOTHING);
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState('');
  const [done, setDone] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (given.fresh !== given.again) {
      setSays(say('person.pin-differs'));
      return;
    }
    setBusy(true);
    const body = { newPin: given.fresh, pin: given.old };
    const reply = await call('/api/session/pin', { method: 'PUT', body });
    setBusy(false);
    setGiven(NOTHING);
    setDone(reply.kind === 'answered');
    setSays(reply.kind === 'answered' ? '' : replyText(reply, say));
  };
  if (done) return <Done onClose={onClose} />;
  return (
    <form onSubmit={save} autoComplete="off" className="flex flex-col gap-4">
      {FIELDS.map(([name, label]) => (
        <Field
          key={name}
          label={say(label)}
          value={given[name]}
          onChange={(text) => setGiven((known) => ({ ...known, [name]: text }))}
          type="password"
          inputMode="numeric"
          autoComplete={name === 'old' ? 'current-password' : 'new-password'}
          maxLength={64}
        />
      ))}
      <p role="alert" className="text-body text-stop empty:hidden">
        {says}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button loudness="bare" onClick={onClose}>
          {say('status.cancel')}
        </Button>
        <Button loudness="loud" type="submit" disabled={busy}>
          {say('person.pin-save')}
        </Button>
      </div>
    </form>
  );
}

function Done({ onClose }: { readonly onClose: () => void }) {
  const { say } = useReading();
  return (
    <>
      <p role="status" className="text-body text-paid">
        {say('person.pin-changed')}
      </p>
      <Button loudness="loud" onClick={onClose}>
        {say('person.close')}
      </Button>
    </>
  );
}
