'use client';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { Theme } from '@/components/ui/preference';
import { Entrance } from './entrance';
import { replyText } from './problem-words';
import { call } from './server';
import { signIn } from './session';

const NOTHING = { code: '', name: '', pin: '', again: '' };
type Place = keyof typeof NOTHING;

/** The first owner, against the code on the server's console; then they are signed in. */
export function SetUp({ theme }: { readonly theme: Theme }) {
  const { say } = useReading();
  const { given, put, busy, says, submit } = useSetUp();
  const field = (place: Place, label: string, more: object) => (
    <Field
      label={label}
      value={given[place]}
      onChange={(text) => put(place, text)}
      maxLength={64}
      {...more}
    />
  );
  const pin = { type: 'password', inputMode: 'numeric', autoComplete: 'new-password' } as const;
  return (
    <Entrance theme={theme} title={say('setup.title')}>
      <p className="text-body text-ink-soft">{say('setup.text')}</p>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {field('code', say('setup.code'), { autoComplete: 'one-time-code', maxLength: 16 })}
        {field('name', say('setup.name'), { autoComplete: 'name', maxLength: 40 })}
        <div className="grid grid-cols-2 gap-3">
          {field('pin', say('setup.pin'), pin)}
          {field('again', say('setup.pin-again'), pin)}
        </div>
        <p role="alert" data-testid="setup-says" className="text-body text-stop empty:hidden">
          {says}
        </p>
        <Button loudness="loud" type="submit" wide disabled={busy}>
          {say('setup.submit')}
        </Button>
      </form>
    </Entrance>
  );
}

function useSetUp() {
  const { say } = useReading();
  const [given, setGiven] = useState(NOTHING);
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState('');
  const put = (place: Place, text: string) => setGiven((known) => ({ ...known, [place]: text }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const { code, name, pin, again } = given;
    const missing = Object.values(given).some((text) => text.trim() === '');
    if (missing || pin !== again) {
      setSays(say(missing ? 'setup.missing' : 'setup.differs'));
      return;
    }
    setBusy(true);
    setSays('');
    const body = { code, name, newPin: pin };
    const reply = await call<{ staffCode: string }>('/api/setup', { method: 'POST', body });
    if (reply.kind === 'answered') {
      await signIn(reply.value.staffCode, pin);
      // Should that have failed, the till leads to the sign-in, with the PIN just chosen.
      window.location.assign('/');
      return;
    }
    setBusy(false);
    setSays(replyText(reply, say));
  };
  return { given, put, busy, says, submit };
}
