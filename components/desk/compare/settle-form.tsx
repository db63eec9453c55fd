'use client';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { INBOX } from '@/components/live/queries';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import { COMPARISON, comparisonsQuery, DIFFERENCES, settleDifference } from './reads';

type Props = {
  readonly id: string;
  /** What its button says, with the amount. */
  readonly word: string;
  readonly onLeave: () => void;
  readonly onSettled?: () => void;
};

/** Also the inbox, in which it waits no more. */
const OTHERWISE_NOW = [[DIFFERENCES], comparisonsQuery.queryKey, [COMPARISON], [INBOX]];

/** Why, and whose PIN. What was typed stays when the server refuses; the PIN does not. */
export function SettleForm({ id, word, onLeave, onSettled }: Props) {
  const { say } = useReading();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [pin, setPin] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState('');
  const missing = { reason: tried && reason.trim() === '', pin: tried && pin === '' };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === '' || pin === '') return;
    setBusy(true);
    const reply = await settleDifference(id, { reason: reason.trim(), pin });
    setBusy(false);
    setPin('');
    setTried(false);
    if (reply.kind === 'answered') {
      for (const queryKey of OTHERWISE_NOW) void client.invalidateQueries({ queryKey });
      onSettled?.();
    } else setRefused(reply.kind === 'refused' ? reply.problem.says : say('difference.silent'));
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex w-full flex-col gap-3">
      <Field
        label={say('difference.reason')}
        placeholder={say('difference.reason-hint')}
        value={reason}
        onChange={setReason}
        maxLength={200}
        {...(missing.reason ? { wrong: say('difference.reason-missing') } : {})}
      />
      <Field
        label={say('difference.pin')}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={pin}
        onChange={setPin}
        maxLength={64}
        {...(missing.pin ? { wrong: say('difference.pin-missing') } : {})}
      />
      <p role="alert" className="text-body text-stop empty:hidden">
        {refused}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button loudness="bare" onClick={onLeave}>
          {say('difference.cancel')}
        </Button>
        <Button loudness="loud" type="submit" disabled={busy}>
          {busy ? say('difference.settling') : word}
        </Button>
      </div>
    </form>
  );
}
