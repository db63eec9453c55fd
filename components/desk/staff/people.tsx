'use client';
/** Everybody who works here, and beside them the one who is being changed or added. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, orThrow } from '@/components/live/server';
import { Button } from '@/components/ui/button';
import { Chip } from '@/components/ui/chip';
import { Icon } from '@/components/ui/icon';
import { useReading } from '@/components/ui/language';
import type { StaffAnswer, StaffView } from '@/lib/contract-staff';
import { ListState } from '../list-state';
import { NewPerson } from './new-person';
import { PersonPanel } from './person-panel';

const STAFF_KEY = ['staff'] as const;
export const useStaff = () =>
  useQuery({
    queryKey: STAFF_KEY,
    queryFn: async () => orThrow(await call<StaffAnswer>('/api/staff')).staff,
    staleTime: 0,
  });

/** A staff code, somebody new, or nobody. */
type Chosen = string | null;
const NEW = 'new';

export function People() {
  const { say } = useReading();
  const client = useQueryClient();
  const { data, error, refetch } = useStaff();
  const [chosen, setChosen] = useState<Chosen>(null);
  const person = data?.find(({ code }) => code === chosen);
  const again = () => void client.invalidateQueries({ queryKey: STAFF_KEY });
  const back = () => setChosen(null);
  return (
    <div className="flex grow flex-col gap-4 wide:min-h-0 wide:flex-row">
      <section
        aria-label={say('staff.people')}
        className={`flex min-w-0 grow flex-col gap-3 wide:flex wide:min-h-0 ${chosen === null ? '' : 'hidden'}`}
      >
        <div className="flex justify-end">
          <Button loudness="loud" onClick={() => setChosen(NEW)}>
            {say('staff.add')}
          </Button>
        </div>
        <div className="grow rounded-large border border-line bg-panel wide:min-h-0 wide:overflow-y-auto">
          {data === undefined ? (
            <ListState error={error} onAgain={() => void refetch()} />
          ) : (
            <>
              <PeopleTable people={data} chosen={chosen} onChoose={setChosen} />
              {data.length === 1 && (
                <p className="p-6 text-body text-ink-soft">{say('staff.only-you')}</p>
              )}
            </>
          )}
        </div>
      </section>
      <section
        aria-label={say(chosen === NEW ? 'staff.add-title' : 'staff.title')}
        className={`flex-col wide:flex wide:min-h-0 wide:w-beside wide:shrink-0 ${chosen === null ? 'hidden' : 'flex'}`}
      >
        {chosen === NEW && <NewPerson onAdded={again} onBack={back} />}
        {person !== undefined && (
          <PersonPanel key={person.code} person={person} onChanged={again} onBack={back} />
        )}
        {chosen === null && <p className="p-4 text-body text-ink-soft">{say('staff.choose')}</p>}
      </section>
    </div>
  );
}

const HEAD = 'px-3 py-2 text-small font-semibold text-ink-soft whitespace-nowrap';
const CELL = 'px-3 py-2';

type TableProps = {
  readonly people: readonly StaffView[];
  readonly chosen: Chosen;
  readonly onChoose: (code: string) => void;
};

export function PeopleTable({ people, chosen, onChoose }: TableProps) {
  const { say } = useReading();
  return (
    <table className="w-full border-collapse text-body">
      <thead className="sticky top-0 z-10 bg-panel">
        <tr className="border-b border-line text-left">
          <th className={HEAD}>{say('staff.code')}</th>
          <th className={HEAD}>{say('staff.name')}</th>
          <th className={HEAD}>{say('staff.role')}</th>
          <th className={HEAD}>{say('staff.state')}</th>
        </tr>
      </thead>
      <tbody>
        {people.map(({ code, name, role, disabled }) => (
          <tr
            key={code}
            data-testid="person-row"
            data-code={code}
            data-disabled={disabled}
            className={`relative h-touch border-b border-line ${code === chosen ? 'bg-accent-wash' : 'active:bg-line'}`}
          >
            <td className={`${CELL} tabular-nums`}>{code}</td>
            <td className={`${CELL} break-words`}>
              <button
                type="button"
                aria-pressed={code === chosen}
                onClick={() => onChoose(code)}
                className={`text-left after:absolute after:inset-0 ${disabled ? 'text-ink-soft' : ''}`}
              >
                {name}
              </button>
            </td>
            <td className={CELL}>{say(`role.${role}`)}</td>
            <td className={CELL}>
              {disabled ? (
                <Chip bare tone="stop" icon="stop" word={say('staff.disabled')} />
              ) : (
                <Chip bare tone="plain" icon="check" word={say('staff.active')} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type BackProps = { readonly onBack: () => void };

/** On a narrow screen the panel stands in the place of the list. */
export function Back({ onBack }: BackProps) {
  const { say } = useReading();
  return (
    <div className="wide:hidden">
      <Button loudness="bare" onClick={onBack}>
        <Icon name="backward" />
        {say('staff.back')}
      </Button>
    </div>
  );
}
