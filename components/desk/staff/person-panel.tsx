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
  const { code, name, disabled } = person;
  const [newName, setName] = useState(name);
  const [role, setRole] = useState(person.role);
  const [newPin, setNewPin] = useState('');
  const [said, setSaid] = useState('');
  const { asked, ask, close } = usePinned();
  const where = `/api/staff/${encodeURIComponent(code)}`;
  const done = () => {
    setNewPin('');
    setSaid(say('staff.changed'));
    onChanged();
  };
  const change = (title: string, body: Omit<StaffChange, 'pin'>, stops = false) => {
    setSaid('');
    const send = (pin: string) => call(where, { method: 'PUT', body: { ...body, pin } });
    ask({ title, stops, send, onDone: done });
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    change(say('staff.save'), { name: newName.trim(), role });
  };
  const isSame = (newName.trim() === name || newName.trim() === '') && role === person.role;
  const signOut = () =>
    ask({
      title: say('staff.sign-out-all', { name }),
      stops: true,
      send: (pin) => call(`${where}/sessions`, { method: 'DELETE', body: { pin } }),
      onDone: done,
    });
  return (
    <div className="flex flex-col gap-4 rounded-large border border-line bg-panel p-4 wide:min-h-0 wide:overflow-y-auto">
      <Back onBack={onBack} />
      <h2 className="flex flex-wrap items-baseline gap-2 text-lead font-semibold">
        {name}
        <span className="text-body font-normal text-ink-soft tabular-nums">{code}</span>
      </h2>
      <p className="text-small text-ink-soft">{say('staff.out-at-once', { name })}</p>
      <form onSubmit={save} autoComplete="off" className="flex flex-col gap-4">
        <Field label={say('staff.name')} value={newName} onChange={setName} maxLength={40} />
        <RoleChoice role={role} onRole={setRole} />
        <Button loudness="loud" type="submit" disabled={isSame}>
          {say('staff.save')}
        </Button>
      </form>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (newPin !== '') change(say('staff.set-pin'), { newPin });
        }}
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
      <div className="flex flex-col gap-2 border-t border-line pt-4">
        <Button onClick={signOut}>{say('staff.sign-out-all', { name })}</Button>
        {disabled ? (
          <Button onClick={() => change(say('staff.enable', { name }), { disabled: false })}>
            {say('staff.enable', { name })}
          </Button>
        ) : (
          <Button
            loudness="stop"
            onClick={() => change(say('staff.disable', { name }), { disabled: true }, true)}
          >
            {say('staff.disable', { name })}
          </Button>
        )}
      </div>
      <p role="status" className="text-body text-paid empty:hidden">
        {said}
      </p>
      <PinDialog asked={asked} onClose={close} />
    </div>
  );
}
