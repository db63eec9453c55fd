'use client';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';

type Props = {
  /** Who is expected; they may still be somebody else. */
  readonly code?: string;
  readonly submit: string;
  /** Answers what went wrong, in words; null when it is done. */
  readonly onGiven: (staffCode: string, pin: string) => Promise<string | null>;
  readonly onCancel?: () => void;
  /** What is already known to be wrong. */
  readonly wrong?: string;
};

/** Staff code and PIN, asked for in place. The PIN goes into one request and is kept nowhere. */
export function PersonForm({ code = '', submit, onGiven, onCancel, wrong = '' }: Props) {
  const { say } = useReading();
  const { given, put, busy, says, send } = useGiven({ code, wrong, onGiven });
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (first.current === null) return;
    // A dialog that opens round it looks for this mark, and would else take the first field.
    first.current.autofocus = true;
    first.current.focus();
  }, []);
  const known = code !== '';
  return (
    <form onSubmit={send} autoComplete="off" className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-3">
        <Field
          label={say('sign-in.staff-code')}
          value={given.staffCode}
          onChange={(text) => put('staffCode', text)}
          inputMode="numeric"
          maxLength={16}
          {...(known ? {} : { inputRef: first })}
        />
        <Field
          label={say('sign-in.pin')}
          value={given.pin}
          onChange={(text) => put('pin', text)}
          type="password"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={64}
          {...(known ? { inputRef: first } : {})}
        />
      </div>
      <p role="alert" data-testid="person-says" className="text-body text-stop empty:hidden">
        {says}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        {onCancel !== undefined && (
          <Button loudness="bare" onClick={onCancel}>
            {say('status.cancel')}
          </Button>
        )}
        <Button loudness="loud" type="submit" disabled={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

type Asked = Required<Pick<Props, 'code' | 'wrong'>> & Pick<Props, 'onGiven'>;

function useGiven({ code, wrong, onGiven }: Asked) {
  const { say } = useReading();
  const [given, setGiven] = useState({ staffCode: code, pin: '' });
  const [busy, setBusy] = useState(false);
  const [says, setSays] = useState(wrong);
  const put = (place: keyof typeof given, text: string) =>
    setGiven((known) => ({ ...known, [place]: text }));
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    if (given.staffCode.trim() === '' || given.pin === '') {
      setSays(say('sign-in.missing'));
      return;
    }
    setBusy(true);
    setSays('');
    const refused = await onGiven(given.staffCode.trim(), given.pin);
    setBusy(false);
    put('pin', '');
    setSays(refused ?? '');
  };
  return { given, put, busy, says, send };
}
