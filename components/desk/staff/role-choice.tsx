'use client';
import { useReading } from '@/components/ui/language';
import { type Role, STAFF_ROLES } from '@/lib/contract';

type Props = { readonly role: Role; readonly onRole: (role: Role) => void };

export function RoleChoice({ role, onRole }: Props) {
  const { say } = useReading();
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="pb-1 text-small text-ink-soft">{say('staff.role')}</legend>
      <div className="grid grid-cols-3 gap-2">
        {STAFF_ROLES.map((one) => (
          <label
            key={one}
            className={`flex min-h-touch items-center justify-center gap-2 rounded-small border px-2 text-body ${
              one === role ? 'border-accent bg-accent-wash font-semibold' : 'border-line bg-raised'
            }`}
          >
            <input
              type="radio"
              name="role"
              className="accent-accent"
              checked={one === role}
              onChange={() => onRole(one)}
            />
            {say(`role.${one}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
