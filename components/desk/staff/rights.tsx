'use client';
import { Chip } from '@/components/ui/chip';
import { type Say, useReading } from '@/components/ui/language';
import { Scroller } from '@/components/ui/scroller';
import { CAPABILITIES, type Capability, can } from '@/lib/capabilities';
import { STAFF_ROLES } from '@/lib/contract';
import type { MessageKey } from '@/lib/messages/language';

type RightWord = Extract<MessageKey, `right.${string}`>;

/** A right that has no words yet is shown by its name, never left out. */
export const rightWord = (right: Capability | string, say: Say): string => {
  const said = say(`right.${right}` as RightWord);
  return said === `right.${right}` ? right : said;
};

/** The table of rights as the doors themselves read it. */
export function Rights() {
  const { say } = useReading();
  return (
    <Scroller label={say('staff.rights')}>
      <table className="w-full border-collapse text-body">
        <thead className="sticky top-0 z-10 bg-panel">
          <tr className="border-b border-line text-left text-small text-ink-soft">
            <th className="px-3 py-2">{say('right.title')}</th>
            {STAFF_ROLES.map((role) => (
              <th key={role} className="px-3 py-2 whitespace-nowrap">
                {say(`role.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {CAPABILITIES.map((capability) => (
            <tr key={capability} data-right={capability} className="h-12 border-b border-line">
              <th scope="row" className="px-3 py-2 text-left font-normal">
                {rightWord(capability, say)}
              </th>
              {STAFF_ROLES.map((role) => (
                <td key={role} className="px-3 py-2">
                  {can(role, capability) ? (
                    <Chip bare tone="paid" icon="check" word={say('right.yes')} />
                  ) : (
                    <Chip bare tone="plain" icon="closed" word={say('right.no')} />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}
