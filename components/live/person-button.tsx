'use client';
import Link from 'next/link';
import { useState } from 'react';
import { Button, buttonLook } from '@/components/ui/button';
import { Cut } from '@/components/ui/cut';
import { useReading } from '@/components/ui/language';
import { Dialog } from './dialog';
import { OwnPin } from './own-pin';
import { PersonForm } from './person-form';
import { useShop } from './shop';
import { setToured } from './toured';
import { useHandOver } from './use-hand-over';

/** Who is here; and the way for somebody else to go on without anything being lost. */
export function PersonButton() {
  const { say } = useReading();
  const { staff, environment } = useShop().setting;
  const handOver = useHandOver();
  const [shown, setShown] = useState<'nothing' | 'change' | 'own-pin'>('nothing');
  const close = () => setShown('nothing');
  const showTour = () => {
    setToured(staff.code, false);
    close();
  };
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
        data-tour="help"
        onClick={() => setShown('change')}
      >
        <Cut testId="person">{staff.name}</Cut>
      </button>
      <Dialog open={shown === 'change'} label={say('person.title')} onClose={close}>
        <p className="text-body text-ink-soft">{say('person.text')}</p>
        <PersonForm submit={say('person.go')} onGiven={change} onCancel={close} />
        <div className="flex flex-wrap gap-2 border-t border-line pt-3">
          <Button onClick={() => setShown('own-pin')}>{say('person.own-pin')}</Button>
          <Link href="/" className={buttonLook('bare')} onClick={showTour}>
            {say('person.tour')}
          </Link>
          {environment === 'simulator' && (
            <Link href="/practice" className={buttonLook('bare')} onClick={close}>
              {say('person.practice')}
            </Link>
          )}
        </div>
      </Dialog>
      <Dialog open={shown === 'own-pin'} label={say('person.own-pin')} onClose={close}>
        <OwnPin onClose={close} />
      </Dialog>
    </>
  );
}
