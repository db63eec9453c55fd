'use client';
import { useReading } from '@/components/ui/language';
import type { OutletList, StaffLimitView } from '@/lib/contract-outlets';
import { useChange } from './reads';

const HEAD = 'px-3 py-2 text-small font-semibold text-ink-soft';

/** A tick in none is everywhere. Owners are not in the list: nothing limits them. */
export function StaffPlaces({ list }: { readonly list: OutletList }) {
  const { say } = useReading();
  const { change, busy, refused } = useChange();
  const staff = list.staff.filter(({ role }) => role !== 'owner');
  const toggle = (person: StaffLimitView, outlet: string) => {
    const has = person.outlets.includes(outlet);
    const rest = person.outlets.filter((id) => id !== outlet);
    const outlets = has ? rest : [...rest, outlet];
    void change('/api/outlets/staff', { staffCode: person.code, outlets });
  };
  return (
    <section
      aria-label={say('outlets.staff')}
      className="flex flex-col gap-3 rounded-large border border-line bg-panel p-4"
    >
      <h2 className="text-lead font-semibold">{say('outlets.staff')}</h2>
      <p className="max-w-prose text-body text-ink-soft">{say('outlets.staff-says')}</p>
      <p role="alert" className="text-body text-stop empty:hidden">
        {refused}
      </p>
      <div className="overflow-x-auto">
        <table className="w-full border-collapse text-body">
          <thead>
            <tr className="border-b border-line">
              <th className={`${HEAD} text-left`}>{say('outlets.staff-name')}</th>
              {list.outlets.map(({ id, name }) => (
                <th key={id} className={HEAD}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {staff.map((person) => (
              <Person key={person.code} {...{ person, list, busy, toggle }} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

type PersonProps = {
  readonly person: StaffLimitView;
  readonly list: OutletList;
  readonly busy: boolean;
  readonly toggle: (person: StaffLimitView, outlet: string) => void;
};

function Person({ person, list, busy, toggle }: PersonProps) {
  const { say } = useReading();
  return (
    <tr className="border-b border-line">
      <th scope="row" className="px-3 py-2 text-left font-normal whitespace-nowrap">
        {person.code} {person.name}
        {person.outlets.length === 0 && (
          <span className="block text-small text-ink-soft">{say('outlets.everywhere')}</span>
        )}
      </th>
      {list.outlets.map(({ id, name }) => (
        <td key={id} className="text-center">
          <label className="inline-flex min-h-touch min-w-touch items-center justify-center">
            <input
              type="checkbox"
              className="size-6"
              disabled={busy}
              aria-label={say('outlets.works-at', { name: person.name, outlet: name })}
              checked={person.outlets.includes(id)}
              onChange={() => toggle(person, id)}
            />
          </label>
        </td>
      ))}
    </tr>
  );
}
