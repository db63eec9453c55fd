'use client';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useShop } from '@/components/live/shop';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { ShiftView } from '@/lib/contract-shift';
import { correctShift, shiftHeard } from './shift-queries';

type Props = { readonly shift: ShiftView; readonly mayAdd: boolean };

/** What was said of a sealed shift afterwards, by whom; the Z itself stays as it is. */
export function Corrections({ shift, mayAdd }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const { corrections } = shift;
  if (corrections.length === 0 && !mayAdd) return null;
  return (
    <section className="flex flex-col gap-2">
      {corrections.length > 0 && (
        <>
          <h3 className="text-body font-semibold">{say('shift.corrections')}</h3>
          <ul className="flex flex-col gap-2 text-body">
            {corrections.map(({ at, staff, reason }) => (
              <li key={`${at} ${staff} ${reason}`}>
                <span className="select-text break-words">{reason}</span>
                <span className="block text-small text-ink-soft">
                  {say('shift.correction-by', { time: shop.day(at), staff })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {mayAdd && <AddCorrection shift={shift} />}
    </section>
  );
}

function AddCorrection({ shift }: Pick<Props, 'shift'>) {
  const { say } = useReading();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const leave = () => {
    setOpen(false);
    setWrong(null);
  };
  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') return setWrong(say('shift.correct-missing'));
    setBusy(true);
    setWrong(null);
    const reply = await correctShift(shift.id, reason);
    setBusy(false);
    if (reply.kind === 'silent') return setWrong(say('shift.correct-no-answer'));
    if (reply.kind === 'refused') return setWrong(reply.problem.says);
    shiftHeard(client, reply.value.shift);
    setReason('');
    leave();
  };
  if (!isOpen) {
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{say('shift.correct')}</Button>
      </div>
    );
  }
  return (
    <form onSubmit={(event) => void add(event)} className="flex flex-col gap-3">
      <Field
        label={say('shift.correct-reason')}
        value={reason}
        onChange={setReason}
        maxLength={200}
        {...(wrong === null ? {} : { wrong })}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button loudness="bare" onClick={leave} disabled={busy}>
          {say('shift.correct-leave')}
        </Button>
        <Button loudness="loud" type="submit" disabled={busy}>
          {say('shift.correct-save')}
        </Button>
      </div>
    </form>
  );
}
