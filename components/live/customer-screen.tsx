'use client';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { PairedDisplay } from '@/lib/contract-display';
import { replyText } from './problem-words';
import { call } from './server';

/** The customer's screen of this counter: a second window here, or another tablet by its code. */
export function CustomerScreen({ counter }: { readonly counter: string }) {
  const { say } = useReading();
  const open = () =>
    window.open(`/display?counter=${encodeURIComponent(counter)}`, 'countertop-display', 'popup');
  return (
    <section aria-label={say('customer-screen.title')} className="flex flex-col gap-4">
      <h2 className="text-lead font-semibold">{say('customer-screen.title')}</h2>
      <Button onClick={open}>{say('customer-screen.open')}</Button>
      <PairForm counter={counter} />
    </section>
  );
}

function PairForm({ counter }: { readonly counter: string }) {
  const { say } = useReading();
  const { given, put, busy, wrong, paired, send } = usePairing(counter);
  return (
    <form onSubmit={send} autoComplete="off" className="flex flex-col gap-3">
      <p className="text-body text-ink-soft">
        {say('customer-screen.how', { address: addressOfDisplay() })}
      </p>
      <div className="grid grid-cols-2 gap-3">
        <Field
          label={say('customer-screen.code')}
          value={given.code}
          onChange={(text) => put('code', text)}
          maxLength={16}
        />
        <Field
          label={say('payment.own-pin')}
          value={given.pin}
          onChange={(text) => put('pin', text)}
          type="password"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={64}
        />
      </div>
      <p
        role="alert"
        data-testid="customer-screen-says"
        className="text-body text-stop empty:hidden"
      >
        {wrong}
      </p>
      <p role="status" className="text-body text-paid empty:hidden">
        {paired && say('customer-screen.done', { counter })}
      </p>
      <Button type="submit" disabled={busy || given.code.trim() === '' || given.pin === ''}>
        {say('customer-screen.pair')}
      </Button>
    </form>
  );
}

const addressOfDisplay = (): string =>
  typeof window === 'undefined' ? '/display' : `${window.location.host}/display`;

function usePairing(counter: string) {
  const { say } = useReading();
  const [given, setGiven] = useState({ code: '', pin: '' });
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState('');
  const [paired, setPaired] = useState(false);
  const put = (place: keyof typeof given, text: string) =>
    setGiven((known) => ({ ...known, [place]: text }));
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setWrong('');
    setPaired(false);
    const body = { ...given, counter };
    const reply = await call<PairedDisplay>('/api/displays', { method: 'POST', body });
    setBusy(false);
    const done = reply.kind === 'answered';
    setGiven({ code: done ? '' : given.code, pin: '' });
    setPaired(done);
    if (!done) setWrong(replyText(reply, say));
  };
  return { given, put, busy, wrong, paired, send };
}
