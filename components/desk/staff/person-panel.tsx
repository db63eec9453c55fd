'use client';
import { type FormEvent, useState } from 'react';
import { call } from '@/components/live/server';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import type { StaffChange, StaffView } from '@/lib/contract-staff';
import { PinDialog } from '../pin-dialog';
import { usePinned } from '../use-pinned';
import { Back } from './people';
import { RoleChoice } from './role-choice';

type Props = {
  readonly person: StaffView;
  readonly onChanged: () => void;
  readonly onBack: () => void;
};

/** One person: another name or role, a new PIN, an end or a new beginning. */
export function PersonPanel({ person, onChanged, onBack }: Props) {
  const { say } = useReading();
  const { code, name } = person;
  const [said, setSaid] = useState('');
  const { asked, ask, close } = usePinned();
  const onDone = () => {
    setSaid(say('staff.changed'));
    onChanged();
  };
  const where = `/api/staff/${encodeURIComponent(code)}`;
  const change: Change = (title, body, stops = false) => {
    setSaid('');
    const send = (pin: string) => call(where, { method: 'PUT', body: { ...body, pin } });
    ask({ title, stops, send, onDone });
  };
  const signOut = () =>
    ask({
      title: say('staff.sign-out-all', { name }),
      stops: true,
      send: (pin) => call(`${where}/sessions`, { method: 'DELETE', body: { pin } }),
      onDone,
    });
  return (
    <div className="flex flex-col gap-4 rounded-large border border-line bg-panel p-4 wide:min-h-0 wide:overflow-y-auto">
      <Back onBack={onBack} />
      <h2 className="flex flex-wrap items-baseline gap-2 text-lead font-semibold">
        {name}
        <span className="text-body font-normal text-ink-soft tabular-nums">{code}</span>
      </h2>
      <p className="text-small text-ink-soft">{say('staff.out-at-once', { name })}</p>
      <NameAndRole person={person} onChange={change} />
      <FreshPin onChange={change} />
      <div className="flex flex-col gap-2 border-t border-line pt-4">
        <Button wraps onClick={signOut}>
          {say('staff.sign-out-all', { name })}
        </Button>
        <EndOrBeginning person={person} onChange={change} />
      </div>
      <p role="status" className="text-body text-paid empty:hidden">
        {said}
      </p>
      <PinDialog asked={asked} onClose={close} />
    </div>
  );
}

/** Asks for the owner's PIN under this title, and then sends. */
type Change = (title: string, body: Omit<StaffChange, 'pin'>, stops?: boolean) => void;
type PartProps = { readonly person: StaffView; readonly onChange: Change };

function NameAndRole({ person, onChange }: PartProps) {
  const { say } = useReading();
  const [name, setName] = useState(person.name);
  const [role, setRole] = useState(person.role);
  const wanted = name.trim();
  const isSame = wanted === person.name && role === person.role;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!isSame && wanted !== '') onChange(say('staff.save'), { name: wanted, role });
  };
  return (
    <form onSubmit={save} autoComplete="off" className="flex flex-col gap-4">
      <Field label={say('staff.name')} value={name} onChange={setName} maxLength={40} />
      <RoleChoice role={role} onRole={setRole} />
      <Button loudness="loud" type="submit" disabled={isSame || wanted === ''}>
        {say('staff.save')}
      </Button>
    </form>
  );
}

function FreshPin({ onChange }: Pick<PartProps, 'onChange'>) {
  const { say } = useReading();
  const [newPin, setNewPin] = useState('');
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (newPin === '') return;
    onChange(say('staff.set-pin'), { newPin });
    setNewPin('');
  };
  return (
    <form
      onSubmit={save}
      autoComplete="off"
      className="flex flex-col gap-3 border-t border-line pt-4"
    >
      <Field
        label={say('staff.new-pin')}
        value={newPin}
        onChange={setNewPin}
        type="password"
        inputMode="numeric"
        autoComplete="new-password"
        maxLength={64}
      />
      <Button type="submit" disabled={newPin === ''}>
        {say('staff.set-pin')}
      </Button>
    </form>
  );
}

function EndOrBeginning({ person: { name, disabled }, onChange }: PartProps) {
  const { say } = useReading();
  if (disabled) {
    const title = say('staff.enable', { name });
    return (
      <Button wraps onClick={() => onChange(title, { disabled: false })}>
        {title}
      </Button>
    );
  }
  const title = say('staff.disable', { name });
  return (
    <Button wraps loudness="stop" onClick={() => onChange(title, { disabled: true }, true)}>
      {title}
    </Button>
  );
}
