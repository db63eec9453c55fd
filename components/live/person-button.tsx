'use client';
import { useState } from 'react';
import { Button, buttonLook } from '@/components/ui/button';
import { Cut } from '@/components/ui/cut';
import { useReading } from '@/components/ui/language';
import { Dialog } from './dialog';
import { OwnPin } from './own-pin';
import { PersonForm } from './person-form';
import { useShop } from './shop';
import { useHandOver } from './use-hand-over';

/** Who is here; and the way for somebody else to go on without anything being lost. */
export function PersonButton() {
  const { say } = useReading();
  const { staff } = useShop().setting;
  const handOver = useHandOver();
  const [shown, setShown] = useState<'nothing' | 'change' | 'own-pin'>('nothing');
  const close = () => setShown('nothing');
  const change = async (staffCode: string, pin: string) => {
    const refused = await handOver(staffCode, pin);
    if (refused === null) close();
    return refused;
  };
  return (
    <>
      <button
        type="button"
        className={`${buttonLook('bare')} max-w-name`}
        title={say('person.change')}
        onClick={() => setShown('change')}
      >
        <Cut testId="person">{staff.name}</Cut>
      </button>
      <Dialog open={shown === 'change'} label={say('person.title')} onClose={close}>
        <p className="text-body text-ink-soft">{say('person.text')}</p>
        <PersonForm submit={say('person.go')} onGiven={change} onCancel={close} />
        <div className="border-t border-line pt-3">
          <Button onClick={() => setShown('own-pin')}>{say('person.own-pin')}</Button>
        </div>
      </Dialog>
      <Dialog open={shown === 'own-pin'} label={say('person.own-pin')} onClose={close}>
        <OwnPin onClose={close} />
      </Dialog>
    </>
  );
}
