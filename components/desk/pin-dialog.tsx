'use client';
/** The owner's own PIN, asked for with the very call that changes something. */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Dialog } from '@/components/live/dialog';
import { replyText } from '@/components/live/problem-words';
import type { Reply } from '@/components/live/server';
import { useShop } from '@/components/live/shop';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';

export type Pinned = {
  /** What is about to be done; also what its button says. */
  readonly title: string;
  readonly text?: string;
  readonly stops?: boolean;
  readonly send: (pin: string) => Promise<Reply<unknown>>;
  readonly onDone: () => void;
};

type Props = { readonly asked: Pinned | null; readonly onClose: () => void };

export function PinDialog({ asked, onClose }: Props) {
  return (
    <Dialog open={asked !== null} label={asked?.title ?? ''} onClose={onClose} testId="pin-dialog">
      {asked !== null && <PinForm asked={asked} onClose={onClose} />}
    </Dialog>
  );
}

function PinForm({ asked, onClose }: { readonly asked: Pinned; readonly onClose: () => void }) {
  const { say } = useReading();
  const { name } = useShop().setting.staff;
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState('');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (pin === '') {
      setSays(say('pin-dialog.missing'));
      return;
    }
    setBusy(true);
    setSays('');
    const reply = await asked.send(pin);
    setBusy(false);
    setPin('');
    if (reply.kind === 'answered') {
      onClose();
      asked.onDone();
    } else setSays(replyText(reply, say));
  };
  return (
    <form onSubmit={send} autoComplete="off" className="flex flex-col gap-4">
      {asked.text !== undefined && <p className="text-body">{asked.text}</p>}
      <p className="text-body text-ink-soft">{say('pin-dialog.text', { name })}</p>
      <Field
        label={say('pin-dialog.pin')}
        value={pin}
        onChange={setPin}
        type="password"
        inputMode="numeric"
        autoComplete="current-password"
        maxLength={64}
        inputRef={first}
      />
      <p role="alert" data-testid="pin-says" className="text-body text-stop empty:hidden">
        {says}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button loudness="bare" onClick={onClose}>
          {say('pin-dialog.cancel')}
        </Button>
        <Button wraps loudness={asked.stops ? 'stop' : 'loud'} type="submit" disabled={busy}>
          {asked.title}
        </Button>
      </div>
    </form>
  );
}
