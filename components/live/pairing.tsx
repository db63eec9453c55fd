'use client';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { Button, buttonLook } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { Theme } from '@/components/ui/preference';
import { Entrance } from './entrance';
import { replyText } from './problem-words';
import { call } from './server';

/** Makes this tablet one of the shop's, by a code that an owner reads out. */
export function Pairing({ theme }: { readonly theme: Theme }) {
  const { say } = useReading();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState('');
  const [name, setName] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || code.trim() === '') return;
    setBusy(true);
    setSays('');
    const reply = await call<{ name: string }>('/api/pair', { method: 'POST', body: { code } });
    setBusy(false);
    if (reply.kind === 'answered') setName(reply.value.name);
    else setSays(replyText(reply, say));
  };
  if (name !== null) {
    return (
      <Entrance theme={theme} title={say('pair.title')}>
        <p role="status" className="text-lead text-paid">
          {say('pair.done', { name })}
        </p>
        <Link href="/sign-in" className={buttonLook('loud')}>
          {say('pair.sign-in')}
        </Link>
      </Entrance>
    );
  }
  return (
    <Entrance theme={theme} title={say('pair.title')}>
      <p className="text-body text-ink-soft">{say('pair.text')}</p>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={say('pair.code')}
          value={code}
          onChange={setCode}
          autoComplete="one-time-code"
          maxLength={16}
        />
        <p role="alert" data-testid="pair-says" className="text-body text-stop empty:hidden">
          {says}
        </p>
        <Button loudness="loud" type="submit" wide disabled={busy}>
          {say('pair.submit')}
        </Button>
        <Link href="/sign-in" className={buttonLook('bare')}>
          {say('pair.back')}
        </Link>
      </form>
    </Entrance>
  );
}
