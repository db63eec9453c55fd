'use client';
/**
 * Asks for a PIN in the middle of something, where the owner wants it so: whose sale this is, or
 * whether somebody who may agrees. Nobody is signed out by it and nothing on the screen is lost.
 */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { useReading } from '@/components/ui/language';
import { Dialog } from './dialog';
import { PersonForm } from './person-form';
import { leave } from './server';
import { useShop } from './shop';
import { useHandOver } from './use-hand-over';

type Sale = (begin: () => void) => void;
const SalePin = createContext<Sale>((begin) => begin());
/** Begins a sale: at once, or once somebody has shown by a PIN that it is theirs. */
export const useSalePin = (): Sale => useContext(SalePin);

type Asked =
  | { readonly for: 'sale'; readonly begin: () => void }
  | {
      readonly for: 'leave';
      readonly again: boolean;
      readonly answer: (given: string | null) => void;
    };

export function PinGate({ children }: { readonly children: ReactNode }) {
  const { pinMode } = useShop().setting;
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => {
    leave.ask = (again) =>
      new Promise((answer) => {
        setAsked({ for: 'leave', again, answer });
      });
    return () => {
      leave.ask = null;
    };
  }, []);
  const forSale = useCallback<Sale>(
    (begin) => (pinMode === 'always' ? setAsked({ for: 'sale', begin }) : begin()),
    [pinMode],
  );
  const close = () => {
    if (asked?.for === 'leave') asked.answer(null);
    setAsked(null);
  };
  return (
    <SalePin value={forSale}>
      {children}
      <Question asked={asked} onDone={() => setAsked(null)} onCancel={close} />
    </SalePin>
  );
}

type Props = {
  readonly asked: Asked | null;
  readonly onDone: () => void;
  readonly onCancel: () => void;
};

function Question({ asked, onDone, onCancel }: Props) {
  const { say } = useReading();
  const { staff } = useShop().setting;
  const handOver = useHandOver();
  const isSale = asked?.for === 'sale';
  const given = async (staffCode: string, pin: string): Promise<string | null> => {
    if (asked?.for === 'leave') {
      // What could not stand in a header is no code and no PIN.
      if (!/^\d{1,16}:\d{1,64}$/.test(`${staffCode}:${pin}`)) return say('leave.wrong');
      onDone();
      asked.answer(`${staffCode}:${pin}`);
      return null;
    }
    const refused = await handOver(staffCode, pin);
    if (refused === null) {
      onDone();
      asked?.begin();
    }
    return refused;
  };
  return (
    <Dialog
      open={asked !== null}
      label={say(isSale ? 'pin-sale.title' : 'leave.title')}
      onClose={onCancel}
      testId="pin-gate"
    >
      <p className="text-body text-ink-soft">{say(isSale ? 'pin-sale.text' : 'leave.text')}</p>
      <PersonForm
        code={isSale ? staff.code : ''}
        submit={say(isSale ? 'pin-sale.go' : 'leave.go')}
        onGiven={given}
        onCancel={onCancel}
        wrong={asked?.for === 'leave' && asked.again ? say('leave.wrong') : ''}
      />
    </Dialog>
  );
}
