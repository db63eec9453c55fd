'use client';
/** The filter bar: always there, and each wish of it stands in the address. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode, Ref } from 'react';
import { OPEN_STATES } from '@/components/live/queries';
import { Button } from '@/components/ui/button';
import { useReading } from '@/components/ui/language';
import { COUNTER_WALLETS, PAY_TYPES, type Wallet } from '@/lib/wallets';
import { AmountField } from './amount-field';
import { Choice, Switch } from './choice';
import { DayFilter } from './day-filter';
import { choicesQuery } from './queries';
import { useDraft, type Wishes } from './use-wishes';

type Props = {
  readonly wishes: Wishes;
  readonly searchRef: Ref<HTMLInputElement>;
  /** A cashier sees only their own sales. */
  readonly isOwn: boolean;
  /** What else stands in the bar. */
  readonly children: ReactNode;
};

const WALLETS: readonly Wallet[] = [...COUNTER_WALLETS, 'card', 'apple-pay'];
const payTypesOf = (wallet: Wallet): string =>
  PAY_TYPES.filter((type) => type.wallet === wallet)
    .map(({ code }) => code)
    .join(',');

export function Filters({ wishes, searchRef, isOwn, children }: Props) {
  const { say } = useReading();
  return (
    <search aria-label={say('filter.label')} className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        <Search wishes={wishes} searchRef={searchRef} />
        <DayFilter wishes={wishes} />
        {children}
      </div>
      <div className="grid grid-cols-2 gap-2 tablet:grid-cols-3 wide:flex wide:flex-wrap">
        <WhichFilters wishes={wishes} isOwn={isOwn} />
        <AmountField
          label={say('filter.min')}
          value={wishes.get('min')}
          onAmount={(min) => wishes.set({ min })}
        />
        <AmountField
          label={say('filter.max')}
          value={wishes.get('max')}
          onAmount={(max) => wishes.set({ max })}
        />
        <RemarkFilters wishes={wishes} />
        {wishes.search !== '' && (
          <Button loudness="bare" onClick={() => wishes.replace('')}>
            {say('filter.clear')}
          </Button>
        )}
      </div>
    </search>
  );
}

type Part = { readonly wishes: Wishes };

function Search({ wishes, searchRef }: Part & { readonly searchRef: Ref<HTMLInputElement> }) {
  const { say } = useReading();
  const draft = useDraft(wishes.get('q'), (typed) => wishes.set({ q: typed }));
  return (
    <input
      ref={searchRef}
      type="search"
      aria-label={say('history.search')}
      placeholder={say('history.search-hint')}
      autoComplete="off"
      maxLength={80}
      {...draft}
      className="min-h-touch min-w-0 grow basis-form border border-line bg-raised px-3 text-body placeholder:text-ink-soft"
    />
  );
}

function WhichFilters({ wishes, isOwn }: Part & { readonly isOwn: boolean }) {
  const { say } = useReading();
  const { data } = useQuery(choicesQuery());
  const wallets = WALLETS.map((one) => ({ value: payTypesOf(one), word: say(`wallet.${one}`) }));
  const counters = data?.counters.map((name) => ({ value: name, word: name })) ?? [];
  const staff =
    data?.staff.map(({ code, name }) => ({
      value: code,
      word: name === null ? code : `${name} (${code})`,
    })) ?? [];
  return (
    <>
      <Choice
        label={say('history.state')}
        value={wishes.get('state')}
        options={[
          { value: '', word: say('filter.any-state') },
          { value: OPEN_STATES, word: say('history.open') },
          { value: 'paid', word: say('state.paid') },
          { value: 'failed', word: say('state.failed') },
          { value: 'closed', word: say('state.closed') },
        ]}
        otherwise={say('filter.custom')}
        onChoose={(state) => wishes.set({ state })}
      />
      <Choice
        label={say('history.wallet')}
        value={wishes.get('payType')}
        options={[{ value: '', word: say('filter.any-wallet') }, ...wallets]}
        otherwise={say('filter.custom')}
        onChoose={(payType) => wishes.set({ payType })}
      />
      <Choice
        label={say('history.counter')}
        value={wishes.get('counter')}
        options={[{ value: '', word: say('filter.any-counter') }, ...counters]}
        onChoose={(counter) => wishes.set({ counter })}
      />
      {!isOwn && (
        <Choice
          label={say('history.staff')}
          value={wishes.get('staff')}
          options={[{ value: '', word: say('filter.any-staff') }, ...staff]}
          onChoose={(code) => wishes.set({ staff: code })}
        />
      )}
    </>
  );
}

function RemarkFilters({ wishes }: Part) {
  const { say } = useReading();
  return (
    <>
      <Choice
        label={say('filter.refunds')}
        value={wishes.get('refunded')}
        options={[
          { value: '', word: say('filter.any-refund') },
          { value: 'partly,fully', word: say('filter.refunded') },
          { value: 'partly', word: say('filter.partly') },
          { value: 'fully', word: say('filter.fully') },
        ]}
        otherwise={say('filter.custom')}
        onChoose={(refunded) => wishes.set({ refunded })}
      />
      <Switch
        label={say('filter.late')}
        isOn={wishes.get('late') !== ''}
        onSwitch={(isOn) => wishes.set({ late: isOn ? 'yes' : '' })}
      />
      <Switch
        label={say('filter.review')}
        isOn={wishes.get('review') !== ''}
        onSwitch={(isOn) => wishes.set({ review: isOn ? 'yes' : '' })}
      />
    </>
  );
}
