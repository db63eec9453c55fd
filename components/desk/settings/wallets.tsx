'use client';
/**
 * Which wallets the tills show, and in which order. With several outlets each may have a list of
 * its own; a shop with one has one list and is asked nothing more.
 */
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useReading } from '@/components/ui/language';
import type { OutletView } from '@/lib/contract-outlets';
import { type Settings, walletsOf } from '@/lib/settings';
import { COUNTER_WALLETS, type CounterWallet } from '@/lib/wallets';
import { outletsQuery } from '../outlets/reads';
import { Group, Option } from './group';
import { Ordered } from './ordered';
import { CHOICE } from './select';

/** All of them in order, and those that are on; `isOwn`: an outlet has a list of its own. */
type Draft = {
  readonly order: readonly CounterWallet[];
  readonly on: readonly CounterWallet[];
  readonly isOwn: boolean;
};

const draftOf = (now: readonly CounterWallet[], isOwn: boolean): Draft => ({
  order: [...now, ...COUNTER_WALLETS.filter((wallet) => !now.includes(wallet))],
  on: now,
  isOwn,
});
const listOf = ({ order, on }: Draft) => order.filter((wallet) => on.includes(wallet));

const WHOLE_SHOP = '';
type Props = {
  readonly settings: Pick<Settings, 'wallets' | 'outlet-wallets'>;
  readonly onSaved: () => void;
};

export function Wallets(props: Props) {
  const { data } = useQuery(outletsQuery);
  const active = (data?.outlets ?? []).filter((outlet) => outlet.active);
  return <WalletLists {...props} outlets={active.length > 1 ? active : []} />;
}

type ListProps = Props & { readonly outlets: readonly Pick<OutletView, 'id' | 'name'>[] };

/** What was begun for one place waits there while another one is looked at. */
export function WalletLists({ settings, onSaved, outlets }: ListProps) {
  const [at, setPlace] = useState(WHOLE_SHOP);
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({});
  const place = outlets.some(({ id }) => id === at) ? at : WHOLE_SHOP;
  const isOwn = Object.hasOwn(settings['outlet-wallets'], place);
  const kept = draftOf(walletsOf(settings, place), isOwn);
  const draft = drafts[place] ?? kept;
  const put = (next: Draft) => setDrafts((known) => ({ ...known, [place]: next }));
  const list = draft.isOwn || place === WHOLE_SHOP ? listOf(draft) : null;
  const before = isOwn || place === WHOLE_SHOP ? listOf(kept) : null;
  const none = list !== null && list.length === 0;
  const { say } = useReading();
  const wish = place === WHOLE_SHOP ? list : { outlet: place, wallets: list };
  return (
    <Group
      key={place}
      name={place === WHOLE_SHOP ? 'wallets' : 'outlet-wallets'}
      value={none ? undefined : wish}
      isChanged={String(list) !== String(before)}
      wrong={none ? say('settings.one-wallet') : ''}
      onUndo={() => put(kept)}
      onSaved={onSaved}
    >
      {outlets.length > 0 && <Places {...{ outlets, place, onPlace: setPlace }} />}
      {place !== WHOLE_SHOP &&
        [false, true].map((own) => (
          <Option
            key={String(own)}
            type="radio"
            name="outlet-wallets"
            word={say(own ? 'settings.own-list' : 'settings.as-shop')}
            isOn={own === draft.isOwn}
            onPick={() => put({ ...draft, isOwn: own })}
          />
        ))}
      {list !== null && <WalletRows draft={draft} onDraft={put} />}
    </Group>
  );
}

type PlaceProps = Pick<ListProps, 'outlets'> & {
  readonly place: string;
  readonly onPlace: (place: string) => void;
};

function Places({ outlets, place, onPlace }: PlaceProps) {
  const { say } = useReading();
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-small text-ink-soft">
        {say('settings.where')}
      </label>
      <select
        id={id}
        className={CHOICE}
        value={place}
        onChange={(event) => onPlace(event.target.value)}
      >
        <option value={WHOLE_SHOP}>{say('settings.whole-shop')}</option>
        {outlets.map(({ id: outlet, name }) => (
          <option key={outlet} value={outlet}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}

type RowsProps = { readonly draft: Draft; readonly onDraft: (draft: Draft) => void };

function WalletRows({ draft, onDraft }: RowsProps) {
  const { say } = useReading();
  const flip = (wallet: CounterWallet) => {
    const rest = draft.on.filter((one) => one !== wallet);
    onDraft({ ...draft, on: draft.on.includes(wallet) ? rest : [...rest, wallet] });
  };
  return (
    <Ordered
      label={say('settings.wallets')}
      rows={draft.order.map((item) => ({ item, word: say(`wallet.${item}`) }))}
      onOrder={(order) => onDraft({ ...draft, order })}
      head={({ item, word }) => (
        <Option
          type="checkbox"
          name={item}
          word={word}
          isOn={draft.on.includes(item)}
          onPick={() => flip(item)}
        />
      )}
    />
  );
}
