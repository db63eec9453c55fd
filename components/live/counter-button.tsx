'use client';
import { type FormEvent, useState } from 'react';
import { Button, buttonLook } from '@/components/ui/button';
import { Cut } from '@/components/ui/cut';
import { Field } from '@/components/ui/field';
import { useReading } from '@/components/ui/language';
import { later } from '@/components/ui/later';
import { isCounterName, setCounter, useCounter } from './counter';
import { Dialog } from './dialog';
import { NoAnswer } from './no-answer';

const CustomerScreen = later(
  () => import('./customer-screen').then((it) => it.CustomerScreen),
  NoAnswer,
);

/** The counter's name, the small form that changes it, and the counter's other screen. */
export function CounterButton() {
  const { say } = useReading();
  const counter = useCounter();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <button
        type="button"
        className={`${buttonLook('bare')} max-w-full wide:max-w-name wide:shrink-0`}
        onClick={() => setOpen(true)}
        title={say('status.change-counter')}
      >
        <Cut>{say('status.counter', { counter })}</Cut>
      </button>
      <Dialog open={open} label={say('status.change-counter')} onClose={close}>
        <CounterForm counter={counter} close={close} />
        <hr className="border-line" />
        <CustomerScreen counter={counter} />
      </Dialog>
    </>
  );
}

type FormProps = { readonly counter: string; readonly close: () => void };

function CounterForm({ counter, close }: FormProps) {
  const { say } = useReading();
  const [name, setName] = useState(counter);
  const [wrong, setWrong] = useState(false);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const trimmed = name.trim();
    if (!isCounterName(trimmed)) {
      setWrong(true);
      return;
    }
    setCounter(trimmed);
    setWrong(false);
    close();
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      <Field
        label={say('status.counter-name')}
        value={name}
        onChange={setName}
        maxLength={24}
        {...(wrong ? { wrong: say('status.counter-wrong') } : {})}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button loudness="bare" onClick={close}>
          {say('status.cancel')}
        </Button>
        <Button loudness="loud" type="submit">
          {say('status.save')}
        </Button>
      </div>
    </form>
  );
}
