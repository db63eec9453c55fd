'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useShop } from '@/components/live/shop';
import { useReading } from '@/components/ui/language';
import { can } from '@/lib/capabilities';

const TABS = [
  ['/staff', 'staff.people'],
  ['/staff/devices', 'staff.devices'],
  ['/staff/rights', 'staff.rights'],
  ['/staff/acts', 'staff.acts'],
] as const;

export function Tabs({ children }: { readonly children: ReactNode }) {
  const { say } = useReading();
  const path = usePathname();
  const { role } = useShop().setting.staff;
  // What somebody may not open has no tabs either.
  if (!can(role, 'manage-staff')) return children;
  return (
    <main className="flex grow flex-col gap-3 p-3 tablet:p-4 wide:min-h-0">
      <h1 className="sr-only">{say('staff.title')}</h1>
      <nav
        aria-label={say('staff.title')}
        className="flex shrink-0 overflow-x-auto border-b border-line"
      >
        {TABS.map(([href, word]) => (
          <Link
            key={href}
            href={href}
            aria-current={path === href ? 'page' : undefined}
            className={`flex min-h-touch shrink-0 items-center border-b-4 px-4 text-body font-semibold ${
              path === href ? 'border-accent text-accent' : 'border-transparent text-ink-soft'
            }`}
          >
            {say(word)}
          </Link>
        ))}
      </nav>
      {children}
    </main>
  );
}
