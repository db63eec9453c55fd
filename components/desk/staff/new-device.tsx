'use client';
import { type FormEvent, useState } from 'react';
import { call } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { PairingAnswer } from '@/lib/contract-staff';
import { PinDialog } from '../pin-dialog';
import { usePinned } from '../use-pinned';

type Shown = PairingAnswer & { readonly name: string };

/** A name for the tablet, the owner's PIN, and then the code that the tablet is to be told. */
export function NewDevice({ onMade }: { readonly onMade: () => void }) {
  const { say } = useReading();
  const [name, setName] = useState('');
  const [shown, setShown] = useState<Shown | null>(null);
  const { asked, ask, close } = usePinned();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const called = name.trim();
    if (called === '') return;
    let made: PairingAnswer | null = null;
    ask({
      title: say('device.make-code'),
      send: async (pin) => {
        const body = { name: called, pin };
        const reply = await call<PairingAnswer>('/api/devices', { method: 'POST', body });
        if (reply.kind === 'answered') made = reply.value;
        return reply;
      },
      onDone: () => {
        if (made !== null) setShown({ ...made, name: called });
      },
    });
  };
  const done = () => {
    setShown(null);
    setName('');
    onMade();
  };
  if (shown !== null) return <Code shown={shown} onDone={done} />;
  return (
    <>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
        <div className="min-w-0 grow tablet:max-w-form">
          <Field label={say('device.name')} value={name} onChange={setName} maxLength={40} />
        </div>
        <Button type="submit" loudness="loud" disabled={name.trim() === ''}>
          {say('device.pair')}
        </Button>
      </form>
      <PinDialog asked={asked} onClose={close} />
    </>
  );
}

function Code({ shown, onDone }: { readonly shown: Shown; readonly onDone: () => void }) {
  const { say } = useReading();
  const { minute } = useShop();
  const { code, name, expiresAt } = shown;
  const address = `${window.location.origin}/pair`;
  return (
    <div className="flex flex-col items-start gap-3 rounded-large border border-line bg-raised p-4">
      <p className="text-body">
        {say('device.code-text', { address, name, time: minute(expiresAt) })}
      </p>
      <p data-testid="pairing-code" className="select-text text-figure font-semibold tabular-nums">
        {code.slice(0, 4)} {code.slice(4)}
      </p>
      <Button onClick={onDone}>{say('device.code-done')}</Button>
    </div>
  );
}
