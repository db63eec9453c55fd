'use client';
import { type FormEvent, useState } from 'react';
import { call } from '@/components/live/server';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { Role } from '@/lib/contract';
import { PinDialog } from '../pin-dialog';
import { usePinned } from '../use-pinned';
import { Back } from './people';
import { RoleChoice } from './role-choice';

type Props = { readonly onAdded: () => void; readonly onBack: () => void };
const NOTHING = { code: '', name: '', newPin: '' };

export function NewPerson({ onAdded, onBack }: Props) {
  const { say } = useReading();
  const { given, put, role, setRole, name, wrong, said, submit, asked, close } = useNew(onAdded);
  return (
    <div className="flex flex-col gap-4 rounded-large border border-line bg-panel p-4 wide:min-h-0 wide:overflow-y-auto">
      <Back onBack={onBack} />
      <h2 className="text-lead font-semibold">{say('staff.add-title')}</h2>
      <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-4">
        <Field
          label={say('staff.code')}
          value={given.code}
          onChange={put('code')}
          inputMode="numeric"
          maxLength={8}
        />
        <p className="text-small text-ink-soft">{say('staff.code-hint')}</p>
        <Field label={say('staff.name')} value={given.name} onChange={put('name')} maxLength={40} />
        <RoleChoice role={role} onRole={setRole} />
        <Field
          label={say('staff.first-pin')}
          value={given.newPin}
          onChange={put('newPin')}
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          maxLength={64}
        />
        <p role="alert" className="text-body text-stop empty:hidden">
          {wrong}
        </p>
        <p role="status" className="text-body text-paid empty:hidden">
          {said}
        </p>
        <Button wraps loudness="loud" type="submit">
          {name === '' ? say('staff.add') : say('staff.save-new', { name })}
        </Button>
      </form>
      <PinDialog asked={asked} onClose={close} />
    </div>
  );
}

function useNew(onAdded: () => void) {
  const { say } = useReading();
  const [given, setGiven] = useState(NOTHING);
  const [role, setRole] = useState<Role>('cashier');
  const [wrong, setWrong] = useState('');
  const [said, setSaid] = useState('');
  const { asked, ask, close } = usePinned();
  const put = (place: keyof typeof NOTHING) => (text: string) => {
    setSaid('');
    setGiven((known) => ({ ...known, [place]: text }));
  };
  const name = given.name.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const ready = /^[0-9]{3,8}$/.test(given.code.trim()) && name !== '' && given.newPin !== '';
    setWrong(ready ? '' : say('staff.fill-in'));
    if (!ready) return;
    const body = { ...given, code: given.code.trim(), name, role };
    ask({
      title: say('staff.save-new', { name }),
      send: (pin) => call('/api/staff', { method: 'POST', body: { ...body, pin } }),
      onDone: () => {
        setGiven(NOTHING);
        setSaid(say('staff.added', { name }));
        onAdded();
      },
    });
  };
  return { given, put, role, setRole, name, wrong, said, submit, asked, close };
}
