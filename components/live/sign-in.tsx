'use client';
import Link from 'next/link';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button, buttonLook } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { Keypad, PIN_KEYS } from '@/components/ui/keypad';
import { type Say, useReading } from '@/components/ui/language';
import { LanguageSwitch } from '@/components/ui/language-switch';
import type { Theme } from '@/components/ui/preference';
import { ThemeSwitch } from '@/components/ui/theme-switch';
import type { Key } from '@/lib/money';
import { signIn } from './session';
import { signInRefusal } from './sign-in-words';

type Props = { readonly theme: Theme; readonly ended: boolean };
type Place = 'staffCode' | 'pin';
const LENGTH: Record<Place, number> = { staffCode: 16, pin: 64 };

/** Staff code and PIN, by keyboard or by touch; the PIN leaves this form once and is not kept. */
export function SignIn({ theme, ended }: Props) {
  const { say } = useReading();
  const form = useSignIn(say);
  const { given, at, busy } = form;
  return (
    <main className="mx-auto flex min-h-screen w-full max-w-pane flex-col justify-center gap-4 p-4">
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="flex items-center gap-2 text-head font-semibold">
          <Icon name="till" className="size-8" />
          {say('app.name')}
        </h1>
        <div className="flex items-center">
          <LanguageSwitch />
          <ThemeSwitch theme={theme} />
        </div>
      </header>
      {ended && <p className="text-body text-ink-soft">{say('sign-in.ended')}</p>}
      <form onSubmit={form.submit} className="flex flex-col gap-4">
        <div className="grid grid-cols-2 gap-4">
          <Field
            label={say('sign-in.staff-code')}
            value={given.staffCode}
            onChange={(text) => form.put('staffCode', text)}
            onFocus={() => form.setAt('staffCode')}
            inputRef={form.staffCodeRef}
            active={at === 'staffCode'}
            inputMode="numeric"
            autoComplete="username"
            maxLength={LENGTH.staffCode}
          />
          <Field
            label={say('sign-in.pin')}
            value={given.pin}
            onChange={(text) => form.put('pin', text)}
            onFocus={() => form.setAt('pin')}
            inputRef={form.pinRef}
            active={at === 'pin'}
            type="password"
            inputMode="numeric"
            autoComplete="current-password"
            maxLength={LENGTH.pin}
          />
        </div>
        <p role="alert" data-testid="sign-in-says" className="min-h-6 text-body text-stop">
          {form.says}
        </p>
        <div className="flex h-pane flex-col">
          <Keypad keys={PIN_KEYS} onKey={form.press} />
        </div>
        <Button loudness="loud" type="submit" wide disabled={busy}>
          {say(busy ? 'sign-in.busy' : 'sign-in.submit')}
        </Button>
        <Link href="/pair" className={buttonLook('bare')}>
          {say('sign-in.pair')}
        </Link>
      </form>
    </main>
  );
}

function useSignIn(say: Say) {
  const [given, setGiven] = useState({ staffCode: '', pin: '' });
  const [at, setAt] = useState<Place>('staffCode');
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState('');
  const staffCodeRef = useRef<HTMLInputElement>(null);
  const pinRef = useRef<HTMLInputElement>(null);
  useEffect(() => staffCodeRef.current?.focus(), []);
  const put = (place: Place, text: string) => setGiven((known) => ({ ...known, [place]: text }));
  const press = (key: Key) =>
    setGiven((known) => ({ ...known, [at]: pressed(known[at], key).slice(0, LENGTH[at]) }));
  const goTo = (place: Place) => {
    setAt(place);
    (place === 'pin' ? pinRef : staffCodeRef).current?.focus();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const missing = given.staffCode === '' ? 'staffCode' : given.pin === '' ? 'pin' : null;
    if (missing !== null) {
      // Enter after the staff code goes on to the PIN; only a second one is a mistake.
      if (missing === at) setSays(say('sign-in.missing'));
      goTo(missing);
      return;
    }
    setBusy(true);
    setSays('');
    const result = await signIn(given.staffCode.trim(), given.pin);
    if (result.kind === 'in') {
      window.location.assign('/');
      return;
    }
    setBusy(false);
    put('pin', '');
    goTo('pin');
    setSays(signInRefusal(result, say));
  };
  return { given, at, busy, says, put, press, setAt, submit, staffCodeRef, pinRef };
}

function pressed(text: string, key: Key): string {
  if (key === 'clear') return '';
  return key === 'back' ? text.slice(0, -1) : text + key;
}
