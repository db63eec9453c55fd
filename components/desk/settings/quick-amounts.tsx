'use client';
/** The owner's own list of amounts, in the order in which the till shows them. */
import { useState } from 'react';
import { useShop } from '@/components/live/shop';
import { useAnnounce } from '@/components/ui/announcer';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import { LARGEST_KEYED, parseAmount } from '@/lib/money';
import { MOST_QUICK_AMOUNTS, type Settings } from '@/lib/settings';
import { Group } from './group';
import { Ordered } from './ordered';

type Props = { readonly now: Settings['quick-amounts']; readonly onSaved: () => void };

export function QuickAmounts({ now, onSaved }: Props) {
  const { say } = useReading();
  const shop = useShop();
  const [amounts, setAmounts] = useState<readonly number[]>(now);
  const group = { value: amounts, onUndo: () => setAmounts(now), onSaved };
  return (
    <Group name="quick-amounts" isChanged={String(amounts) !== String(now)} {...group}>
      {amounts.length === 0 && <p className="text-body">{say('settings.quick-none')}</p>}
      <Ordered
        label={say('settings.quick-amounts')}
        rows={amounts.map((item) => ({ item, word: shop.amount(item) }))}
        onOrder={setAmounts}
        head={({ word }) => <span className="text-body tabular-nums">{word}</span>}
        tail={({ item, word }) => (
          <Button
            loudness="bare"
            aria-label={say('settings.remove', { name: word })}
            onClick={() => setAmounts(amounts.filter((one) => one !== item))}
          >
            <Icon name="close" />
          </Button>
        )}
      />
      {amounts.length < MOST_QUICK_AMOUNTS && (
        <Another known={amounts} onAdd={(amount) => setAmounts([...amounts, amount])} />
      )}
    </Group>
  );
}

type AnotherProps = {
  readonly known: readonly number[];
  readonly onAdd: (amount: number) => void;
};

function Another({ known, onAdd }: AnotherProps) {
  const { say } = useReading();
  const shop = useShop();
  const { currency } = shop.setting;
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState('');
  const announce = useAnnounce();
  const refuse = (why: string) => {
    setWrong(why);
    announce(why);
  };
  const add = () => {
    const amount = parseAmount(text.trim().replaceAll(',', ''), currency);
    if (amount === null) refuse(say('settings.amount-wrong'));
    else if (amount === 0 || amount > LARGEST_KEYED) {
      refuse(say('settings.quick-range', { amount: shop.amount(LARGEST_KEYED) }));
    } else if (known.includes(amount)) {
      refuse(say('settings.quick-there', { amount: shop.amount(amount) }));
    } else {
      setText('');
      setWrong('');
      onAdd(amount);
    }
  };
  return (
    <div className="flex items-end gap-2">
      <div className="min-w-0 grow">
        <Field
          label={say('settings.quick-new', { currency })}
          value={text}
          onChange={(next) => {
            setText(next);
            setWrong('');
          }}
          // Adds the amount; a list that is not finished is not saved by it.
          onEnter={add}
          inputMode="decimal"
          maxLength={14}
          {...(wrong === '' ? {} : { wrong })}
        />
      </div>
      <Button onClick={add}>{say('settings.quick-add')}</Button>
    </div>
  );
}
